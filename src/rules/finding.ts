import { RuledObject } from './cluster-view';
import { describeObject } from './objects';
import { Complaint, Rule } from './rule';

/** What a rule found, and where. */
export interface Finding extends Complaint {
  readonly rule: Rule;
  readonly on: RuledObject;
  /** The clusters, where there are several and it is not so in all of them. */
  readonly clusters?: readonly string[];
}

/** A finding on one line: place, object, field, problem, remedy, and where the rule comes from. */
export function formatFinding({ on, field, problem, remedy, rule, clusters }: Finding): string {
  const where = clusters ? ` (in cluster ${clusters.map((name) => `'${name}'`).join(', ')})` : '';
  return `${on.at}: ${describeObject(on.object)}: ${field}: ${problem}${where}. ${remedy} [${rule.id}: ${rule.source}].`;
}
