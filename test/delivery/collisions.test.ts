import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { CONFIG, complaintsOf, configMap, MANIFESTS, newApp, synth } from './support';
import { FluxApp } from '../../src/app';
import { FluxConfigRepository, ManifestRepository } from '../../src/delivery';
import { FluxGitSource, GitRef } from '../../src/source';

const TWICE = "Make it in one place, or give one of the two another name [applied-twice: kustomize-controller: the last one that applies it owns it, and deletes it when it leaves that one's source].";

function shop(): { app: FluxApp; chart: Chart } {
  const app = newApp();
  return { app, chart: new Chart(app, 'shop', { namespace: 'shop' }) };
}

function repository(scope: Construct, id: string, url: string, name?: string): ManifestRepository {
  return new ManifestRepository(scope, id, { url, name });
}

function deliver(manifests: ManifestRepository, branch: string): void {
  manifests.branch(branch).deliver(map(new Construct(manifests, `content of ${branch}`)));
}

/** Of one id wherever it is, and of a name of its own. */
function map(scope: Construct): ApiObject {
  const name = `map-${scope.node.addr}`;
  return new ApiObject(scope, 'map', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
}

describe('two branches whose names make the same object name', () => {
  test('are refused where their objects go to a cluster', () => {
    const { app, chart } = shop();
    new FluxConfigRepository(chart, 'config', { url: CONFIG }).cluster('production');
    const manifests = repository(chart, 'manifests', MANIFESTS);
    deliver(manifests, 'feature/x');
    deliver(manifests, 'feature-x');
    expect(complaintsOf(app)).toEqual([
      "shop/manifests/branch feature-x: its file 'apps/production/shop/feature-x.k8s.yaml' is that of 'shop/manifests/branch feature%2Fx' too. Give one of the two another id or name.",
    ]);
  });

  test('are refused where their objects stay in a chart', () => {
    const { app, chart } = shop();
    const manifests = repository(chart, 'manifests', MANIFESTS);
    deliver(manifests, 'feature/x');
    deliver(manifests, 'feature-x');
    expect(complaintsOf(app)).toEqual([
      `shop/manifests/branch feature-x/source/Resource: GitRepository flux-system/feature-x: metadata.name: it is made at 'shop/manifests/branch feature%2Fx/source/Resource' too. ${TWICE}`,
      `shop/manifests/branch feature-x/kustomization/Resource: Kustomization flux-system/feature-x: metadata.name: it is made at 'shop/manifests/branch feature%2Fx/kustomization/Resource' too. ${TWICE}`,
    ]);
  });

  test('live side by side under names of their own', () => {
    const { app, chart } = shop();
    const manifests = repository(chart, 'manifests', MANIFESTS);
    deliver(manifests, 'feature/x');
    manifests.branch('feature-x', { name: 'other' }).deliver(map(chart));
    expect(Object.keys(synth(app))).toEqual(expect.arrayContaining(['manifests/feature/x/map.k8s.yaml', 'manifests/feature-x/map.k8s.yaml']));
  });

  test('stand side by side under two names, even where `constructs` would make one id of them', () => {
    const { app, chart } = shop();
    const manifests = repository(chart, 'manifests', MANIFESTS);
    manifests.branch('a/b', { name: 'one' }).deliver(configMap(chart, 'one'));
    manifests.branch('a--b', { name: 'other' }).deliver(configMap(chart, 'other'));
    expect(Object.keys(synth(app))).toEqual(expect.arrayContaining(['manifests/a/b/one.k8s.yaml', 'manifests/a--b/other.k8s.yaml']));
  });
});

describe('two branches of one repository', () => {
  test.each([
    ['differ only in case', 'Cart', 'cart', 'differ only in case, and some file systems hold them for one'],
    ['are in folders that differ only in case', 'Team/cart', 'team/search', 'differ only in case, and some file systems hold them for one'],
    ['are one a folder of the other', 'cart', 'cart/next', 'cannot stand side by side: one would be a folder in the other'],
  ])('that %s are refused', (_, one, other, problem) => {
    const { app, chart } = shop();
    const manifests = repository(chart, 'manifests', MANIFESTS);
    manifests.branch(one, { name: 'one' }).deliver(configMap(chart, 'a'));
    manifests.branch(other, { name: 'other' }).deliver(configMap(chart, 'b'));
    const path = (branch: string) => `shop/manifests/branch ${branch.replace('/', '%2F')}`;
    expect(complaintsOf(app)).toEqual([`${path(other)}: branch '${other}' and branch '${one}' of '${path(one)}' ${problem}. Give one of the two another name.`]);
  });

  test('of two repositories are none of each other\'s business', () => {
    const { app, chart } = shop();
    repository(chart, 'one', 'https://git.example/team/one').branch('cart', { name: 'one' }).deliver(configMap(chart, 'a'));
    repository(chart, 'other', 'https://git.example/team/other').branch('Cart', { name: 'other' }).deliver(configMap(chart, 'b'));
    expect(() => synth(app)).not.toThrow();
  });
});

test('a hand-made source that is named like that of a delivery is refused', () => {
  const { app, chart } = shop();
  new FluxConfigRepository(chart, 'config', { url: CONFIG }).cluster('production');
  deliver(repository(chart, 'manifests', MANIFESTS), 'cart');
  new FluxGitSource(chart, 'source', { url: MANIFESTS, ref: GitRef.branch('cart') });
  expect(complaintsOf(app)).toEqual([
    `shop/source/Resource: GitRepository flux-system/cart: metadata.name: it is made at 'shop/manifests/branch cart/source/Resource' too. ${TWICE}`,
  ]);
});

test('a branch that is filled as a whole holds no directory of a cluster', () => {
  const { app, chart } = shop();
  new FluxConfigRepository(chart, 'config', { url: CONFIG }).cluster('production');
  repository(chart, 'manifests', CONFIG).branch('main').deliver(map(chart));
  expect(complaintsOf(app)).toEqual([
    "shop/config/production: 'apps/production/shop' of branch 'main' lies in what 'shop/manifests/branch main' fills. Deliver one of the two to another branch.",
  ]);
});

describe('files', () => {
  test.each([
    ['cart', 'cart', 'cart'],
    ['two words', 'two-words', 'two-words'],
  ])('two constructs %j and %j of one branch do not share one', (one, other, file) => {
    const { app, chart } = shop();
    const [a, b] = [new Construct(new Construct(chart, 'a'), one), new Construct(new Construct(chart, 'b'), other)];
    [a, b].forEach((construct, index) => configMap(construct, `map-${index}`));
    repository(chart, 'manifests', MANIFESTS).branch('all').deliver(a, b);
    expect(complaintsOf(app)).toEqual([
      `shop/b/${other}: its file '${file}.k8s.yaml' is that of 'shop/a/${one}' too. Give one of the two another id or name.`,
    ]);
  });

  test('of two constructs do not differ in case only', () => {
    const { app, chart } = shop();
    const [a, b] = ['Cart', 'cart'].map((id) => new Construct(chart, id));
    configMap(a, 'a');
    configMap(b, 'b');
    repository(chart, 'manifests', MANIFESTS).branch('all').deliver(a, b);
    expect(complaintsOf(app)).toEqual([
      "shop/cart: file 'cart.k8s.yaml' and file 'Cart.k8s.yaml' of 'shop/Cart' differ only in case, and some file systems hold them for one. Give one of the two another name.",
    ]);
  });

  test('two objects of one kind and name do not share one in the directory of a cluster', () => {
    const { app, chart } = shop();
    const cluster = new FluxConfigRepository(chart, 'config', { url: CONFIG }).cluster('production');
    const maps = ['a', 'b'].map((id) => configMap(new Construct(chart, id), 'map'));
    cluster.deliver(...maps);
    expect(complaintsOf(app)).toEqual([
      "shop/b/map: its file 'apps/production/shop/configmap-map.shop.k8s.yaml' is that of 'shop/a/map' too. Give one of the two another id or name.",
    ]);
  });

  test('none can be made of an id without letters and digits', () => {
    const { app, chart } = shop();
    const construct = new Construct(chart, '...');
    configMap(construct, 'map');
    repository(chart, 'manifests', MANIFESTS).branch('all').deliver(construct);
    expect(complaintsOf(app)).toEqual(['shop/...: no file name can be made of its id. Give it an id with letters or digits.']);
  });

  test.each([
    ['a construct', 'branch', `shop/${'c'.repeat(300)}`, `${'c'.repeat(300)}.k8s.yaml`],
    ['an object of a cluster', 'cluster', 'shop/map', `apps/production/shop/configmap-${'c'.repeat(240)}.shop.k8s.yaml`],
  ])('whose name %s makes too long are refused, and nothing is written', (_, where, path, file) => {
    const { app, chart } = shop();
    const cluster = new FluxConfigRepository(chart, 'config', { url: CONFIG }).cluster('production');
    if (where === 'branch') {
      repository(chart, 'manifests', MANIFESTS).branch('all').deliver(configMap(chart, 'c'.repeat(300)));
    } else {
      cluster.deliver(new ApiObject(chart, 'map', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c'.repeat(240) } }));
    }
    expect(complaintsOf(app)).toEqual([
      `${path}: its file '${file}' has a part of more than 240 bytes, too long for a file name. Give it another id or name.`,
    ]);
  });

  test('a construct does not take the place of kustomization.yaml', () => {
    const app = newApp({ outputFileExtension: '.yaml' });
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    repository(chart, 'manifests', MANIFESTS).branch('all').deliver(configMap(chart, 'kustomization'));
    expect(complaintsOf(app)).toEqual([
      "the app: two files of the output would be 'manifests/all/kustomization.yaml'. Give one of the charts, repositories or branches another name.",
    ]);
  });
});

test('one cluster is not filled by two objects', () => {
  const { app, chart } = shop();
  ['one', 'two'].forEach((id) => new FluxConfigRepository(chart, id, { url: CONFIG }).cluster('production'));
  expect(complaintsOf(app)).toContain(
    "shop/two/production: path 'apps/production/shop' of branch 'main' of 'flux' is filled by 'shop/one/production' too. Fill it from one place: deliver everything by the same object.",
  );
});

test('two branches are told apart by repository and branch, not by what both make in a row', () => {
  const { app, chart } = shop();
  deliver(repository(chart, 'one', 'https://git.example/a'), 'bc');
  deliver(repository(chart, 'other', 'https://git.example/ab'), 'c');
  expect(Object.keys(synth(app))).toEqual(expect.arrayContaining(['a/bc/map.k8s.yaml', 'ab/c/map.k8s.yaml']));
});

test('two clusters do not share the path that bootstrap watches', () => {
  const { app, chart } = shop();
  const config = new FluxConfigRepository(chart, 'config', { url: CONFIG });
  ['one', 'two'].forEach((name) => config.cluster(name, { path: 'fleet' }));
  expect(complaintsOf(app)).toEqual([
    "the app: two files of the output would be 'flux/main/fleet/shop.yaml'. Give one of the charts, repositories or branches another name.",
  ]);
});

describe('one repository', () => {
  test.each([
    ['two spellings', 'https://git.example/team/manifests', 'https://GIT.example/team/manifests.git/'],
    ['two spellings, by the same name', 'https://git.example/team/manifests', 'https://git.example/team/manifests.git'],
  ])('in %s is refused', (_, one, other) => {
    const { app, chart } = shop();
    deliver(repository(chart, 'one', one), 'a');
    deliver(repository(chart, 'other', other), 'b');
    expect(complaintsOf(app)).toEqual([
      `shop/other/branch b: '${other}' named 'manifests' is the repository that 'shop/one/branch a' knows as '${one}' named 'manifests'. Write the same URL and name in both places.`,
    ]);
  });

  test('under two names is refused', () => {
    const { app, chart } = shop();
    deliver(repository(chart, 'one', MANIFESTS), 'a');
    deliver(repository(chart, 'other', MANIFESTS, 'rendered'), 'b');
    expect(complaintsOf(app)).toEqual([
      `shop/other/branch b: '${MANIFESTS}' named 'rendered' is the repository that 'shop/one/branch a' knows as '${MANIFESTS}' named 'manifests'. Write the same URL and name in both places.`,
    ]);
  });

  test('in one spelling, by two objects, is one', () => {
    const { app, chart } = shop();
    deliver(repository(chart, 'one', MANIFESTS), 'a');
    deliver(repository(chart, 'other', MANIFESTS), 'b');
    expect(Object.keys(synth(app))).toEqual(expect.arrayContaining(['manifests/a/map.k8s.yaml', 'manifests/b/map.k8s.yaml']));
  });

  test('and one branch of it are filled by one object', () => {
    const { app, chart } = shop();
    deliver(repository(chart, 'one', MANIFESTS), 'cart');
    repository(chart, 'other', MANIFESTS).branch('cart', { name: 'other' }).deliver(map(chart));
    expect(complaintsOf(app)).toContain(
      "shop/other/branch cart: branch 'cart' of 'manifests' is filled by 'shop/one/branch cart' too. Fill it from one place: deliver everything by the same object.",
    );
  });
});

test.each([
  ['the same last segment', 'https://git.example/one/manifests', 'https://git.example/two/manifests.git', 'manifests'],
  ['last segments that differ in case', 'https://git.example/one/manifests', 'https://git.example/two/Manifests', 'Manifests'],
])('two repositories with %s are refused, and taken under a name', (_, one, other, name) => {
  const refused = shop();
  deliver(repository(refused.chart, 'one', one), 'a');
  deliver(repository(refused.chart, 'other', other), 'b');
  expect(complaintsOf(refused.app)).toEqual([
    `shop/other/branch b: repository '${name}' is '${other}' here and '${one}' at 'shop/one/branch a'. Give one of the two another 'name'.`,
  ]);
  const taken = shop();
  deliver(repository(taken.chart, 'one', one), 'a');
  deliver(repository(taken.chart, 'other', other, 'rendered'), 'b');
  expect(Object.keys(synth(taken.app))).toEqual(expect.arrayContaining(['manifests/a/map.k8s.yaml', 'rendered/b/map.k8s.yaml']));
});

test('the config repository of two apps in one process is filled side by side', () => {
  const files = ['cart', 'search'].map((name) => {
    const app = newApp({ name });
    new FluxConfigRepository(new Chart(app, 'chart'), 'config', { url: CONFIG }).cluster('production');
    return Object.keys(synth(app));
  });
  expect(files[0].filter((file) => files[1].includes(file))).toEqual([]);
});
