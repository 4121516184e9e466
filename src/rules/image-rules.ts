import { ObjectRule } from './rule';

/** Rules for the kinds of image-controller. */
export const imageRules: readonly ObjectRule[] = [];
