import { App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { CONFIG, complaintsOf, configMap, MANIFESTS, manifestOf, newApp, objectsIn, synth } from './support';
import { ArtifactDeliveryOptions, Delivery, FluxConfigRepository, ManifestRegistry, ManifestRegistryProps, ManifestRepository } from '../../src/delivery';
import { FluxSecret } from '../../src/flux';
import { RegistryProvider } from '../../src/source';

const REGISTRY = 'oci://registry.example:5000/team';

function registry(scope: Construct, props: Partial<ManifestRegistryProps> = {}): ManifestRegistry {
  return new ManifestRegistry(scope, 'registry', { url: REGISTRY, ...props });
}

function shop() {
  const app = newApp();
  return { app, chart: new Chart(app, 'shop', { namespace: 'shop' }) };
}

describe('an artifact', () => {
  test('makes the source that follows its tag and the Kustomization that applies it, both named like it', () => {
    const chart = new Chart(new App(), 'chart');
    const delivery = registry(chart).artifact('shop/new_cart');
    expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "source.toolkit.fluxcd.io/v1",
    "kind": "OCIRepository",
    "metadata": {
      "name": "shop-new-cart",
      "namespace": "flux-system",
    },
    "spec": {
      "interval": "1m",
      "ref": {
        "tag": "latest",
      },
      "url": "oci://registry.example:5000/team/shop/new_cart",
    },
  },
  {
    "apiVersion": "kustomize.toolkit.fluxcd.io/v1",
    "kind": "Kustomization",
    "metadata": {
      "name": "shop-new-cart",
      "namespace": "flux-system",
    },
    "spec": {
      "interval": "10m",
      "path": "./",
      "prune": true,
      "retryInterval": "1m",
      "sourceRef": {
        "kind": "OCIRepository",
        "name": "shop-new-cart",
      },
      "timeout": "3m",
      "wait": true,
    },
  },
]
`);
    expect(delivery).toBeInstanceOf(Delivery);
    expect(delivery.name).toBe('shop-new-cart');
  });

  test('fills a folder of its tag, with a kustomization.yaml, and is a registry\'s in delivery.json', () => {
    const { app, chart } = shop();
    const own = registry(chart);
    own.artifact('cart').deliver(configMap(chart, 'a'));
    own.artifact('cart', { tag: 'v2', name: 'cart-v2' }).deliver(configMap(chart, 'b'));
    const files = synth(app);
    expect(Object.keys(files)).toEqual([
      'shop.k8s.yaml', 'team/cart/latest/a.k8s.yaml', 'team/cart/latest/kustomization.yaml', 'team/cart/v2/b.k8s.yaml', 'team/cart/v2/kustomization.yaml',
    ]);
    expect(objectsIn(files['shop.k8s.yaml'])).toEqual(['OCIRepository cart', 'Kustomization cart', 'OCIRepository cart-v2', 'Kustomization cart-v2']);
    expect(manifestOf(app)).toMatchObject({
      repositories: [],
      registries: [{
        name: 'team',
        url: REGISTRY,
        artifacts: [
          { artifact: 'cart', tag: 'latest', files: ['a.k8s.yaml', 'kustomization.yaml'], objects: ['ConfigMap shop/a'] },
          { artifact: 'cart', tag: 'v2', files: ['b.k8s.yaml', 'kustomization.yaml'], objects: ['ConfigMap shop/b'] },
        ],
      }],
    });
  });

  test('that is no longer rendered leaves no file', () => {
    const { app, chart } = shop();
    registry(chart).artifact('cart').deliver(configMap(chart, 'a'));
    synth(app);
    const next = newApp({ outdir: app.outdir });
    configMap(new Chart(next, 'shop'), 'a', 'shop');
    expect(Object.keys(synth(next))).toEqual(['shop.k8s.yaml']);
  });

  test('has its Flux objects in the directory of each cluster', () => {
    const { app, chart } = shop();
    const config = new FluxConfigRepository(chart, 'config', { url: CONFIG });
    registry(chart, { clusters: [config.cluster('europe'), config.cluster('america')] }).artifact('cart').deliver(configMap(chart, 'a'));
    const files = synth(app);
    for (const cluster of ['europe', 'america']) {
      expect(objectsIn(files[`flux/main/apps/${cluster}/shop/cart.k8s.yaml`])).toEqual(['OCIRepository cart', 'Kustomization cart']);
    }
  });
});

describe('more said', () => {
  function source(options: ArtifactDeliveryOptions, props: Partial<ManifestRegistryProps>): any {
    const chart = new Chart(new App(), 'chart');
    registry(chart, props).artifact('cart', options);
    return Testing.synth(chart)[0].spec;
  }

  test('of the registry counts, unless the delivery says another', () => {
    const props = { secret: FluxSecret.registry('registry'), source: { insecure: true, ignore: '/a' } };
    expect(source({}, props)).toMatchObject({ secretRef: { name: 'registry' }, insecure: true, ignore: '/a', ref: { tag: 'latest' } });
    expect(source({ tag: 'v1', secret: FluxSecret.registry('own'), source: { ignore: '/b' } }, props)).toMatchObject({
      secretRef: { name: 'own' }, insecure: true, ignore: '/b', ref: { tag: 'v1' },
    });
  });

  test('of how to log in without a Secret', () => {
    expect(source({}, { provider: RegistryProvider.aws() })).toMatchObject({ provider: 'aws' });
    expect(source({ source: { provider: RegistryProvider.gcp() } }, { provider: RegistryProvider.aws() })).toMatchObject({ provider: 'gcp' });
  });
});

describe('the kind of a delivery', () => {
  test('is no part of the Kustomization but for where it reads: branch, path and artifact have one name', () => {
    const kinds: ((scope: Construct) => Delivery)[] = [
      (scope) => new ManifestRepository(scope, 'manifests', { url: MANIFESTS }).branch('cart', { timeout: undefined, targetNamespace: 'shop' }),
      (scope) => new ManifestRepository(scope, 'manifests', { url: MANIFESTS }).path('apps/cart', { branch: 'main', targetNamespace: 'shop' }),
      (scope) => registry(scope).artifact('cart', { targetNamespace: 'shop' }),
    ];
    const [branch, path, artifact] = kinds.map((deliver) => {
      const chart = new Chart(new App(), 'chart');
      deliver(chart);
      return Testing.synth(chart).find(({ kind }) => kind === 'Kustomization');
    });
    expect(path).toEqual({ ...branch, spec: { ...branch.spec, path: './apps/cart' } });
    expect(artifact).toEqual({ ...branch, spec: { ...branch.spec, sourceRef: { kind: 'OCIRepository', name: 'cart' } } });
  });
});

describe('what throws at once', () => {
  test.each<[any, string]>([
    [{ url: undefined }, "shop/registry: 'url' is missing. Give the URL of the place in the registry: 'oci://<host>/<path>'."],
    [{ url: 'https://registry.example/team' }, "shop/registry: the URL does not start with 'oci://'. Write it like 'oci://ghcr.io/nodezoo'."],
    [{ url: 'oci://registry.example/team:v1' }, 'the URL carries a tag or a digest'],
    [{ name: '../x' }, "'../x' cannot be the name of a registry's folder"],
  ])('of a registry: %j', (props, message) => {
    expect(() => registry(shop().chart, props)).toThrow(message);
  });

  test('without the password in a URL', () => {
    expect(() => registry(shop().chart, { url: 'oci://bob:hunter2@registry.example/team' })).toThrow(/^shop\/registry: the URL carries a credential(?!.*hunter2)/);
  });

  test.each<[any, any, string]>([
    [undefined, {}, "'artifact' is missing"],
    ['../cart', {}, "shop/registry/artifact ..%2Fcart:latest: '../cart' cannot be the name of an OCI artifact"],
    ['Cart', {}, "'Cart' cannot be the name of an OCI artifact"],
    ['x'.repeat(300), {}, 'more than 255 characters'],
    [`${'y'.repeat(20)}/${'x'.repeat(233)}`, {}, 'more than 255 characters'],
    ['cart', { tag: 'a/b' }, "shop/registry/artifact cart:a%2Fb: 'a/b' cannot be a tag"],
    ['cart', { source: { name: 'x' } }, "'name' and 'namespace' of its source are those of the delivery"],
    ['x'.repeat(64), {}, 'cannot name the Flux objects of artifact'],
  ])('of an artifact: %.40j, %j', (name, options, message) => {
    expect(() => registry(shop().chart).artifact(name, options)).toThrow(message);
  });

  test('an artifact that is delivered to twice', () => {
    const own = registry(shop().chart);
    own.artifact('cart');
    expect(() => own.artifact('cart', { tag: 'latest', name: 'other' })).toThrow("shop/registry: artifact 'cart:latest' is delivered to twice.");
  });
});

describe('what is refused together', () => {
  test('artifacts whose folders lie in each other, or differ only in case', () => {
    const { app, chart } = shop();
    const own = registry(chart);
    own.artifact('cart', { tag: 'next' }).deliver(configMap(chart, 'a'));
    own.artifact('cart/next', { name: 'b' }).deliver(configMap(chart, 'b'));
    own.artifact('cart', { tag: 'NEXT', name: 'c' }).deliver(configMap(chart, 'c'));
    expect(complaintsOf(app)).toEqual([
      "shop/registry/artifact cart:NEXT: folder of the artifact 'cart/NEXT' and folder of the artifact 'cart/next' of 'shop/registry/artifact cart:next' differ only in case, and some file systems hold them for one. Give one of the two another name.",
      "shop/registry/artifact cart%2Fnext:latest: folder of the artifact 'cart/next/latest' and folder of the artifact 'cart/next' of 'shop/registry/artifact cart:next' cannot stand side by side: one would be a folder in the other. Give one of the two another name.",
    ]);
  });

  test('a registry that is called like a repository', () => {
    const { app, chart } = shop();
    registry(chart).artifact('cart').deliver(configMap(chart, 'a'));
    new ManifestRepository(chart, 'manifests', { url: 'https://git.example/team.git' }).branch('search').deliver(configMap(chart, 'b'));
    expect(complaintsOf(app)[0]).toContain("repository 'team' is 'https://git.example/team.git' here and 'oci://registry.example:5000/team' at 'shop/registry/artifact cart:latest'");
  });

  test('an artifact that nothing is delivered to, or a Namespace in one', () => {
    const { app, chart } = shop();
    registry(chart).artifact('cart');
    expect(complaintsOf(app)[0]).toContain('so that there would be no artifact, and Flux would ask for it in vain. Deliver something to it; take FluxOciSource and');
  });
});
