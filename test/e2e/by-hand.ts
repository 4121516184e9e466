import { dump } from 'js-yaml';
import { ClusterObject } from './cluster';
import { World } from './world';

/** What a user of plain Flux writes: a branch, and a source and a Kustomization for it, both of that name unless told otherwise. */
export async function applyByHand(world: World, branch: string, objects: object[], { name = branch, spec = {} } = {}): Promise<void> {
  await world.manifests.commit(branch, { 'objects.yaml': objects.map((object) => dump(object, { skipInvalid: true })).join('---\n') });
  const metadata = { name: branch, namespace: 'flux-system' };
  await world.cluster.apply({
    apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', metadata, spec: { interval: '1m', url: world.manifests.url, ref: { branch } },
  });
  await world.cluster.apply(kustomization(name, branch, spec));
  await world.reconcile();
}

export function kustomization(name: string, source: string, spec: object = {}): ClusterObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: 'flux-system' },
    spec: { interval: '10m', retryInterval: '1m', path: './', prune: true, sourceRef: { kind: 'GitRepository', name: source }, ...spec },
  };
}

export function configMap(name: string, place?: string): ClusterObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: place }, data: { from: 'hand' } };
}

export function namespace(name: string): ClusterObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}
