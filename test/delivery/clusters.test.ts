import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { complaintsOf, CONFIG, configMap, filled, MANIFESTS, newApp, objectsIn, synth } from './support';
import { FluxCluster, FluxConfigRepository, ManifestRepository } from '../../src/delivery';
import { FluxGitSource, GitRef } from '../../src/source';
import { AppNamespace } from '../../src/workload';

/** A chart in a FluxApp that has clusters of these names. */
function shop(...names: string[]): { chart: Chart; clusters: FluxCluster[]; files: () => { [path: string]: string[] } } {
  const app = newApp();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const config = new FluxConfigRepository(chart, 'config', { url: CONFIG });
  const files = () => Object.fromEntries(Object.entries(synth(app))
    .filter(([path]) => !/\/(kustomization|filling\.k8s)\.yaml$/.test(path)).map(([path, file]) => [path, objectsIn(file)]));
  return { chart, clusters: names.map((name) => config.cluster(name)), files };
}

function repository(scope: Construct, clusters?: FluxCluster[]): ManifestRepository {
  return new ManifestRepository(scope, 'manifests', { url: MANIFESTS, clusters });
}

describe('the Flux objects of a delivery', () => {
  test('stay in their chart where the app has no cluster', () => {
    const { chart, files } = shop();
    const delivery = filled(repository(chart).branch('cart'));
    delivery.deliver(configMap(chart, 'cart'));
    expect(files()).toEqual({
      'manifests/cart/cart.k8s.yaml': ['ConfigMap cart'],
      'shop.k8s.yaml': ['GitRepository cart', 'Kustomization cart'],
    });
    expect(delivery.clusters).toStrictEqual([]);
  });

  test.each([['named', true], ['not named', false]])('go to the only cluster of the app, whether it is %s', (_, named) => {
    const { chart, clusters, files } = shop('production');
    const delivery = filled(repository(chart, named ? clusters : undefined).branch('cart'));
    expect(files()).toEqual({
      'flux/main/apps/production/shop/cart.k8s.yaml': ['GitRepository cart', 'Kustomization cart'],
      'flux/main/clusters/production/shop.yaml': ['Kustomization shop-config'],
    });
    expect(delivery.clusters).toStrictEqual(named ? clusters : []);
    expect(delivery.kustomization.source).toBe(delivery.source);
  });

  test('are made anew for each cluster', () => {
    const { chart, clusters, files } = shop('staging', 'production');
    const delivery = filled(repository(chart, clusters).branch('cart'));
    expect(files()).toEqual({
      'flux/main/apps/production/shop/cart.k8s.yaml': ['GitRepository cart', 'Kustomization cart'],
      'flux/main/apps/staging/shop/cart.k8s.yaml': ['GitRepository cart', 'Kustomization cart'],
      'flux/main/clusters/production/shop.yaml': ['Kustomization shop-config'],
      'flux/main/clusters/staging/shop.yaml': ['Kustomization shop-config'],
    });
    expect(delivery.clusters).toEqual(clusters);
    expect(delivery.objects.map(({ cluster }) => cluster)).toEqual(clusters);
    expect(new Set(delivery.objects.flatMap(({ source, kustomization }) => [source, kustomization])).size).toBe(4);
    delivery.objects.forEach(({ source, kustomization }) => expect(kustomization.source).toBe(source));
    expect([delivery.kustomizationName, delivery.kustomizationNamespace]).toEqual(['cart', 'flux-system']);
  });

  test('go to the clusters of the delivery rather than those of the repository', () => {
    const { chart, clusters, files } = shop('staging', 'production');
    const manifests = repository(chart, clusters);
    filled(manifests.branch('cart', { clusters: [clusters[0]] }));
    filled(manifests.branch('none', { clusters: [] }));
    expect(Object.keys(files())).toEqual([
      'flux/main/apps/staging/shop/cart.k8s.yaml',
      'flux/main/clusters/production/shop.yaml',
      'flux/main/clusters/staging/shop.yaml',
      'shop.k8s.yaml',
    ]);
  });

  test('stay in their chart where one of several clusters would have to be guessed', () => {
    const { chart, files } = shop('staging', 'production');
    filled(repository(chart).branch('cart'));
    configMap(chart, 'left');
    expect(files()['shop.k8s.yaml']).toEqual(['GitRepository cart', 'Kustomization cart', 'ConfigMap left']);
    expect(process.stderr.write).toHaveBeenCalledWith(expect.stringMatching(/Flux objects are in shop\.k8s\.yaml of .*make one FluxConfigRepository cluster/));
  });

  test('are taken from objects where there are several', () => {
    const { chart, clusters } = shop('staging', 'production');
    const delivery = filled(repository(chart, clusters).branch('cart'));
    expect(() => delivery.source).toThrow("shop/manifests/branch cart: it has a source for each of 2 clusters. Take the one you mean from 'objects'.");
    expect(() => delivery.kustomization).toThrow("shop/manifests/branch cart: it has a kustomization for each of 2 clusters. Take the one you mean from 'objects'.");
  });

  test('wait in every cluster for what the delivery depends on', () => {
    const { chart, clusters } = shop('staging', 'production');
    const manifests = repository(chart, clusters);
    const delivery = manifests.branch('cart', { dependsOn: [manifests.branch('database')] });
    delivery.addDependsOn(manifests.branch('queue'), { readyExpr: 'true' });
    expect(delivery.objects.map(({ kustomization }) => kustomization.apiObject.toJson().spec.dependsOn)).toEqual(
      [1, 2].map(() => [{ name: 'database' }, { name: 'queue', readyExpr: 'true' }]),
    );
  });

  test('of one cluster can be patched alone', () => {
    const { chart, clusters } = shop('staging', 'production');
    const [staging, production] = filled(repository(chart, clusters).branch('cart')).objects;
    staging.kustomization.addDependsOn(repository(new Construct(chart, 'other'), [clusters[0]]).branch('fakes'));
    expect(staging.kustomization.apiObject.toJson().spec.dependsOn).toEqual([{ name: 'fakes' }]);
    expect(production.kustomization.apiObject.toJson().spec).not.toHaveProperty('dependsOn');
  });

  test('are made for each cluster in a plain App too, in the chart', () => {
    const chart = new Chart(new App(), 'chart');
    const config = new FluxConfigRepository(chart, 'config', { url: CONFIG });
    const delivery = repository(chart, [config.cluster('staging'), config.cluster('production')]).branch('cart');
    expect(delivery.objects).toHaveLength(2);
    expect(Testing.synth(chart).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'GitRepository cart', 'Kustomization cart', 'GitRepository cart', 'Kustomization cart',
    ]);
  });
});

