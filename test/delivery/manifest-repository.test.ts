import { App, Chart, Duration, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { configMap, MANIFESTS, manifestOf, newApp, objectsIn, synth } from './support';
import { BranchDeliveryOptions, Delivery, ManifestRepository, ManifestRepositoryProps } from '../../src/delivery';
import { FluxSecret } from '../../src/flux';
import { FluxKustomization } from '../../src/kustomize';
import { FluxGitSource, GitProvider } from '../../src/source';

function newChart(): Chart {
  return new Chart(new App(), 'chart', { namespace: 'shop' });
}

function repository(scope: Construct, props: Partial<ManifestRepositoryProps> = {}): ManifestRepository {
  return new ManifestRepository(scope, 'manifests', { url: MANIFESTS, ...props });
}

/** The source and the Kustomization of a delivery, as a plain App renders them. */
function rendered(options: BranchDeliveryOptions = {}, props: Partial<ManifestRepositoryProps> = {}): any[] {
  const chart = newChart();
  repository(chart, props).branch('cart', options);
  return Testing.synth(chart);
}

describe('a branch', () => {
  test('makes the source that follows it and the Kustomization that applies it, both named like it', () => {
    const chart = newChart();
    const delivery = repository(chart).branch('feature/New_Login');
    expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "source.toolkit.fluxcd.io/v1",
    "kind": "GitRepository",
    "metadata": {
      "name": "feature-new-login",
      "namespace": "flux-system",
    },
    "spec": {
      "interval": "1m",
      "ref": {
        "branch": "feature/New_Login",
      },
      "url": "https://git.example/team/manifests.git",
    },
  },
  {
    "apiVersion": "kustomize.toolkit.fluxcd.io/v1",
    "kind": "Kustomization",
    "metadata": {
      "name": "feature-new-login",
      "namespace": "flux-system",
    },
    "spec": {
      "interval": "10m",
      "path": "./",
      "prune": true,
      "retryInterval": "1m",
      "sourceRef": {
        "kind": "GitRepository",
        "name": "feature-new-login",
      },
      "timeout": "3m",
      "wait": true,
    },
  },
]
`);
    expect([delivery.name, delivery.kustomizationName, delivery.kustomizationNamespace]).toEqual(['feature-new-login', 'feature-new-login', 'flux-system']);
    expect(delivery).toBeInstanceOf(Delivery);
  });

  test('holds what is delivered with all that is below it, a file for each, and a kustomization.yaml', () => {
    const app = newApp();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const [cart, more, left] = ['cart', 'more', 'left'].map((id) => new Construct(chart, id));
    configMap(new Construct(cart, 'nested'), 'a');
    configMap(cart, 'b');
    configMap(more, 'c');
    configMap(left, 'd');
    const delivery = repository(chart).branch('feature/cart');
    delivery.deliver(cart);
    delivery.deliver(more, configMap(left, 'e'));
    const { 'manifests/feature/cart/kustomization.yaml': kustomization, ...files } = synth(app);
    expect(kustomization).toMatchInlineSnapshot(`
"apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - cart.k8s.yaml
  - e.k8s.yaml
  - more.k8s.yaml
"
`);
    expect(Object.fromEntries(Object.entries(files).map(([path, file]) => [path, objectsIn(file)]))).toEqual({
      'manifests/feature/cart/cart.k8s.yaml': ['ConfigMap a', 'ConfigMap b'],
      'manifests/feature/cart/e.k8s.yaml': ['ConfigMap e'],
      'manifests/feature/cart/more.k8s.yaml': ['ConfigMap c'],
      'shop.k8s.yaml': ['ConfigMap d', 'GitRepository feature-cart', 'Kustomization feature-cart'],
    });
  });

  test('can take a whole chart, but not the Flux objects of the delivery', () => {
    const app = newApp();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    configMap(chart, 'a');
    const branch = repository(chart).branch('all');
    branch.deliver(chart);
    configMap(chart, 'b');
    const files = synth(app);
    expect(objectsIn(files['manifests/all/shop.k8s.yaml'])).toEqual(['ConfigMap a', 'ConfigMap b']);
    expect(objectsIn(files['shop.k8s.yaml'])).toEqual(['GitRepository all', 'Kustomization all']);
  });

  test('gives up what is inside it and delivered elsewhere: the closest claim counts', () => {
    const app = newApp();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const outer = new Construct(chart, 'outer');
    const inner = new Construct(outer, 'inner');
    configMap(outer, 'a');
    configMap(inner, 'b');
    const manifests = repository(chart);
    manifests.branch('inner').deliver(inner);
    manifests.branch('outer').deliver(outer);
    const files = synth(app);
    expect(objectsIn(files['manifests/outer/outer.k8s.yaml'])).toEqual(['ConfigMap a']);
    expect(objectsIn(files['manifests/inner/inner.k8s.yaml'])).toEqual(['ConfigMap b']);
  });

  test('in a plain App leaves what is delivered in its chart', () => {
    const chart = newChart();
    repository(chart).branch('cart').deliver(configMap(chart, 'cart'));
    expect(Testing.synth(chart).map(({ kind }) => kind)).toEqual(['GitRepository', 'Kustomization', 'ConfigMap']);
  });

  test('is delivered to once', () => {
    const manifests = repository(newChart());
    manifests.branch('cart');
    expect(() => manifests.branch('cart', { name: 'other' })).toThrow(
      "chart/manifests: branch 'cart' is delivered to twice. Keep the first Delivery and call its deliver() again.",
    );
  });

  test('and another never take the same construct: both are named', () => {
    const chart = newChart();
    const manifests = repository(chart);
    const cart = configMap(chart, 'cart');
    manifests.branch('one').deliver(cart);
    expect(() => manifests.branch('two').deliver(cart)).toThrow(
      "chart/cart: delivered by both 'chart/manifests/branch one' and 'chart/manifests/branch two'. Deliver it once, or make a second construct for the second place.",
    );
  });

  test('in a FluxApp without a name is refused', () => {
    const manifests = repository(new Chart(newApp({ name: undefined }), 'shop'));
    expect(() => manifests.branch('cart')).toThrow(
      "shop/manifests/branch cart: what is delivered needs an owner, and the app has no name. Give one that will not change: new FluxApp({ name: '...' }).",
    );
  });

  test('without a name is refused', () => {
    expect(() => repository(newChart()).branch(process.env.NO_SUCH_VARIABLE!)).toThrow("chart/manifests: 'branch' is missing. Give branch() the name of a branch.");
  });

  test.each(['x'.repeat(64), '___', 'é'])('%s makes no object name and needs one', (branch) => {
    const manifests = repository(newChart());
    const name = branch.length === 64 ? branch : '';
    expect(() => manifests.branch(branch)).toThrow(
      `chart/manifests/branch ${branch}: '${name}' cannot name the Flux objects of branch '${branch}'. Give a 'name' of lower-case letters, digits and hyphens, at most 63 characters.`,
    );
    expect(repository(new Construct(newChart(), 'again')).branch(branch, { name: 'given' }).name).toBe('given');
  });

  test.each([
    ['', 'has an empty part'],
    ['../../elsewhere', 'holds what git keeps for itself (space ~ ^ : ? * [ \\ .. @{)'],
    ['-x', "starts with '-', which commands read as an option"],
    ['x.lock', "has a part that starts with '.', or ends with '.' or '.lock'"],
  ])('cannot be %j, which git does not take', (branch, problem) => {
    expect(() => repository(newChart()).branch(branch, { name: 'given' })).toThrow(
      `: branch '${branch}' ${problem}. Give the branch another name.`,
    );
  });

  test.each(['Cart', 'a.b', '', 'x'.repeat(64)])('cannot have its objects named %j', (name) => {
    expect(() => rendered({ name })).toThrow(`chart/manifests/branch cart: '${name}' cannot name the Flux objects of branch 'cart'. Give a 'name'`);
  });
});

describe('options', () => {
  test('name and namespace are those of both objects', () => {
    const metadata = { name: 'given', namespace: 'tenants' };
    const [source, kustomization] = rendered({ name: 'given', namespace: 'tenants' });
    expect([source.metadata, kustomization.metadata]).toEqual([metadata, metadata]);
    expect(kustomization.spec.sourceRef).toEqual({ kind: 'GitRepository', name: 'given' });
    expect(source.spec.ref).toEqual({ branch: 'cart' });
    const delivery = repository(newChart()).branch('cart', { name: 'given', namespace: 'tenants' });
    expect([delivery.name, delivery.kustomizationName, delivery.kustomizationNamespace]).toEqual(['given', 'given', 'tenants']);
  });

  test('that both objects know are the Kustomization\'s, and the source\'s stand in source', () => {
    const both = { interval: Duration.minutes(30), timeout: Duration.minutes(4), serviceAccountName: 'applier', suspend: true, labels: { for: 'kustomization' } };
    const [source, kustomization] = rendered({
      ...both,
      source: { interval: Duration.minutes(2), timeout: Duration.minutes(5), provider: GitProvider.aws({ serviceAccountName: 'reader' }), suspend: false, labels: { for: 'source' } },
    });
    expect(kustomization.spec).toMatchObject({ interval: '30m', timeout: '4m', serviceAccountName: 'applier', suspend: true });
    expect(kustomization.metadata.labels).toEqual({ for: 'kustomization' });
    expect(source.spec).toMatchObject({ interval: '2m', timeout: '5m', provider: 'aws', serviceAccountName: 'reader', suspend: false });
    expect(source.metadata.labels).toEqual({ for: 'source' });
    const [plain] = rendered(both);
    expect(plain).toEqual(rendered()[0]);
  });

  test.each([{ name: 'other' }, { namespace: 'other' }])('that would part the source from the Kustomization are refused: %j', (source) => {
    const message = "chart/manifests/branch cart: 'name' and 'namespace' of its source are those of the delivery. Give them beside 'source', not in it.";
    expect(() => rendered({ source })).toThrow(message);
    expect(() => rendered({}, { source })).toThrow(message);
  });

  test('of the Kustomization all arrive', () => {
    const dependsOn = [FluxKustomization.fromKustomizationName(newChart(), 'database', 'database', 'data')];
    expect(rendered({ dependsOn, prune: false, targetNamespace: 'shop', namePrefix: 'blue-' })[1].spec).toMatchObject({
      dependsOn: [{ name: 'database', namespace: 'data' }], prune: false, targetNamespace: 'shop', namePrefix: 'blue-', path: './',
    });
  });

  test.each<[string, BranchDeliveryOptions, Partial<ManifestRepositoryProps>, string]>([
    ['of the repository', {}, { secret: FluxSecret.basicAuth('repository') }, 'repository'],
    ['of the repository\'s source, over that', {}, { secret: FluxSecret.basicAuth('repository'), source: { secret: FluxSecret.basicAuth('source') } }, 'source'],
    ['of the delivery\'s source, over those', { source: { secret: FluxSecret.basicAuth('own-source') } }, { secret: FluxSecret.basicAuth('repository'), source: { secret: FluxSecret.basicAuth('source') } }, 'own-source'],
    ['of the delivery, over all', { secret: FluxSecret.basicAuth('own'), source: { secret: FluxSecret.basicAuth('own-source') } }, { secret: FluxSecret.basicAuth('repository') }, 'own'],
  ])('the Secret is that %s', (_, options, props, name) => {
    const [source, kustomization] = rendered(options, props);
    expect(source.spec.secretRef).toEqual({ name });
    expect(kustomization.spec).not.toHaveProperty('secretRef');
  });

  test('of the repository\'s source hold for every delivery, whose own win field by field, unless they are undefined', () => {
    const chart = newChart();
    const manifests = repository(chart, { source: { interval: Duration.minutes(7), timeout: Duration.minutes(5) } });
    manifests.branch('a');
    manifests.branch('b', { source: { interval: Duration.minutes(9), timeout: undefined } });
    const sources = Testing.synth(chart).filter(({ kind }) => kind === 'GitRepository');
    expect(sources.map(({ spec: { interval, timeout } }) => [interval, timeout])).toEqual([['7m', '5m'], ['9m', '5m']]);
  });

  test('without a Secret there is none', () => {
    expect(rendered()[0].spec).toEqual({ url: MANIFESTS, ref: { branch: 'cart' }, interval: '1m' });
  });
});

describe('a repository', () => {
  test('has its URL', () => {
    expect(repository(newChart()).url).toBe(MANIFESTS);
  });

  test('is called by the last segment of its URL, or as told', () => {
    const app = newApp();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    repository(chart).branch('a').deliver(configMap(chart, 'a'));
    new ManifestRepository(chart, 'other', { url: 'https://git.example/team/other.git', name: 'rendered' }).branch('b').deliver(configMap(chart, 'b'));
    expect(Object.keys(synth(app))).toEqual([
      'manifests/a/a.k8s.yaml', 'manifests/a/kustomization.yaml', 'rendered/b/b.k8s.yaml', 'rendered/b/kustomization.yaml', 'shop.k8s.yaml',
    ]);
    const target = (name: string) => ({ role: 'manifests', branch: name, path: '', files: [`${name}.k8s.yaml`, 'kustomization.yaml'], objects: [`ConfigMap shop/${name}`] });
    expect(manifestOf(app).repositories).toEqual([
      { name: 'manifests', url: MANIFESTS, targets: [target('a')] },
      { name: 'rendered', url: 'https://git.example/team/other.git', targets: [target('b')] },
    ]);
  });

  test.each([undefined, 'git@git.example:x.git', 'https://ci:hunter2@git.example/x', 'oci://git.example/x'])('is refused for the URL %s', (url) => {
    expect(() => repository(newChart(), { url })).toThrow(/^chart\/manifests: (?!.*hunter2)/);
  });

  test.each(['', '..', '.', '.hidden', '-x', 'a/b', 'a b', 'ä', 'x'.repeat(241)])('cannot be called %j', (name) => {
    expect(() => repository(newChart(), { name })).toThrow(
      `chart/manifests: '${name}' cannot be the name of a repository's folder. Give a 'name' of at most 240 letters, digits, '.', '_' and '-', a letter, digit or '_' first.`,
    );
  });
});

test('the source and the Kustomization of a delivery are those that it made', () => {
  const delivery = repository(newChart()).branch('cart');
  expect(delivery.objects).toEqual([{ cluster: undefined, source: delivery.source, kustomization: delivery.kustomization }]);
  expect(delivery.source).toBeInstanceOf(FluxGitSource);
  expect(delivery.kustomization.source).toBe(delivery.source);
  expect(delivery.clusters).toStrictEqual([]);
});

test('a delivery is what another depends on', () => {
  const chart = newChart();
  const manifests = repository(chart);
  const database = manifests.branch('database');
  const cart = manifests.branch('cart', { dependsOn: [database] });
  cart.addDependsOn(manifests.branch('queue', { namespace: 'other' }), { readyExpr: 'true' });
  expect(cart.kustomization.apiObject.toJson().spec.dependsOn).toEqual([{ name: 'database' }, { name: 'queue', namespace: 'other', readyExpr: 'true' }]);
  expect(() => cart.addDependsOn(cart)).toThrow(
    'chart/manifests/branch cart/kustomization: Kustomization flux-system/cart: spec.dependsOn[2]: it depends on itself, and would wait for ever.',
  );
});
