import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import * as yaml from 'js-yaml';
import { ManifestBranchKustomization, ManifestBranchKustomizationProps } from '../../src/kustomize';
import { FluxGitSource, GitRef } from '../../src/source';
import { complaintsOf, configMap, MANIFESTS, manifestOf, newApp, objectsIn, synth } from '../delivery/support';

function add(chart: Chart, branch: string, props: Partial<ManifestBranchKustomizationProps> = {}): ManifestBranchKustomization {
  const source = new FluxGitSource(chart, `source of ${branch}`, { url: MANIFESTS, ref: GitRef.branch(branch) });
  return new ManifestBranchKustomization(chart, `kustomization of ${branch}`, { source, ...props });
}

function shop(): Chart {
  return new Chart(newApp(), 'shop', { namespace: 'shop' });
}

test('unnamed it is named like its branch, as its source is; it applies all of the branch', () => {
  const chart = new Chart(new App(), 'chart');
  const kustomization = add(chart, 'feature/New_Login');
  expect(kustomization.kustomizationName).toBe('feature-new-login');
  const [source, made] = Testing.synth(chart);
  expect(source.metadata).toEqual({ name: 'feature-new-login', namespace: 'flux-system' });
  expect(made.metadata).toEqual(source.metadata);
  expect(made.spec).toMatchObject({ path: './', sourceRef: { kind: 'GitRepository', name: 'feature-new-login' } });
});

test('a name given wins, and options are those of every Kustomization', () => {
  const chart = new Chart(new App(), 'chart');
  expect(add(chart, 'cart', { name: 'given', prune: false, namespace: 'elsewhere' }).apiObject.toJson()).toMatchObject({
    metadata: { name: 'given', namespace: 'elsewhere' }, spec: { prune: false, sourceRef: { name: 'cart', namespace: 'flux-system' } },
  });
});

test.each([
  ['a tag', GitRef.tag('v1')],
  ['a range', GitRef.semver('1.x')],
  ['a reference', GitRef.refName('refs/heads/cart')],
  ['a commit on a branch', GitRef.commit('0'.repeat(40), 'cart')],
])('a source that follows %s is refused', (_, ref) => {
  const chart = new Chart(new App(), 'chart');
  const source = new FluxGitSource(chart, 'source', { name: 'cart', url: MANIFESTS, ref });
  expect(() => new ManifestBranchKustomization(chart, 'kustomization', { source })).toThrow(
    'chart/kustomization: its source follows no branch. Give a FluxGitSource with ref: GitRef.branch(...), or use FluxKustomization.',
  );
});

test.each([
  ['no source', undefined, "'source' is missing. Give a FluxGitSource, or FluxGitSource.fromGitRepositoryName()."],
  ['a source that is made elsewhere', FluxGitSource.fromGitRepositoryName(new Chart(new App(), 'other'), 'source', 'cart'), 'its source follows no branch. Give a FluxGitSource'],
])('%s is refused', (_, source: any, message) => {
  expect(() => new ManifestBranchKustomization(new Chart(new App(), 'chart'), 'kustomization', { source })).toThrow(`chart/kustomization: ${message}`);
});

test('a branch that git does not take is refused', () => {
  const chart = new Chart(new App(), 'chart');
  expect(() => add(chart, 'a..b')).toThrow("chart/kustomization of a..b: branch 'a..b' holds what git keeps for itself");
});

test.each(['', '..', '../x', 'a/b', '.hidden'])('its repository cannot be called %j', (repositoryName) => {
  const chart = new Chart(new App(), 'chart');
  expect(() => add(chart, 'cart', { repositoryName })).toThrow(
    `chart/kustomization of cart: '${repositoryName}' cannot be the name of a repository's folder. Give a 'name' of at most 240 letters, digits, '.', '_' and '-', a letter, digit or '_' first.`,
  );
});

