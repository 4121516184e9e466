import { existsSync, readdirSync } from 'fs';
import { dirname, join } from 'path';
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { FluxApp } from '../../src/app';
import { FluxConfigRepository, ManifestRepository } from '../../src/delivery';
import { readDeliveryManifest } from '../../src/manifest';
import { configMap, CONFIG, MANIFESTS } from '../delivery/support';
import { newFolder, readFiles } from '../tools/output';

const NAMES = [
  '..', '../x', '../../etc/x', '/etc/x', '.', '-rf', '--help', 'a\nb', 'a\u0000b', 'a\u001b[2Jb', '\u009b2J', '\u202ea', '.git', '.git/hooks/x', 'GIT~1', 'a\\b', 'C:', 'CON', ' ', 'x'.repeat(300),
  '$(touch pwned)', '`touch pwned`', "'", '"', 'a..b', 'a/../b', '\ud800', '．．', 'delivery.json', 'hydrator.metadata', 'kustomization', '%2e%2e', 'ü', '~', '*', 'a:b', '__proto__',
];

interface Place {
  readonly app: FluxApp;
  readonly chart: Chart;
  readonly manifests: ManifestRepository;
}

const USES: Record<string, (name: string, place: Place) => void> = {
  'a branch': (name, { chart, manifests }) => manifests.branch(name, { name: 'x' }).deliver(configMap(chart, 'x', 'shop')),
  'a branch without a name of its own': (name, { chart, manifests }) => manifests.branch(name).deliver(configMap(chart, 'x', 'shop')),
  'a chart': (name, { app, manifests }) => manifests.branch('web').deliver(configMap(new Chart(app, name), 'x', 'shop')),
  'a chart that is delivered': (name, { app, manifests }) => {
    const chart = new Chart(app, name);
    configMap(chart, 'x', 'shop');
    manifests.branch('web').deliver(chart);
  },
  'a construct': (name, { chart, manifests }) => {
    const construct = new Construct(chart, name);
    configMap(construct, 'x', 'shop');
    manifests.branch('web').deliver(construct);
  },
  'an object': (name, { chart, manifests }) => manifests.branch('web').deliver(configMap(chart, name, 'shop')),
  'a repository': (name, { chart }) => new ManifestRepository(chart, 'other', { url: MANIFESTS, name }).branch('web').deliver(configMap(chart, 'x', 'shop')),
  'a cluster': (name, { chart }) => new FluxConfigRepository(chart, 'config', { url: CONFIG }).cluster(name),
  'the directory of a cluster': (name, { chart }) => new FluxConfigRepository(chart, 'config', { url: CONFIG }).cluster('x', { path: name }),
  'the branch of a cluster': (name, { chart }) => new FluxConfigRepository(chart, 'config', { url: CONFIG, branch: name }).cluster('x'),
};

beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

describe.each(Object.entries(USES))('as %s', (_, use) => {
  test.each(NAMES.map((name, index) => [index, name] as const))('name %i is refused, or rendered into the output folder and nowhere else', (__, name) => {
    const around = newFolder();
    const outdir = join(around, 'deep', 'dist');
    const app = new FluxApp({ name: 'shop', outdir });
    const chart = new Chart(app, 'shop');
    let refused = false;
    try {
      use(name, { app, chart, manifests: new ManifestRepository(chart, 'manifests', { url: MANIFESTS }) });
      app.synth();
    } catch (error) {
      refused = true;
      // A mistake of the user, not of ours.
      expect(error).not.toBeInstanceOf(TypeError);
      expect((error as Error).message).not.toMatch(/ENOENT|EEXIST|ENAMETOOLONG|ERR_/);
    }
    expect(existsSync(outdir) && readdirSync(outdir).length > 0).toBe(!refused);
    if (!refused) {
      expect(readdirSync(dirname(outdir))).toEqual(['dist']);
      expect(readdirSync(around)).toEqual(['deep']);
      expect(() => readDeliveryManifest(outdir)).not.toThrow();
      expect(Object.keys(readFiles(outdir)).filter((file) => /[\u0000-\u001f]|(?:^|\/)\.{1,2}(?:\/|$)|(?:^|\/)\.git/.test(file))).toEqual([]);
    }
  });
});

test('two names that differ only in case are refused', () => {
  const app = new FluxApp({ name: 'shop', outdir: newFolder() });
  const chart = new Chart(app, 'shop');
  const manifests = new ManifestRepository(chart, 'manifests', { url: MANIFESTS });
  ['Web', 'web'].forEach((name) => manifests.branch(name, { name: `flux-${name.length}${name[0] === 'W' ? 'a' : 'b'}` }).deliver(configMap(new Construct(chart, name), name.toLowerCase(), 'shop')));
  expect(() => app.synth()).toThrow(/differ.*only in case|case/);
});
