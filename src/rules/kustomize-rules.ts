import { ObjectRule } from './rule';

/** Rules for the kinds of kustomize-controller. */
export const kustomizeRules: readonly ObjectRule[] = [];
