import { ClusterView, RuledObject } from './cluster-view';
import { Finding } from './finding';
import { checkObject } from './object-rules';

/** What each object alone shows: its schema, and the rules for its kind. An object of no kind of Flux passes. */
export function checkObjects(objects: readonly RuledObject[]): Finding[] {
  return objects.flatMap((on) => [...checkObject(on.object)].map((complaint) => ({ ...complaint, on })));
}

/** What the objects of one cluster show together. */
export function checkCluster(_view: ClusterView): Finding[] {
  return [];
}
