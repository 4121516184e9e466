import { RuledObject } from './cluster-view';
import { Complaint, Rule } from './rule';

/** What a rule found, and where. */
export interface Finding extends Complaint {
  readonly rule: Rule;
  readonly on: RuledObject;
  /** The cluster, where the same object is judged by several. */
  readonly cluster?: string;
}
