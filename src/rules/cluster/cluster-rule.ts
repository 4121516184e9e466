import { ClusterIndex } from './cluster-index';
import { RuledObject } from '../cluster-view';
import { Complaint, Rule } from '../rule';

/** What a rule between objects says, and of which object. */
export interface ClusterComplaint extends Complaint {
  readonly on: RuledObject;
}

/** A rule that takes all objects of a cluster to see broken. It is linear in objects and references. */
export interface ClusterRule extends Rule {
  check(cluster: ClusterIndex): Iterable<ClusterComplaint>;
}