test('a branch that makes no object name needs a name', () => {
  const chart = new Chart(new App(), 'chart');
  const source = new FluxGitSource(chart, 'source', { name: 'given', url: MANIFESTS, ref: GitRef.branch('___') });
  expect(() => new ManifestBranchKustomization(chart, 'a', { source })).toThrow("chart/a: the Kustomization has no name. Give a 'name'");
  expect(new ManifestBranchKustomization(chart, 'b', { source, name: 'given' }).kustomizationName).toBe('given');
});

test('that its source follows no branch is said whatever the id', () => {
  const chart = new Chart(new App(), 'chart');
  const source = new FluxGitSource(chart, 'source', { name: 'cart', url: MANIFESTS, ref: GitRef.tag('v1') });
  expect(() => new ManifestBranchKustomization(chart, 'Kustomization', { source })).toThrow('chart/Kustomization: its source follows no branch.');
});

test('in a FluxApp its workloads go to the branch, with a kustomization.yaml of the branch', () => {
  const chart = shop();
  const [given, later, two, left] = ['given', 'later', 'two', 'left'].map((id) => new Construct(chart, id));
  configMap(given, 'a');
  configMap(new Construct(given, 'nested'), 'b');
  configMap(later, 'c');
  configMap(two, 'd');
  configMap(left, 'e');
  add(chart, 'feature/cart', { workloads: [given] }).deliver(later, two);
  const app: any = chart.node.root;
  const files = synth(app);
  expect(Object.fromEntries(Object.entries(files).filter(([path]) => !path.endsWith('/kustomization.yaml')).map(([path, file]) => [path, objectsIn(file)]))).toEqual({
    'manifests/feature/cart/given.k8s.yaml': ['ConfigMap a', 'ConfigMap b'],
    'manifests/feature/cart/later.k8s.yaml': ['ConfigMap c'],
    'manifests/feature/cart/two.k8s.yaml': ['ConfigMap d'],
    'shop.k8s.yaml': ['ConfigMap e', 'GitRepository feature-cart', 'Kustomization feature-cart'],
  });
  expect(yaml.load(files['manifests/feature/cart/kustomization.yaml'])).toEqual({
    apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: ['given.k8s.yaml', 'later.k8s.yaml', 'two.k8s.yaml'],
  });
  expect(manifestOf(app).repositories).toEqual([{
    name: 'manifests',
    url: MANIFESTS,
    targets: [{ role: 'manifests', branch: 'feature/cart', path: '', files: ['given.k8s.yaml', 'kustomization.yaml', 'later.k8s.yaml', 'two.k8s.yaml'], objects: ['a', 'b', 'c', 'd'].map((name) => `ConfigMap shop/${name}`) }],
  }]);
});

test('the repository is called as told', () => {
  const chart = shop();
  add(chart, 'cart', { workloads: [configMap(chart, 'cart')], repositoryName: 'rendered' });
  const app: any = chart.node.root;
  expect(Object.keys(synth(app))).toContain('rendered/cart/cart.k8s.yaml');
  expect(manifestOf(app).repositories).toMatchObject([{ name: 'rendered', url: MANIFESTS }]);
});

test('in a plain App everything stays in the chart', () => {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  add(chart, 'cart', { workloads: [configMap(chart, 'a')] }).deliver(configMap(chart, 'b'));
  expect(Testing.synth(chart).map(({ kind, metadata }) => [kind, metadata.name])).toEqual([
    ['ConfigMap', 'a'], ['GitRepository', 'cart'], ['Kustomization', 'cart'], ['ConfigMap', 'b'],
  ]);
});

test('its targetNamespace serves objects that have none', () => {
  const chart = new Chart(newApp(), 'shop');
  add(chart, 'cart', { workloads: [configMap(chart, 'cart')], targetNamespace: 'shop' });
  expect(Object.keys(synth(chart.node.root as any))).toContain('manifests/cart/cart.k8s.yaml');
  add(chart, 'search', { workloads: [configMap(chart, 'search')] });
  expect(() => synth(chart.node.root as any)).toThrow('shop/search: ConfigMap search: metadata.namespace: it has no namespace');
});

