import { CLUSTER_RULES } from './cluster';
import { OBJECT_RULES } from './object-rules';
import { Rule } from './rule';

/** Every rule there is. */
export const ALL_RULES: readonly Rule[] = [...OBJECT_RULES, ...CLUSTER_RULES];