describe('Flux objects that nobody delivers', () => {
  test('go to the only cluster of the app, in a file named after kind, name and namespace', () => {
    const { chart, files } = shop('production');
    new FluxGitSource(chart, 'a', { url: MANIFESTS, ref: GitRef.branch('cart') });
    new FluxGitSource(chart, 'b', { url: MANIFESTS, ref: GitRef.branch('cart'), namespace: 'tenants' });
    new ApiObject(chart, 'c', {
      apiVersion: 'source.extensions.fluxcd.io/v1beta1',
      kind: 'ArtifactGenerator',
      metadata: { name: 'split', namespace: 'flux-system' },
      spec: {
        sources: [{ alias: 'all', kind: 'GitRepository', name: 'cart' }],
        artifacts: [{ name: 'part', copy: [{ from: '@all/part/**', to: '@artifact/' }] }],
      },
    });
    configMap(chart, 'left');
    expect(files()).toEqual({
      'flux/main/apps/production/shop/artifactgenerator-split.k8s.yaml': ['ArtifactGenerator split'],
      'flux/main/apps/production/shop/gitrepository-cart.k8s.yaml': ['GitRepository cart'],
      'flux/main/apps/production/shop/gitrepository-cart.tenants.k8s.yaml': ['GitRepository cart'],
      'flux/main/clusters/production/shop.yaml': ['Kustomization shop-config'],
      'shop.k8s.yaml': ['ConfigMap left'],
    });
  });

  test('stay in their chart where there are several clusters', () => {
    const { chart, files } = shop('staging', 'production');
    new FluxGitSource(chart, 'a', { url: MANIFESTS, ref: GitRef.branch('cart') });
    expect(files()['shop.k8s.yaml']).toEqual(['GitRepository cart']);
  });
});

describe('a namespace', () => {
  test('goes to every cluster of the app', () => {
    const { chart, files } = shop('staging', 'production');
    new AppNamespace(chart, 'shop');
    expect(files()).toMatchObject({
      'flux/main/apps/production/shop/namespace-shop.k8s.yaml': ['Namespace shop'],
      'flux/main/apps/staging/shop/namespace-shop.k8s.yaml': ['Namespace shop'],
    });
  });

  test('goes to one cluster only, if it is delivered there', () => {
    const { chart, clusters, files } = shop('staging', 'production');
    clusters[0].deliver(new AppNamespace(chart, 'shop'));
    expect(Object.keys(files()).filter((path) => path.includes('namespace'))).toEqual(['flux/main/apps/staging/shop/namespace-shop.k8s.yaml']);
  });

  test('goes there even if its chart is delivered to a branch', () => {
    const { chart, clusters, files } = shop('production');
    new AppNamespace(chart, 'shop');
    configMap(chart, 'cart');
    repository(chart, clusters).branch('all').deliver(chart);
    expect(files()).toMatchObject({
      'flux/main/apps/production/shop/namespace-shop.k8s.yaml': ['Namespace shop'],
      'manifests/all/shop.k8s.yaml': ['ConfigMap cart'],
    });
  });

  test('stays in its chart where the app has no cluster', () => {
    const { chart, files } = shop();
    new AppNamespace(chart, 'shop');
    expect(files()).toEqual({ 'shop.k8s.yaml': ['Namespace shop'] });
  });
});

test('a delivery of nothing is refused, for its branch would never be', () => {
  const app = newApp();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  repository(chart).branch('cart').deliver(new Construct(chart, 'hollow'));
  expect(complaintsOf(app)).toEqual([
    'shop/manifests/branch cart: no object is delivered to it, so that there would be no branch, and Flux would ask for it in vain. Deliver something to it; take FluxGitSource and FluxKustomization for a branch that another app fills; or leave it out: then Flux removes what it applied from there.',
  ]);
});

test('what hangs on an AppNamespace goes to every cluster with it', () => {
  const { chart, files } = shop('staging', 'production');
  configMap(new AppNamespace(chart, 'shop'), 'quota', 'shop');
  expect(Object.keys(files())).toEqual(expect.arrayContaining(['staging', 'production'].map((name) => `flux/main/apps/${name}/shop/configmap-quota.shop.k8s.yaml`)));
});

test('another app is none of a delivery\'s business', () => {
  const { chart } = shop();
  const other = new Chart(newApp({ name: 'other' }), 'other');
  expect(() => repository(chart).branch('cart').deliver(other)).toThrow(
    "other: it is in another app than 'shop/manifests/branch cart', which is to deliver it. Deliver it within its own app.",
  );
});
