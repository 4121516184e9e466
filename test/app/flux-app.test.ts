import * as fs from 'fs';
import * as path from 'path';
import { ApiObject, App, Chart, Helm, Include, IResolver, JsonPatch, Lazy, ResolutionContext, Testing, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import * as yaml from 'js-yaml';
import { FluxApp, FluxAppProps, FluxConfigRepository, FluxGitSource, GitRef, ManifestBranchKustomization, ManifestRepository } from '../../src';
import { newFolder, readFiles } from '../tools/output';

const MANIFESTS = 'https://git.example/team/manifests.git';

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

function newApp(props: FluxAppProps = {}): FluxApp {
  return new FluxApp({ name: 'shop', outdir: newFolder(), ...props });
}

function configMap(scope: Construct, name: string, namespace?: string): ApiObject {
  return new ApiObject(scope, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: { name } });
}

/** Two services on branches of their own, and Flux objects for one cluster. */
function shop(app: FluxApp, services = ['cart', 'search']): Chart {
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const cluster = new FluxConfigRepository(chart, 'config', { url: 'https://git.example/team/flux.git' }).cluster('production');
  const manifests = new ManifestRepository(chart, 'manifests', { url: MANIFESTS, clusters: [cluster] });
  for (const name of services) {
    const service = new Construct(chart, name);
    configMap(service, `${name}-a`);
    configMap(service, `${name}-b`);
    manifests.branch(name).deliver(service);
  }
  configMap(chart, 'left-over');
  return chart;
}

