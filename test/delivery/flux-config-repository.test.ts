import { ApiObject, App, Chart, Duration, Testing } from 'cdk8s';
import { CONFIG, configMap, manifestOf, newApp, objectsIn, synth } from './support';
import { FluxClusterOptions, FluxConfigRepository, FluxConfigRepositoryProps } from '../../src/delivery';
import { KustomizationHealthCheck } from '../../src/kustomize';
import { FluxGitSource } from '../../src/source';

const KUSTOMIZATION = 'flux/main/clusters/production/shop.yaml';

function repository(chart: Chart, props: Partial<FluxConfigRepositoryProps> = {}): FluxConfigRepository {
  return new FluxConfigRepository(chart, 'config', { url: CONFIG, ...props });
}

function newChart(name = 'shop'): Chart {
  return new Chart(newApp({ name }), 'chart', { namespace: 'shop' });
}

/** The Kustomization `<app>-config` as it is written. */
function configKustomization(options: FluxClusterOptions): any {
  return repository(newChart()).cluster('production', options).kustomization!.apiObject.toJson();
}

describe('a cluster', () => {
  test('has a directory for the app, and beside what bootstrap watches a Kustomization that applies it', () => {
    const chart = newChart();
    const app: any = chart.node.root;
    const cluster = repository(chart).cluster('production');
    expect([cluster.name, cluster.path, cluster.kustomization?.kustomizationName]).toEqual(['production', 'clusters/production', 'shop-config']);
    const files = synth(app);
    expect(Object.keys(files)).toEqual(['flux/main/apps/production/shop/kustomization.yaml', KUSTOMIZATION]);
    expect(files['flux/main/apps/production/shop/kustomization.yaml']).toMatchInlineSnapshot(`
"apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: []
"
`);
    expect(files[KUSTOMIZATION]).toMatchInlineSnapshot(`
"apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: shop-config
  namespace: flux-system
spec:
  interval: 10m
  path: ./apps/production/shop
  prune: true
  retryInterval: 1m
  sourceRef:
    kind: GitRepository
    name: flux-system
  timeout: 3m
  wait: false
"
`);
    expect(manifestOf(app).repositories).toEqual([{
      name: 'flux',
      url: CONFIG,
      targets: [{
        role: 'config',
        branch: 'main',
        path: 'apps/production/shop',
        files: ['apps/production/shop/kustomization.yaml', 'clusters/production/shop.yaml'],
        objects: ['Kustomization.kustomize.toolkit.fluxcd.io flux-system/shop-config'],
      }],
    }]);
  });

  test('takes what is delivered to it, each object in a file of its own', () => {
    const chart = newChart();
    const cluster = repository(chart).cluster('production');
    const provider = new ApiObject(chart, 'provider', {
      apiVersion: 'notification.toolkit.fluxcd.io/v1beta3', kind: 'Provider', metadata: { name: 'all', namespace: 'flux-system' }, spec: { type: 'generic', address: 'https://chat.example/hook' },
    });
    cluster.deliver(provider, configMap(chart, 'settings'), configMap(chart, 'variables', 'flux-system'));
    const files = synth(chart.node.root as any);
    const { 'flux/main/apps/production/shop/kustomization.yaml': kustomization, [KUSTOMIZATION]: _, ...rest } = files;
    expect(Object.fromEntries(Object.entries(rest).map(([path, file]) => [path, objectsIn(file)]))).toEqual({
      'flux/main/apps/production/shop/configmap-settings.shop.k8s.yaml': ['ConfigMap settings'],
      'flux/main/apps/production/shop/configmap-variables.k8s.yaml': ['ConfigMap variables'],
      'flux/main/apps/production/shop/provider-all.k8s.yaml': ['Provider all'],
    });
    expect(kustomization).toContain('resources:\n  - configmap-settings.shop.k8s.yaml\n  - configmap-variables.k8s.yaml\n  - provider-all.k8s.yaml\n');
  });

  test('takes a construct once, however often it is told to', () => {
    const chart = newChart();
    const cluster = repository(chart).cluster('production');
    const map = configMap(chart, 'map');
    cluster.deliver(map);
    cluster.deliver(map);
    expect(synth(chart.node.root as any)['flux/main/apps/production/shop/configmap-map.shop.k8s.yaml'].match(/kind: ConfigMap/g)).toHaveLength(1);
  });

  test('keeps its Kustomization', () => {
    const chart = newChart();
    const [one, other] = ['one', 'other'].map((name) => repository(new Chart(chart, name)).cluster('production'));
    expect(() => other.deliver(one.kustomization!)).toThrow(
      "chart/one/config/production/config: delivered by both 'chart/one/config/production' and 'chart/other/config/production'.",
    );
  });

  test('in a plain App has no Kustomization and leaves what is delivered in its chart', () => {
    const chart = new Chart(new App(), 'chart');
    const cluster = repository(chart).cluster('production');
    cluster.deliver(configMap(chart, 'a'));
    expect([cluster.name, cluster.path, cluster.kustomization]).toEqual(['production', 'clusters/production', undefined]);
    expect(Testing.synth(chart).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(['ConfigMap a']);
  });

  test.each(['', '.', '..', '.hidden', '-x', 'a/b', 'a b', 'a\\b', 'x'.repeat(241)])('cannot be called %j', (name) => {
    expect(() => repository(newChart()).cluster(name)).toThrow(
      `chart/config: '${name}' cannot be the name of a cluster's directory. Give at most 240 letters, digits, '.', '_' and '-', a letter, digit or '_' first.`,
    );
  });

  test('is refused without a name', () => {
    expect(() => repository(newChart()).cluster(process.env.NO_SUCH_VARIABLE!)).toThrow("chart/config: 'name' is missing. Give cluster() the name of the cluster.");
  });

  test.each(['production', 'eu-1.Prod_2'])('can be called %s', (name) => {
    expect(repository(newChart()).cluster(name).path).toBe(`clusters/${name}`);
  });
});

describe('the path that bootstrap watches', () => {
  test.each([
    ['fleet/eu/production', 'fleet/eu/production'],
    ['./clusters/production', 'clusters/production'],
    ['/clusters/production/', 'clusters/production'],
    ['././x//', 'x'],
    ['.flux/production', '.flux/production'],
  ])('%s is the directory %s', (path, directory) => {
    const chart = newChart();
    expect(repository(chart).cluster('production', { path }).path).toBe(directory);
    expect(Object.keys(synth(chart.node.root as any))).toEqual(expect.arrayContaining([`flux/main/${directory}/shop.yaml`, 'flux/main/apps/production/shop/kustomization.yaml']));
  });

  test.each([
    ...['', '.', './', '/', '..', '../x', 'a/../b', 'a/./b', 'a//b', 'a/..'].map((path) => [path, "has an empty part, '.' or '..'"]),
    ['clusters/.git', "has a part that is git's own folder on some file systems"],
    ['clusters\\prod', "holds a backslash; parts are separated by '/'"],
    ['C:/clusters', 'is absolute'],
    ['\ud800', 'holds a character that is not printable text'],
    [`clusters/${'x'.repeat(241)}`, 'has a part of more than 240 bytes, too long for a file name'],
  ])('%j is refused', (path, problem) => {
    expect(() => repository(newChart()).cluster('production', { path })).toThrow(
      `chart/config/production: path '${path}' ${problem}. Give a directory below the root of the repository, such as 'clusters/production'.`,
    );
  });
});

test.each(['apps', 'apps/prod', 'apps/production/shop'])('the path that bootstrap watches cannot be %s, among the directories of the apps', (path) => {
  expect(() => repository(newChart()).cluster('production', { path })).toThrow(
    `chart/config/production: '${path}' is among the directories of the apps, which bootstrap is to leave alone. `
    + "Give a path outside of 'apps', such as 'clusters/production'.",
  );
});

test.each(['app', 'fleet/apps'])('the path that bootstrap watches can be %s', (path) => {
  expect(repository(newChart()).cluster('production', { path }).path).toBe(path);
});

describe('the Kustomization of the app', () => {
  test('waits for nothing, is named after the app, and applies its directory from the source of bootstrap', () => {
    expect(configKustomization({})).toMatchObject({
      metadata: { name: 'shop-config', namespace: 'flux-system' },
      spec: { wait: false, path: './apps/production/shop', sourceRef: { kind: 'GitRepository', name: 'flux-system' } },
    });
  });

  test('has its name by rule', () => {
    expect(() => configKustomization({ kustomization: { name: 'mine' } })).toThrow("its Kustomization is named 'shop-config' by rule. Leave 'name' out of 'kustomization'.");
  });

  test('waits for nothing where that was left open', () => {
    expect(configKustomization({ kustomization: { wait: undefined } }).spec.wait).toBe(false);
  });

  test('is one of a kind', () => {
    const config = repository(newChart());
    config.cluster('production');
    expect(() => config.cluster('production')).toThrow("chart/config: cluster 'production' is made twice. Keep the first FluxCluster and use it again.");
  });

  test('takes options', () => {
    const kustomization = configKustomization({
      kustomization: { wait: true, interval: Duration.minutes(30), serviceAccountName: 'shop', namespace: 'tenants', labels: { team: 'blue' } },
    });
    expect(kustomization.metadata).toEqual({ name: 'shop-config', namespace: 'tenants', labels: { team: 'blue' } });
    expect(kustomization.spec).toMatchObject({ wait: true, interval: '30m', serviceAccountName: 'shop', sourceRef: { name: 'flux-system', namespace: 'flux-system' } });
  });

  test('waits for the health checks that are given', () => {
    const { spec } = configKustomization({ kustomization: { healthChecks: [KustomizationHealthCheck.forName('apps/v1', 'Deployment', 'cart', 'shop')] } });
    expect(spec.healthChecks).toHaveLength(1);
    expect(spec).not.toHaveProperty('wait');
    expect(configKustomization({ kustomization: { healthChecks: [] } }).spec.wait).toBe(false);
  });

  test('reads from another source if told so', () => {
    const source = FluxGitSource.fromGitRepositoryName(newChart(), 'source', 'fleet', 'fleet-system');
    expect(configKustomization({ source }).spec.sourceRef).toEqual({ kind: 'GitRepository', name: 'fleet', namespace: 'fleet-system' });
  });

  test.each(['flux-system', 'kustomization', 'Shop', 'my shop', 'a'.repeat(57)])('an app cannot be named %s', (name) => {
    expect(() => newChart(name)).toThrow(
      `the app: '${name}' cannot be its name, of which files and the Kustomization '<name>-config' are named. `
      + 'Give at most 56 lower-case letters, digits and hyphens, and none of flux-system, kustomization.',
    );
  });

  test('an app can be named with 56 characters', () => {
    const name = 'a'.repeat(56);
    expect(repository(newChart(name)).cluster('production').kustomization?.kustomizationName).toBe(`${name}-config`);
  });

  test('an app without a name is told of it', () => {
    const chart = new Chart(newApp({ name: undefined }), 'chart');
    expect(() => repository(chart).cluster('production')).toThrow('chart/config/production: what is delivered needs an owner, and the app has no name. Give one');
  });
});

describe('the repository', () => {
  test('is published on the branch that is given, under the name that is given', () => {
    const chart = newChart();
    repository(chart, { branch: 'fleet', name: 'config' }).cluster('production');
    expect(Object.keys(synth(chart.node.root as any))).toEqual(['config/fleet/apps/production/shop/kustomization.yaml', 'config/fleet/clusters/production/shop.yaml']);
  });

  test.each([
    [{ url: 'https://ci:hunter2@git.example/flux' }, "chart/config: the URL of 'https://git.example/flux' carries a credential."],
    [{ url: 'git@git.example:flux' }, "chart/config: Flux does not read a Git URL in scp style. Write 'ssh://git@git.example/flux'."],
    [{ url: undefined }, "chart/config: 'url' is missing. Give the URL of the Git repository."],
    [{ branch: 'a..b' }, "chart/config: branch 'a..b' holds what git keeps for itself"],
    [{ name: '../x' }, "chart/config: '../x' cannot be the name of a repository's folder. Give a 'name' of at most 240 letters, digits, '.', '_' and '-', a letter, digit or '_' first."],
  ])('is refused with %j', (props, message) => {
    expect(() => repository(newChart(), props)).toThrow(message);
  });
});
