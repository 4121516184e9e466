import { App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { CONFIG, complaintsOf, configMap, filled, MANIFESTS, manifestOf, newApp, objectsIn, synth } from './support';
import { Delivery, FluxConfigRepository, ManifestRepository, PathDeliveryOptions } from '../../src/delivery';
import { FluxSecret } from '../../src/flux';

function repository(scope: Construct, url: string = MANIFESTS): ManifestRepository {
  return new ManifestRepository(scope, 'manifests', { url, secret: FluxSecret.basicAuth('token') });
}

function shop() {
  const app = newApp();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  return { app, chart };
}

const MAIN: PathDeliveryOptions = { branch: 'main' };

describe('a directory of a branch', () => {
  test('makes the source that follows the branch and the Kustomization that applies the directory, both named like its last part', () => {
    const chart = new Chart(new App(), 'chart');
    const delivery = repository(chart).path('apps/New_Cart', { ...MAIN, targetNamespace: 'shop' });
    expect(Testing.synth(chart).map(({ kind, metadata: { name, namespace }, spec: { ref, path, sourceRef, targetNamespace, secretRef } }) => (
      { kind, name, namespace, ref, path, sourceRef, targetNamespace, secretRef }
    ))).toEqual([
      { kind: 'GitRepository', name: 'new-cart', namespace: 'flux-system', ref: { branch: 'main' }, secretRef: { name: 'token' } },
      { kind: 'Kustomization', name: 'new-cart', namespace: 'flux-system', path: './apps/New_Cart', sourceRef: { kind: 'GitRepository', name: 'new-cart' }, targetNamespace: 'shop' },
    ]);
    expect(delivery).toBeInstanceOf(Delivery);
    expect(delivery.name).toBe('new-cart');
  });

  test('is all that its source holds, so that nothing beside it is applied when the Kustomization is given another path', () => {
    const chart = new Chart(new App(), 'chart');
    const manifests = repository(chart);
    manifests.path('./apps/cart/', MAIN);
    manifests.path('apps/search', { ...MAIN, source: { sparseCheckout: ['apps/search', 'base'] } });
    manifests.branch('checkout');
    const sources = Testing.synth(chart).filter(({ kind }) => kind === 'GitRepository');
    expect(sources.map(({ spec }) => spec.sparseCheckout)).toEqual([['apps/cart'], ['apps/search', 'base'], undefined]);
  });

  test('is filled below its path, beside others on the branch', () => {
    const { app, chart } = shop();
    const manifests = repository(chart);
    manifests.path('apps/cart', MAIN).deliver(configMap(chart, 'cart'));
    manifests.path('./apps/search/', { ...MAIN, name: 'find' }).deliver(configMap(chart, 'search'));
    manifests.path('apps/cart', { branch: 'next', name: 'next-cart' }).deliver(configMap(chart, 'next'));
    const files = synth(app);
    expect(Object.keys(files)).toEqual([
      'manifests/main/apps/cart/cart.k8s.yaml',
      'manifests/main/apps/cart/kustomization.yaml',
      'manifests/main/apps/search/kustomization.yaml',
      'manifests/main/apps/search/search.k8s.yaml',
      'manifests/next/apps/cart/kustomization.yaml',
      'manifests/next/apps/cart/next.k8s.yaml',
      'shop.k8s.yaml',
    ]);
    expect(files['manifests/main/apps/cart/kustomization.yaml']).toContain('resources:\n  - cart.k8s.yaml\n');
    expect(objectsIn(files['shop.k8s.yaml'])).toEqual(['cart', 'find', 'next-cart'].flatMap((name) => [`GitRepository ${name}`, `Kustomization ${name}`]));
    expect(manifestOf(app).repositories).toMatchObject([{
      name: 'manifests',
      targets: [
        { role: 'manifests', branch: 'main', path: 'apps/cart', files: ['apps/cart/cart.k8s.yaml', 'apps/cart/kustomization.yaml'] },
        { branch: 'main', path: 'apps/search' },
        { branch: 'next', path: 'apps/cart' },
      ],
    }]);
  });

  test('is none of the rules\' business, however many there are of one branch and in how many clusters', () => {
    const { app, chart } = shop();
    const config = new FluxConfigRepository(chart, 'config', { url: CONFIG });
    const clusters = ['europe', 'america'].map((name) => config.cluster(name));
    const manifests = repository(chart);
    ['cart', 'search', 'checkout'].forEach((name) => {
      filled(manifests.path(`apps/${name}`, { ...MAIN, clusters, targetNamespace: name, name: `x-${name}` }));
    });
    const written = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const files = synth(app);
    expect(objectsIn(files['flux/main/apps/europe/shop/x-cart.k8s.yaml'])).toEqual(['GitRepository x-cart', 'Kustomization x-cart']);
    expect(files['flux/main/apps/america/shop/x-cart.k8s.yaml']).toBe(files['flux/main/apps/europe/shop/x-cart.k8s.yaml']);
    // The namespaces are made by nobody, and nothing else is wrong.
    expect(written.mock.calls.flat().join('').split('\n').filter((line) => line && !line.includes('missing-namespace'))).toEqual([]);
  });
});

describe('what throws at once', () => {
  test.each<[string, any, any, string]>([
    ['no path', undefined, MAIN, "shop/manifests: 'path' is missing. Give path() a directory below the root of the branch."],
    ['no branch', 'apps/cart', undefined, "shop/manifests: 'branch' is missing. Say which branch the directory is on: path('...', { branch: '...' })."],
    ['the root', './', MAIN, "shop/manifests: path './' has an empty part, '.' or '..'. Give a directory below the root of the repository, such as 'clusters/production'."],
    ['a way out', 'apps/../..', MAIN, "path 'apps/../..' has an empty part, '.' or '..'"],
    ['a control character', 'a\u0007b', MAIN, 'holds a character that is not printable text'],
    ['300 characters', 'x'.repeat(300), MAIN, 'more than 240 bytes'],
    ['git\'s own folder', 'apps/.git', MAIN, "git's own folder"],
    ['a branch that is none', 'apps/cart', { branch: '-x' }, "shop/manifests/path apps%2Fcart of -x: branch '-x' starts with '-', which commands read as an option. Give the branch another name."],
    ['a name that is none', 'apps/---', MAIN, "'' cannot name the Flux objects of path 'apps/---' of branch 'main'"],
    ['a source with a name of its own', 'apps/cart', { ...MAIN, source: { name: 'x' } }, "'name' and 'namespace' of its source are those of the delivery"],
  ])('%s', (_, path, options, message) => {
    const { chart } = shop();
    expect(() => repository(chart).path(path, options)).toThrow(message);
  });

  test('a path that is delivered to twice, however it is spelt', () => {
    const { chart } = shop();
    const manifests = repository(chart);
    manifests.path('apps/cart', MAIN);
    expect(() => manifests.path('./apps/cart/', { ...MAIN, name: 'other' })).toThrow("shop/manifests: path 'apps/cart' of branch 'main' is delivered to twice. Keep the first Delivery and call its deliver() again.");
  });
});

describe('what is refused together', () => {
  function paths(...given: string[]) {
    const { app, chart } = shop();
    const manifests = repository(chart);
    given.forEach((path, index) => manifests.path(path, { ...MAIN, name: `d${index}` }).deliver(configMap(chart, `c${index}`)));
    return { app, chart, manifests };
  }

  test('paths in each other', () => {
    expect(complaintsOf(paths('apps', 'apps/cart', 'apps-2').app)).toEqual([
      "shop/manifests/path apps%2Fcart of main: 'apps/cart' of branch 'main' lies in what 'shop/manifests/path apps of main' fills. Deliver one of the two to another branch.",
    ]);
  });

  test('paths that differ only in case, also of a folder', () => {
    expect(complaintsOf(paths('apps/Cart', 'apps/cart').app)).toEqual([
      "shop/manifests/path apps%2Fcart of main: path 'apps/cart' of branch 'main' and 'apps/Cart' of 'shop/manifests/path apps%2FCart of main' differ only in case, and some file systems hold them for one. Give one of the two another name.",
    ]);
    expect(complaintsOf(paths('Apps/cart', 'apps/search').app)[0]).toContain('differ only in case');
  });

  test('a directory of a branch that is delivered to as a whole', () => {
    const { app, chart, manifests } = paths('apps/cart');
    manifests.branch('main').deliver(configMap(chart, 'all'));
    expect(complaintsOf(app)).toEqual([
      "shop/manifests/path apps%2Fcart of main: 'apps/cart' of branch 'main' lies in what 'shop/manifests/branch main' fills. Deliver one of the two to another branch.",
    ]);
  });

  test('two that are named alike', () => {
    const { app, chart } = shop();
    const manifests = repository(chart);
    manifests.path('a/cart', MAIN).deliver(configMap(chart, 'a'));
    manifests.path('b/cart', MAIN).deliver(configMap(chart, 'b'));
    expect(complaintsOf(app).map((line) => line.replace(/Make it in.*/, ''))).toEqual(['source', 'kustomization'].map((id) => (
      `shop/manifests/path b%2Fcart of main/${id}/Resource: ${id === 'source' ? 'GitRepository' : 'Kustomization'} flux-system/cart: metadata.name: it is made at 'shop/manifests/path a%2Fcart of main/${id}/Resource' too. `
    )));
  });

  test('a directory that nothing is delivered to', () => {
    const { app, chart } = shop();
    repository(chart).path('apps/cart', MAIN);
    expect(complaintsOf(app)[0]).toContain('no object is delivered to it, so that there would be no directory');
  });

  describe('on the branch of the Flux objects', () => {
    test.each([
      ['an app\'s directory', 'apps/production/shop', "path 'apps/production/shop' of branch 'main' of 'flux' is filled by"],
      ['what holds it', 'apps', "shop/config/production: 'apps/production/shop' of branch 'main' lies in what 'shop/manifests/path apps of main' fills. Deliver one"],
      ['what lies in it', 'apps/production/shop/cart', "'apps/production/shop/cart' of branch 'main' lies in what 'shop/config/production' fills"],
      ['what bootstrap watches', 'clusters/production', "shop/config/production: its file 'clusters/production/shop.yaml' of branch 'main' lies in what 'shop/manifests/path clusters%2Fproduction of main' fills"],
      ['a part of what bootstrap watches', 'clusters/production/cart', "path 'clusters/production/cart' of branch 'main' lies in what bootstrap watches for 'shop/config/production', and would be applied twice. Deliver it to another directory."],
    ])('%s', (_, path, complaint) => {
      const { app, chart } = shop();
      new FluxConfigRepository(chart, 'config', { url: CONFIG }).cluster('production');
      repository(chart, CONFIG).path(path, { ...MAIN, name: 'cart' }).deliver(configMap(chart, 'cart'));
      expect(complaintsOf(app).join('\n')).toContain(complaint);
    });

    test('any other directory is fine', () => {
      const { app, chart } = shop();
      new FluxConfigRepository(chart, 'config', { url: CONFIG }).cluster('production');
      repository(chart, CONFIG).path('deploy/cart', MAIN).deliver(configMap(chart, 'cart'));
      expect(() => synth(app)).not.toThrow();
    });
  });
});
