import { ClusterIndex, IndexedObject } from './cluster-index';
import { ClusterRule } from './cluster-rule';
import { hasSetting } from '../objects';

const PRECIOUS: readonly (readonly [group: string, kind: string, loss: string])[] = [
  ['apiextensions.k8s.io', 'CustomResourceDefinition', 'every object of its kind'],
  ['', 'PersistentVolumeClaim', 'the data on its volume'],
];

/** What takes data along when Flux deletes it. */
export const unprotectedData: ClusterRule = {
  id: 'unprotected-data',
  severity: 'warning',
  summary: 'A Kustomization that prunes applies a CustomResourceDefinition or a PersistentVolumeClaim that is not protected',
  source: 'kustomize-controller: with prune it deletes what leaves the source, and all that goes with it',
  *check(cluster) {
    for (const on of cluster.objects) {
      const precious = PRECIOUS.find(([group, kind]) => group === on.group && kind === on.kind);
      // Flux's own are what bootstrap installs, which leave the source when Flux is to go.
      if (precious && on.object.metadata?.labels?.['app.kubernetes.io/part-of'] !== 'flux' && prunes(on, cluster)) {
        yield {
          on,
          field: 'metadata.annotations',
          problem: `when it leaves the source, Kustomization '${on.set.by}' deletes it, and ${precious[2]} with it`,
          remedy: "Annotate it 'kustomize.toolkit.fluxcd.io/prune: disabled'",
        };
      }
    }
  },
};

function prunes({ set, object }: IndexedObject, cluster: ClusterIndex): boolean {
  const { prune, commonMetadata } = cluster.applierOf(set)?.object.spec ?? {};
  return prune === true && ![object, { metadata: commonMetadata }].some((said) => hasSetting(said, 'prune', 'disabled'));
}