test('a FluxApp without a name is told of it', () => {
  const chart = new Chart(newApp({ name: undefined }), 'shop');
  expect(() => add(chart, 'cart')).toThrow(
    "shop/kustomization of cart: what is delivered needs an owner, and the app has no name. Give one that will not change: new FluxApp({ name: '...' }).",
  );
});

test('a workload goes to one place only: both are named', () => {
  const chart = shop();
  const service = configMap(chart, 'cart');
  const first = add(chart, 'one', { workloads: [service] });
  const message = "shop/cart: delivered by both 'shop/kustomization of one' and 'shop/kustomization of two'. Deliver it once, or make a second construct for the second place.";
  expect(() => add(chart, 'two', { workloads: [service] })).toThrow(message);
  expect(() => first.deliver(service)).not.toThrow();
});

test('two of them never fill one branch', () => {
  const chart = shop();
  const source = new FluxGitSource(chart, 'source', { url: MANIFESTS, ref: GitRef.branch('cart') });
  for (const id of ['a', 'b']) {
    new ManifestBranchKustomization(chart, id, { source, name: id, workloads: [configMap(chart, `map-${id}`)] });
  }
  expect(complaintsOf(chart.node.root as any)).toEqual([
    "shop/b: branch 'cart' of 'manifests' is filled by 'shop/a' too. Fill it from one place: deliver everything by the same object.",
    ...['a', 'b'].map((id) => expect.stringContaining(
      `shop/map-${id}: ConfigMap shop/map-${id}: metadata.name: both Kustomization 'flux-system/a' and Kustomization 'flux-system/b' apply it. Let one of them apply it`,
    )),
  ]);
});

describe('without workloads', () => {
  test('it is refused, for its branch would never be', () => {
    const chart = shop();
    add(chart, 'cart');
    expect(complaintsOf(chart.node.root as any)).toEqual([
      'shop/kustomization of cart: no object is delivered to it, so that there would be no branch, and Flux would ask for it in vain. Deliver something to it; '
      + 'take FluxGitSource and FluxKustomization for a branch that another app fills; or leave it out: then Flux removes what it applied from there.',
    ]);
  });

  test('it is taken where another one fills the branch', () => {
    const chart = shop();
    const map = configMap(chart, 'map');
    const source = new FluxGitSource(chart, 'source', { url: MANIFESTS, ref: GitRef.branch('cart') });
    new ManifestBranchKustomization(chart, 'a', { source, workloads: [map] });
    new ManifestBranchKustomization(chart, 'b', { source, name: 'again', targetNamespace: 'other' });
    expect(objectsIn(synth(chart.node.root as any)['shop.k8s.yaml'])).toEqual(['GitRepository cart', 'Kustomization cart', 'Kustomization again']);
  });

  test('it is taken in a plain App', () => {
    const app = Testing.app();
    add(new Chart(app, 'chart'), 'cart');
    expect(() => app.synth()).not.toThrow();
  });
});

test('its object is its default child', () => {
  const kustomization = add(new Chart(new App(), 'chart'), 'cart');
  expect(ApiObject.of(kustomization)).toBe(kustomization.apiObject);
});

test('a chart that is delivered from within keeps what makes Flux read the branch', () => {
  const chart = shop();
  configMap(chart, 'map');
  const source = new FluxGitSource(chart, 'source', { url: MANIFESTS, ref: GitRef.branch('all') });
  new ManifestBranchKustomization(chart, 'kustomization', { source, workloads: [chart] });
  const files = synth(chart.node.root as any);
  expect(objectsIn(files['manifests/all/shop.k8s.yaml'])).toEqual(['ConfigMap map']);
  expect(objectsIn(files['shop.k8s.yaml'])).toEqual(['GitRepository all', 'Kustomization all']);
});
