import { dump } from 'js-yaml';
import { Cluster, ClusterObject } from '../cluster';
import { Repository } from '../repository';

/** Does to a cluster and its config repository what `flux bootstrap git --path=clusters/production` does, but for the controllers. */
export async function bootstrap(cluster: Cluster, config: Repository): Promise<void> {
  const metadata = { name: 'flux-system', namespace: 'flux-system' };
  const sync: ClusterObject[] = [
    { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', metadata, spec: { interval: '1m0s', ref: { branch: 'main' }, url: config.url } },
    {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata,
      spec: { interval: '10m0s', path: './clusters/production', prune: true, sourceRef: { kind: 'GitRepository', name: 'flux-system' } },
    },
  ];
  await config.commit('main', {
    'clusters/production/flux-system/gotk-sync.yaml': sync.map((object) => dump(object)).join('---\n'),
    'clusters/production/flux-system/kustomization.yaml': dump({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: ['gotk-sync.yaml'] }),
  });
  await Promise.all(sync.map((object) => cluster.apply(object)));
}
