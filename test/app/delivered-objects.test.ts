import { ApiObject, Chart } from 'cdk8s';
import { FluxConfigRepository, ManifestRegistry, ManifestRepository, PathDeliveryOptions } from '../../src/delivery';
import { FluxKubeConfig, FluxSecret } from '../../src/flux';
import { FluxKustomization, KustomizationDeletionPolicy } from '../../src/kustomize';
import { FluxGitSource, GitRef } from '../../src/source';
import { AppNamespace } from '../../src/workload';
import { CONFIG, complaintsOf, configMap, MANIFESTS, manifestOf, newApp } from '../delivery/support';

const KEPT = { annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } };

function shop() {
  const app = newApp();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const manifests = new ManifestRepository(chart, 'manifests', { url: MANIFESTS });
  const make = (apiVersion: string, kind: string, name: string, metadata: object = {}, more: object = {}) => (
    new ApiObject(chart, `${kind}-${name}`, { apiVersion, kind, metadata: { name, ...metadata }, ...more } as any)
  );
  const config = () => new FluxConfigRepository(chart, 'config', { url: CONFIG }).cluster('production');
  return { app, chart, manifests, make, config };
}

function targets({ repositories }: any): any[] {
  return repositories.flatMap((repository: any) => repository.targets);
}

describe('the objects of a target', () => {
  test('are those that a cluster gets, once each and sorted, with the group but for the core one', () => {
    const { app, manifests, make } = shop();
    manifests.branch('cart').deliver(
      make('v1', 'Service', 'web'),
      make('apps/v1', 'Deployment', 'web', { namespace: 'other' }),
      make('rbac.authorization.k8s.io/v1', 'ClusterRole', 'web', { namespace: undefined }),
      make('v1', 'List', 'all', {}, {
        items: [
          { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b', namespace: 'x', ...KEPT } },
          { apiVersion: 'v1', kind: 'ServiceList', items: [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a', namespace: 'x' } }] },
        ],
      }),
      make('v1', 'PersistentVolumeClaim', 'data', { labels: { 'kustomize.toolkit.fluxcd.io/prune': 'Disabled' } }),
    );
    const [{ objects, kept }] = targets(manifestOf(app));
    expect(objects).toEqual([
      'ClusterRole.rbac.authorization.k8s.io web', 'ConfigMap x/b', 'Deployment.apps other/web', 'PersistentVolumeClaim shop/data', 'Service shop/web', 'Service x/a',
    ]);
    expect(kept).toEqual(['ConfigMap x/b', 'PersistentVolumeClaim shop/data']);
  });

  test('have the namespace and the names that the Kustomization gives them, but for those that are in none', () => {
    const { app, manifests, make } = shop();
    manifests.branch('cart', { targetNamespace: 'target', namePrefix: 'a-', nameSuffix: '-z', commonMetadata: KEPT }).deliver(
      make('v1', 'Service', 'web'),
      make('storage.k8s.io/v1', 'StorageClass', 'fast'),
      make('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'carts.example.com'),
      make('example.com/v1', 'Cart', 'mine'),
    );
    const [{ objects, kept }] = targets(manifestOf(app));
    expect(objects).toEqual([
      'Cart.example.com target/a-mine-z', 'CustomResourceDefinition.apiextensions.k8s.io carts.example.com', 'Service target/a-web-z', 'StorageClass.storage.k8s.io a-fast-z',
    ]);
    expect(kept).toEqual(objects);
  });

  test('of a cluster are its Flux objects, and the Kustomization that bootstrap applies', () => {
    const { app, chart, manifests, config } = shop();
    config();
    new AppNamespace(chart, 'shop');
    manifests.branch('cart').deliver(configMap(chart, 'cart'));
    const [{ objects, kept }] = targets(manifestOf(app));
    expect(objects).toEqual([
      'GitRepository.source.toolkit.fluxcd.io flux-system/cart', 'Kustomization.kustomize.toolkit.fluxcd.io flux-system/cart',
      'Kustomization.kustomize.toolkit.fluxcd.io flux-system/shop-config', 'Namespace shop',
    ]);
    expect(kept).toEqual(['Namespace shop']);
  });
});

describe('what a directory of Flux objects applies', () => {
  test('is every delivery, by branch, path or artifact', () => {
    const { app, chart, manifests, config } = shop();
    config();
    const main: PathDeliveryOptions = { branch: 'main' };
    const registry = new ManifestRegistry(chart, 'registry', { url: 'oci://registry.example/oci' });
    manifests.branch('a').deliver(configMap(chart, 'a'));
    manifests.path('apps/b', { ...main, prune: false }).deliver(configMap(chart, 'b'));
    manifests.path('apps/c', { ...main, deletionPolicy: KustomizationDeletionPolicy.ORPHAN, suspend: true }).deliver(configMap(chart, 'c'));
    manifests.path('apps/d', { ...main, prune: false, deletionPolicy: KustomizationDeletionPolicy.DELETE }).deliver(configMap(chart, 'd'));
    // Of a branch that another app fills, nothing is said.
    new FluxKustomization(chart, 'foreign', { source: new FluxGitSource(chart, 'source', { url: MANIFESTS, ref: GitRef.branch('foreign') }) });
    registry.artifact('e', { tag: 'v1', deletionPolicy: KustomizationDeletionPolicy.MIRROR_PRUNE }).deliver(configMap(chart, 'e'));
    const [{ applies }, ...others] = targets(manifestOf(app));
    expect(applies).toEqual([
      { kustomization: 'flux-system/a', repository: 'manifests', branch: 'a', path: '' },
      { kustomization: 'flux-system/b', repository: 'manifests', branch: 'main', path: 'apps/b', orphans: true },
      { kustomization: 'flux-system/c', repository: 'manifests', branch: 'main', path: 'apps/c', orphans: true, suspended: true },
      { kustomization: 'flux-system/d', repository: 'manifests', branch: 'main', path: 'apps/d' },
      { kustomization: 'flux-system/e', repository: 'oci', branch: 'e/v1', path: '' },
    ]);
    expect(others.map((target) => target.applies)).toEqual(others.map(() => undefined));
  });
});

describe('rules between objects', () => {
  test.each<[string, (scope: Chart) => { deliver(object: ApiObject): void }]>([
    ['a path', (chart) => new ManifestRepository(chart, 'm', { url: MANIFESTS }).path('apps/x', { branch: 'main' })],
    ['an artifact', (chart) => new ManifestRegistry(chart, 'r', { url: 'oci://registry.example/oci' }).artifact('x')],
  ])('see what %s delivers', (_, deliver) => {
    const { app, chart, make, config } = shop();
    config();
    const dangling = make('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'dangling', { namespace: 'flux-system' }, {
      spec: { interval: '1m', prune: true, path: './', sourceRef: { kind: 'GitRepository', name: 'nowhere' } },
    });
    deliver(chart).deliver(dangling);
    expect(complaintsOf(app)).toEqual([expect.stringContaining("nobody makes GitRepository 'flux-system/nowhere'")]);
  });

  test('take what is in the cluster of the Flux objects to be in another one too, where a Kustomization applies to it', () => {
    const { app, chart, manifests, config } = shop();
    config();
    ['a', 'b'].forEach((name) => manifests.branch(name, { kubeConfig: FluxKubeConfig.fromSecret(FluxSecret.kubeConfig('remote')) }).deliver(configMap(chart, name)));
    const written = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(targets(manifestOf(app))[0].applies).toHaveLength(2);
    expect(written.mock.calls.flat().join('')).toBe('');
  });
});