test('what is delivered goes to the folder of its repository and branch, the Flux objects to the cluster, the rest stays in its chart', () => {
  const app = newApp({ inputs: { zone: 'eu', environment: 'production' } });
  shop(app);
  app.synth();
  const files = readFiles(app.outdir);
  expect(Object.keys(files)).toEqual([
    'delivery.json',
    'flux/main/apps/production/shop/cart.k8s.yaml',
    'flux/main/apps/production/shop/kustomization.yaml',
    'flux/main/apps/production/shop/search.k8s.yaml',
    'flux/main/clusters/production/shop.yaml',
    'manifests/cart/cart.k8s.yaml',
    'manifests/cart/kustomization.yaml',
    'manifests/search/kustomization.yaml',
    'manifests/search/search.k8s.yaml',
    'shop.k8s.yaml',
  ]);
  expect(JSON.parse(files['delivery.json'])).toMatchInlineSnapshot(`
{
  "app": "shop",
  "inputs": {
    "environment": "production",
    "zone": "eu",
  },
  "repositories": [
    {
      "name": "flux",
      "targets": [
        {
          "applies": [
            {
              "branch": "cart",
              "kustomization": "flux-system/cart",
              "path": "",
              "repository": "manifests",
            },
            {
              "branch": "search",
              "kustomization": "flux-system/search",
              "path": "",
              "repository": "manifests",
            },
          ],
          "branch": "main",
          "files": [
            "apps/production/shop/cart.k8s.yaml",
            "apps/production/shop/kustomization.yaml",
            "apps/production/shop/search.k8s.yaml",
            "clusters/production/shop.yaml",
          ],
          "objects": [
            "GitRepository.source.toolkit.fluxcd.io flux-system/cart",
            "GitRepository.source.toolkit.fluxcd.io flux-system/search",
            "Kustomization.kustomize.toolkit.fluxcd.io flux-system/cart",
            "Kustomization.kustomize.toolkit.fluxcd.io flux-system/search",
            "Kustomization.kustomize.toolkit.fluxcd.io flux-system/shop-config",
          ],
          "path": "apps/production/shop",
          "role": "config",
        },
      ],
      "url": "https://git.example/team/flux.git",
    },
    {
      "name": "manifests",
      "targets": [
        {
          "branch": "cart",
          "files": [
            "cart.k8s.yaml",
            "kustomization.yaml",
          ],
          "objects": [
            "ConfigMap shop/cart-a",
            "ConfigMap shop/cart-b",
          ],
          "path": "",
          "role": "manifests",
        },
        {
          "branch": "search",
          "files": [
            "kustomization.yaml",
            "search.k8s.yaml",
          ],
          "objects": [
            "ConfigMap shop/search-a",
            "ConfigMap shop/search-b",
          ],
          "path": "",
          "role": "manifests",
        },
      ],
      "url": "https://git.example/team/manifests.git",
    },
  ],
  "unclaimed": [
    "shop.k8s.yaml",
  ],
  "version": 1,
}
`);
  expect(files['manifests/cart/kustomization.yaml']).toMatchInlineSnapshot(`
"apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - cart.k8s.yaml
"
`);
  expect(yaml.loadAll(files['manifests/cart/cart.k8s.yaml']).map((object: any) => object.metadata.name)).toEqual(['cart-a', 'cart-b']);
  expect(yaml.loadAll(files['flux/main/apps/production/shop/cart.k8s.yaml']).map((object: any) => object.kind)).toEqual(['GitRepository', 'Kustomization']);
  expect(files['flux/main/clusters/production/shop.yaml']).toMatchInlineSnapshot(`
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
});

test('a second synth changes no byte, and another service only files of its own and the lists that name it', () => {
  const [one, same, more] = [['cart', 'search'], ['cart', 'search'], ['cart', 'mail', 'search']].map((services) => {
    const app = newApp();
    shop(app, services);
    app.synth();
    const first = readFiles(app.outdir);
    app.synth();
    expect(readFiles(app.outdir)).toEqual(first);
    return first;
  });
  expect(same).toEqual(one);
  expect(Object.keys(more).filter((file) => more[file] !== one[file])).toEqual([
    'delivery.json',
    'flux/main/apps/production/shop/kustomization.yaml',
    'flux/main/apps/production/shop/mail.k8s.yaml',
    'manifests/mail/kustomization.yaml',
    'manifests/mail/mail.k8s.yaml',
  ]);
});

test('what an earlier synth wrote and this one did not is removed, with its folders; foreign files stay', () => {
  const outdir = newFolder();
  const first = newApp({ outdir });
  shop(first);
  first.synth();
  fs.writeFileSync(path.join(outdir, 'notes.txt'), 'mine');
  const second = newApp({ outdir });
  shop(second, ['cart']);
  second.synth();
  expect(fs.existsSync(path.join(outdir, 'manifests', 'search'))).toBe(false);
  expect(Object.keys(readFiles(outdir)).filter((file) => !file.includes('cart') && !file.startsWith('flux/'))).toEqual(['delivery.json', 'notes.txt', 'shop.k8s.yaml']);
});

test('a synth that was interrupted leaves no delivery.json, and the next one clears its files away', () => {
  const app = newApp();
  shop(app);
  const obstacle = path.join(app.outdir, 'shop.k8s.yaml');
  fs.mkdirSync(obstacle);
  expect(() => app.synth()).toThrow('EISDIR');
  fs.rmdirSync(obstacle);
  expect(Object.keys(readFiles(app.outdir))).toContain('manifests/cart/cart.k8s.yaml');
  expect(fs.existsSync(path.join(app.outdir, 'delivery.json'))).toBe(false);
  const next = newApp({ outdir: app.outdir });
  configMap(new Chart(next, 'only'), 'only');
  next.synth();
  expect(Object.keys(readFiles(app.outdir))).toEqual(['delivery.json', 'only.k8s.yaml']);
});

test('all that is wrong is said at once, and no file is touched', () => {
  const app = newApp();
  shop(app);
  app.synth();
  const before = readFiles(app.outdir);
  const chart = new Chart(app, 'wrong');
  const branch = new ManifestRepository(chart, 'manifests', { url: MANIFESTS }).branch('wrong');
  const service = new Construct(chart, 'service');
  configMap(service, 'homeless');
  new ApiObject(service, 'secret', { apiVersion: 'v1', kind: 'Secret', metadata: { namespace: 'shop' }, stringData: { password: 'x' } });
  configMap(service, 'patched', 'shop').addJsonPatch(JsonPatch.replace('/no/where', 1));
  new ApiObject(service, 'nan', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'shop' }, data: { value: Number.NaN } });
  branch.deliver(service);
  service.node.addValidation({ validate: () => ['the service says no'] });
  const [a, b] = [configMap(chart, 'a'), configMap(chart, 'b')];
  a.addDependency(b);
  b.addDependency(a);
  let message = '';
  try {
    app.synth();
  } catch (error) {
    message = (error as Error).message;
  }
  for (const part of [
    '[wrong/service] the service says no',
    'Dependency cycle detected: wrong/a => wrong/b => wrong/a',
    'wrong/service/homeless: ConfigMap homeless: metadata.namespace: it has no namespace',
    'wrong/service/secret: Secret shop/',
    'wrong/service/patched: ',
    'wrong/service/nan: data.value: NaN is no number of JSON. Give a finite number.',
  ]) {
    expect(message).toContain(part);
  }
  expect(readFiles(app.outdir)).toEqual(before);
});

test('without anything to deliver it is an App: the same objects, one file for each chart, under a name that stays', () => {
  const fill = (app: App) => {
    const [first, second] = [new Chart(app, 'first'), new Chart(app, 'second')];
    configMap(first, 'a', 'one');
    configMap(second, 'a', 'two');
    first.addDependency(second);
    return app;
  };
  const ours = fill(newApp({ name: undefined }));
  ours.synth();
  const stock = fill(Testing.app());
  stock.synth();
  expect(Object.keys(readFiles(stock.outdir))).toEqual(['0000-second.k8s.yaml', '0001-first.k8s.yaml']);
  const files = readFiles(ours.outdir);
  expect(Object.keys(files)).toEqual(['delivery.json', 'first.k8s.yaml', 'second.k8s.yaml']);
  expect(Object.values(files).slice(1)).toEqual(Object.values(readFiles(stock.outdir)).reverse());
  expect(JSON.parse(files['delivery.json'])).toEqual({ version: 1, inputs: {}, repositories: [], unclaimed: ['first.k8s.yaml', 'second.k8s.yaml'] });
});

test.each<[YamlOutputType, string[]]>([
  [YamlOutputType.FILE_PER_APP, ['app.yaml']],
  [YamlOutputType.FILE_PER_CHART, ['chart.yaml']],
  [YamlOutputType.FILE_PER_RESOURCE, ['ConfigMap.one.a.yaml', 'ConfigMap.two.a.yaml']],
  [YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, ['chart/ConfigMap.one.a.yaml', 'chart/ConfigMap.two.a.yaml']],
])('AppProps: output type %s and the extension; two namespaces never share a file', (yamlOutputType, expected) => {
  const app = newApp({ yamlOutputType, outputFileExtension: '.yaml' });
  const chart = new Chart(app, 'chart');
  ['one', 'two'].forEach((namespace) => configMap(new Construct(chart, namespace), 'a', namespace));
  app.synth();
  const files = readFiles(app.outdir);
  expect(Object.keys(files).filter((file) => file !== 'delivery.json')).toEqual(expected);
  expect(yaml.loadAll(expected.map((file) => files[file]).join('---\n')).map((object: any) => object.metadata.namespace)).toEqual(['one', 'two']);
});

test('kinds nobody knows, Lazy, patches, resolvers, Include and Helm all render', () => {
  class Shout implements IResolver {
    public resolve(context: ResolutionContext): void {
      if (context.value === 'hello') {
        context.replaceValue('HELLO');
      }
    }
  }
  const app = newApp({ resolvers: [new Shout()] });
  const chart = new Chart(app, 'chart', { namespace: 'shop' });
  const all = new Construct(chart, 'all');
  const object = new ApiObject(all, 'unknown', {
    apiVersion: 'example.org/v1', kind: 'Unknown', metadata: { name: 'unknown' }, spec: { greeting: 'hello', late: Lazy.any({ produce: () => 'later' }) },
  });
  object.addJsonPatch(JsonPatch.add('/spec/patched', true));
  const file = path.join(newFolder(), 'include.yaml');
  fs.writeFileSync(file, 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: included, namespace: shop }\n');
  new Include(all, 'include', { url: file });
  const standIn = path.join(newFolder(), 'helm-stand-in');
  fs.writeFileSync(standIn, '#!/bin/sh\nprintf \'apiVersion: v1\\nkind: ConfigMap\\nmetadata:\\n  name: templated\\n  namespace: shop\\n\'\n', { mode: 0o755 });
  new Helm(all, 'helm', { chart: './none', helmExecutable: standIn });
  new ManifestRepository(chart, 'manifests', { url: MANIFESTS }).branch('all').deliver(all);
  app.synth();
  const objects: any[] = yaml.loadAll(readFiles(app.outdir)['manifests/all/all.k8s.yaml']);
  expect(objects.map(({ metadata }) => metadata.name)).toEqual(['unknown', 'included', 'templated']);
  expect(objects[0].spec).toEqual({ greeting: 'HELLO', late: 'later', patched: true });
});

test('10,000 charts', () => {
  const app = newApp();
  for (let i = 0; i < 10_000; i++) {
    configMap(new Chart(app, `c${i}`), `m${i}`);
  }
  app.synth();
  expect(JSON.parse(fs.readFileSync(path.join(app.outdir, 'delivery.json'), 'utf8')).unclaimed).toHaveLength(10_000);
});

test('nested charts: each object in the file of its closest chart, unless a claim sends it elsewhere', () => {
  const app = newApp();
  const outer = new Chart(app, 'outer', { namespace: 'shop' });
  const inner = new Chart(outer, 'inner', { namespace: 'shop' });
  configMap(outer, 'in-outer');
  configMap(inner, 'in-inner');
  app.synth();
  expect(Object.keys(readFiles(app.outdir))).toEqual(['delivery.json', 'outer-inner-c841ea9b.k8s.yaml', 'outer.k8s.yaml']);
  new ManifestRepository(new Chart(app, 'delivery'), 'manifests', { url: MANIFESTS }).branch('inner').deliver(inner);
  app.synth();
  expect(Object.keys(readFiles(app.outdir))).toEqual([
    'delivery.json', 'delivery.k8s.yaml', 'manifests/inner/inner.k8s.yaml', 'manifests/inner/kustomization.yaml', 'outer.k8s.yaml',
  ]);
});

test('Flux objects without a config repository stay in their chart, and that is said', () => {
  const app = newApp();
  const chart = new Chart(app, 'chart', { namespace: 'shop' });
  const map = configMap(chart, 'map');
  const source = new FluxGitSource(chart, 'source', { url: MANIFESTS, ref: GitRef.branch('map') });
  new ManifestBranchKustomization(chart, 'kustomization', { source, workloads: [map] });
  app.synth();
  const files = readFiles(app.outdir);
  expect(yaml.loadAll(files['chart.k8s.yaml']).map((object: any) => [object.kind, object.metadata.name])).toEqual([['GitRepository', 'map'], ['Kustomization', 'map']]);
  expect(files['manifests/map/map.k8s.yaml']).toContain('kind: ConfigMap');
  expect(process.stderr.write).toHaveBeenCalledWith(expect.stringContaining('Flux objects are in chart.k8s.yaml of'));
});

describe('inputs', () => {
  test('are read by name', () => {
    const app = newApp({ inputs: { environment: 'staging' } });
    expect(app.input('environment')).toBe('staging');
    expect(() => app.input('region')).toThrow("the app: there is no input 'region'. Give it");
    expect(() => app.input('toString')).toThrow("there is no input 'toString'");
  });
  test('hold no password', () => {
    expect(() => newApp({ inputs: { database: 'postgres://me:hunter2@db/shop' } })).toThrow(/^the app: input 'database' holds a password\. (?!.*hunter2)/);
  });
});

test('what would overwrite a file of the output is refused before one is written', () => {
  const app = newApp();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  new ManifestRepository(chart, 'manifests', { url: MANIFESTS, name: 'delivery.json' }).branch('map').deliver(configMap(chart, 'map'));
  expect(() => app.synth()).toThrow("cannot stand beside 'delivery.json' in the output folder");
  expect(readFiles(app.outdir)).toEqual({});
});

test('a chart without objects makes no file, for publishing takes an empty one for damaged', () => {
  const app = newApp();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const cluster = new FluxConfigRepository(chart, 'config', { url: 'https://git.example/team/flux.git' }).cluster('production');
  const services = new Construct(chart, 'services');
  new Chart(services, 'nothing', { namespace: 'shop' });
  configMap(new Chart(services, 'cart', { namespace: 'shop' }), 'cart');
  new ManifestRepository(chart, 'manifests', { url: MANIFESTS, clusters: [cluster] }).branch('cart').deliver(services);
  app.synth();
  const files = readFiles(app.outdir);
  expect(Object.keys(files).filter((file) => file.startsWith('manifests/'))).toEqual(['manifests/cart/kustomization.yaml', 'manifests/cart/services.k8s.yaml']);
  expect(Object.values(files).filter((content) => content.trim() === '')).toEqual([]);
});
