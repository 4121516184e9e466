import { ObjectRule } from './rule';

/** Rules for the kinds of source-controller. */
export const sourceRules: readonly ObjectRule[] = [];
