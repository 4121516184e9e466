import { ObjectRule } from './rule';

/** Rules for the kinds of helm-controller. */
export const helmRules: readonly ObjectRule[] = [];
