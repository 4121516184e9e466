import { ClusterIndex, IndexedObject } from './cluster-index';
import { ClusterRule } from './cluster-rule';
import { AppliedSet } from '../cluster-view';
import { hasSetting, isFluxObject } from '../objects';
import { isSettled } from '../shared/json';

/** One object that two Kustomizations apply. */
export const appliedTwice: ClusterRule = {
  id: 'applied-twice',
  severity: 'error',
  summary: 'One object of a cluster is applied by two Kustomizations, or by one from two places',
  source: 'kustomize-controller: the last one that applies it owns it, and deletes it when it leaves that one\'s source',
  *check(cluster) {
    for (const group of cluster.groups) {
      for (const [first, ...others] of group.length > 1 ? rivals(group, cluster) : []) {
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
    }
  },
};

/** Objects that meet for sure: those that Flux applies, and Flux's own that are applied by hand together, for each hand may mean another cluster. */
function rivals(group: readonly IndexedObject[], cluster: ClusterIndex): IndexedObject[][] {
  const sure = group.filter((object) => !sharesOnPurpose(object) && !mayDiffer(object, cluster));
  const together = new Map<AppliedSet | undefined, IndexedObject[]>();
  for (const object of sure) {
    if (!object.set.byHand || isFluxObject(object.object)) {
      const place = object.set.byHand ? object.set : undefined;
      together.set(place, [...together.get(place) ?? [], object]);
    }
  }
  return [...together.values()];
}

/** Whether a patch or a variable may change its name, or nobody applies it for now. */
function mayDiffer({ set, uncertain, name, namespace }: IndexedObject, cluster: ClusterIndex): boolean {
  return uncertain === true || !isSettled(name) || !isSettled(namespace) || cluster.applierOf(set)?.object.spec?.suspend === true;
}

function applier({ set }: IndexedObject): string {
  return set.by ? `Kustomization '${set.by}'` : 'no Kustomization';
}

/** Whether an applier is told to leave the object to others, in whole or in part. */
function sharesOnPurpose({ object }: IndexedObject): boolean {
  return hasSetting(object, 'ssa', 'Merge', 'IfNotPresent', 'Ignore') || hasSetting(object, 'reconcile', 'disabled');
}
