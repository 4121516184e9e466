import { RuledObject } from './cluster-view';
import { describeObject } from './objects';
import { Complaint, Rule } from './rule';
import { holdsPassword } from '../git';

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
  return cleanText(`${on.at}: ${describeObject(on.object)}: ${field}: ${problem}${where}. ${remedy} [${rule.id}: ${rule.source}].`);
}

/** A text on one line, without what may be a credential in it: what people wrote is repeated, and messages end up in logs. */
export function cleanText(text: string): string {
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
  const bare = holdsPassword(line) ? line.replace(/:\/\/[^\s'"]*@/g, '://***@') : line;
  return bare.replace(/(?<=^|[\s'"])[^\s'"@:/]{1,100}:(?!\/\/)[^\s'"@]{1,100}@/g, '***@').replace(/\b(?:gh[opsur]_|github_pat_|gl(?:pat|ptt|dt|rt|ft|cbt|imt|soat|agent)-)[\w-]{10,}/g, '***');
}
