import { IndexedObject } from './cluster-index';
import { ClusterRule } from './cluster-rule';
import { isFluxObject, kustomizeSetting } from '../objects';

/** One object that two Kustomizations apply. */
export const appliedTwice: ClusterRule = {
  id: 'applied-twice',
  severity: 'error',
  summary: 'One object of a cluster is applied by two Kustomizations, or by one from two places',
  source: 'kustomize-controller: the last one that applies it owns it, and deletes it when it leaves that one\'s source',
  *check(cluster) {
    for (const group of cluster.groups) {
      if (group.length < 2) {
        continue;
      }
      const [first, ...others] = group.filter((object) => !sharesOnPurpose(object) && !outOfSight(object));
      for (const on of others) {
        const [one, other] = [applier(first), applier(on)];
        if (first.at !== on.at) {
          const appliers = one === other ? '' : `, which ${one} applies and this one ${other}`;
          yield {
            on, field: 'metadata.name', problem: `it is made at '${first.at}' too${appliers}`, remedy: 'Make it in one place, or give one of the two another name',
          };
        } else if (one !== other) {
          yield { on, field: 'metadata.name', problem: `both ${one} and ${other} apply it`, remedy: 'Let one of them apply it' };
        }
      }
    }
  },
};

/** What is applied by hand may be meant for several clusters, but for the objects of Flux. */
function outOfSight({ set, object }: IndexedObject): boolean {
  return set.byHand === true && !isFluxObject(object);
}

function applier({ set }: IndexedObject): string {
  return set.by ? `Kustomization '${set.by}'` : 'no Kustomization';
}

/** Whether an applier is told to leave the object to others, in whole or in part. */
function sharesOnPurpose({ object }: IndexedObject): boolean {
  return ['Merge', 'IfNotPresent', 'Ignore'].includes(kustomizeSetting(object, 'ssa') as string) || kustomizeSetting(object, 'reconcile') === 'disabled';
}
