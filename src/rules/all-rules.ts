import { CLUSTER_RULES } from './cluster';
import { OBJECT_RULES } from './object-rules';
import { Rule } from './rule';
import { SCHEMA_RULES } from '../schema';

/** Every rule there is. */
export const ALL_RULES: readonly Rule[] = [...SCHEMA_RULES, ...OBJECT_RULES, ...CLUSTER_RULES];
