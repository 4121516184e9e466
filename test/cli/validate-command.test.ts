import { spawnSync } from 'child_process';
import { readFileSync } from 'fs';
import { join } from 'path';
import { ApiObject, ApiObjectProps, Chart } from 'cdk8s';
import { MAIN } from './scene';
import { ValidateFolder } from './validate-folder';
import {
  AppNamespace, Delivery, FluxApp, FluxCluster, FluxConfigRepository, FluxKustomization, FluxRules, IFluxKustomization, ManifestRegistry,
  ManifestRepository, Microservice,
} from '../../src';

const folders: ValidateFolder[] = [];
const folder = (files: Record<string, string> = {}) => {
  const made = ValidateFolder.of(files);
  folders.push(made);
  return made;
};
afterEach(() => folders.splice(0).forEach((one) => one.remove()));

function run(at: ValidateFolder, args: string[], input = ''): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'validate', ...args], { cwd: at.path, input, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

const POLICY = `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata:
  name: app
  namespace: flux-system
spec:
  imageRepositoryRef:
    name: nobody
  policy:
    numerical: {}
`;
const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: app\n';
const WARNED = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\n  namespace: nowhere\n';

test('lines for people, and the exit code', () => {
  expect(run(folder({ 'a/b.yaml': POLICY, 'values.yaml': 'a: 1\n' }), [])).toMatchInlineSnapshot(`
{
  "code": 7,
  "stderr": "",
  "stdout": "a/b.yaml:7: error: ImagePolicy flux-system/app: spec.imageRepositoryRef: nobody makes ImageRepository 'flux-system/nobody', so that it would wait for ever. Make it, mend the name, or say that it is made elsewhere: FluxImageRepository.fromImageRepositoryName(), on the command line --exists ImageRepository/flux-system/nobody. [missing-reference] (all controllers of Flux: the object waits for ever, without Ready)

1 error, 0 warnings in 1 object (1 of Flux) of 2 files, 1 cluster.
Skipped: 1 (no object of Kubernetes).
",
}
`);
  expect(run(folder({ 'a.yaml': NAMESPACE }), [])).toMatchInlineSnapshot(`
{
  "code": 0,
  "stderr": "",
  "stdout": "0 errors, 0 warnings in 1 object (0 of Flux) of 1 file, 1 cluster.
",
}
`);
  expect(run(folder({ 'a.yaml': WARNED }), []).code).toBe(0);
  expect(run(folder({ 'a.yaml': WARNED }), ['--strict']).code).toBe(7);
});

test('dist comes first where no path is given', () => {
  expect(run(folder({ 'dist/a.yaml': NAMESPACE, 'b.yaml': POLICY }), []).code).toBe(0);
  expect(run(folder({ 'dist/a.yaml': POLICY, 'b.yaml': NAMESPACE }), []).stdout).toContain('dist/a.yaml:7: error: ImagePolicy flux-system/app: spec.imageRepositoryRef: ');
});

test('the standard input', () => {
  expect(run(folder(), ['-'], POLICY)).toMatchObject({ code: 7, stdout: expect.stringContaining('<stdin>:7: error: '), stderr: '' });
});

test('--json', () => {
  const { code, stdout } = run(folder({ 'a/b.yaml': POLICY, 'values.yaml': 'a: 1\n' }), ['--json']);
  expect(code).toBe(7);
  expect(JSON.parse(stdout)).toMatchObject({
    version: 1,
    exitCode: 7,
    findings: [{
      rule: 'missing-reference',
      severity: 'error',
      file: 'a/b.yaml',
      line: 7,
      column: 3,
      object: 'ImagePolicy flux-system/app',
      field: 'spec.imageRepositoryRef',
      problem: expect.any(String),
      remedy: expect.any(String),
      source: expect.any(String),
    }],
    counts: { files: 2, objects: 1, fluxObjects: 1, errors: 1, warnings: 0, unreached: 0, partlyChecked: 0 },
    clusters: [{ kustomizations: 0, objects: 1, unseen: [] }],
    skipped: [{ file: 'values.yaml', reason: 'no object of Kubernetes' }],
  });
});

test('--sarif: places from the root of the repository on, and the rules', () => {
  const made = folder({ '.git/config': '', 'deploy dir/a/b.yaml': POLICY });
  const { stdout, code } = spawnSyncIn(made, 'deploy dir', ['--sarif', 'out.sarif', '.']);
  expect(code).toBe(7);
  expect(stdout).toContain('a/b.yaml:7: error: ');
  const log = JSON.parse(readFileSync(join(made.path, 'deploy dir', 'out.sarif'), 'utf8'));
  const { results, tool } = log.runs[0];
  expect(log.version).toBe('2.1.0');
  expect(tool.driver.rules).toEqual([expect.objectContaining({
    id: 'missing-reference', shortDescription: { text: expect.any(String) }, help: expect.objectContaining({ text: expect.any(String) }), defaultConfiguration: { level: 'error' },
  })]);
  expect(results).toEqual([{
    ruleId: 'missing-reference',
    ruleIndex: 0,
    level: 'error',
    message: { text: expect.stringContaining("ImagePolicy flux-system/app: spec.imageRepositoryRef: nobody makes ImageRepository 'flux-system/nobody'") },
    locations: [{
      physicalLocation: { artifactLocation: { uri: 'deploy%20dir/a/b.yaml' }, region: { startLine: 7, startColumn: 3 } },
      logicalLocations: [{ fullyQualifiedName: 'ImagePolicy flux-system/app', kind: 'object' }],
    }],
  }]);
  expect(JSON.parse(spawnSyncIn(made, 'deploy dir', ['.', '--sarif']).stdout)).toEqual(log);
});

test.each([
  [['gone'], 3, "error: gone: no such file or folder. Name one that exists, or '-' for the standard input.\n"],
  [['.'], 3, 'error: .: holds no file of YAML. Name the folder of a Flux repository, or a file.\n'],
  [['--exists', 'x'], 2, 'error: --exists: takes KIND/NAMESPACE/NAME'],
  [['--json', '--sarif'], 2, 'error: --json and --sarif would both go to the standard output'],
  [['.', '--sarif', 'no/such/folder'], 2, 'error: --sarif: no/such/folder cannot be written (ENOENT)'],
  [['--frob'], 2, "error: unknown option '--frob'"],
])('%j is refused, without a trace', (args, code, message) => {
  const made = args.includes('--sarif') ? folder({ 'a.yaml': NAMESPACE }) : folder();
  const result = run(made, args);
  expect(result).toMatchObject({ code, stdout: '' });
  expect(result.stderr).toContain(message);
  expect(result.stderr).not.toMatch(/\n\s+at |unexpected/);
});

type DeliveryOf = (chart: Chart, clusters: FluxCluster[]) => (name: string, dependsOn?: IFluxKustomization[]) => Delivery;

/** What a FluxApp renders into `dist`: two services and a disk, delivered as told. */
function rendered(deliveryOf: DeliveryOf, ...more: ApiObjectProps[]): ValidateFolder {
  const made = folder();
  const app = new FluxApp({ name: 'shop', outdir: join(made.path, 'dist') });
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  new AppNamespace(chart, 'shop');
  const config = new FluxConfigRepository(chart, 'config', { url: 'https://git.example.com/team/flux-config.git' });
  const delivery = deliveryOf(chart, [config.cluster('production'), config.cluster('staging')]);
  for (const name of ['cart', 'search']) {
    new Microservice(chart, name, { image: `registry.example.com/${name}:1.0.0`, port: 8080, delivery: delivery(name) });
  }
  // What is made elsewhere, and a warning that is acknowledged, are none to it either.
  const other = FluxKustomization.fromKustomizationName(chart, 'database', 'database');
  const disk = new ApiObject(chart, 'disk', { apiVersion: 'v1', kind: 'PersistentVolumeClaim' });
  delivery('disk', [other]).deliver(disk, ...more.map((props, i) => new ApiObject(chart, `more${i}`, props)));
  FluxRules.acknowledge(chart, 'unprotected-data', 'there is a backup');
  app.synth();
  return made;
}

const manifestsOf = (chart: Chart, clusters: FluxCluster[]) => (
  new ManifestRepository(chart, 'manifests', { url: 'https://git.example.com/team/manifests.git', clusters })
);

const KINDS: [string, DeliveryOf][] = [
  ['branches', (chart, clusters) => {
    const manifests = manifestsOf(chart, clusters);
    return (name, dependsOn) => manifests.branch(name, { dependsOn });
  }],
  ['paths of one branch', (chart, clusters) => {
    const manifests = manifestsOf(chart, clusters);
    return (name, dependsOn) => manifests.path(`apps/${name}`, { branch: 'main', dependsOn });
  }],
  ['artifacts', (chart, clusters) => {
    const registry = new ManifestRegistry(chart, 'registry', { url: 'oci://registry.example.com/team/rendered', clusters });
    return (name, dependsOn) => registry.artifact(name, { dependsOn, tag: name === 'disk' ? 'v1' : undefined });
  }],
];

test.each(KINDS)('what this library renders for %s has nothing wrong', (_, deliveryOf) => {
  const report = JSON.parse(run(rendered(deliveryOf), ['--json']).stdout);
  expect(report.findings).toEqual([]);
  expect(report.counts.unreached).toBe(0);
  expect(report.clusters).toEqual(['production', 'staging'].map((name) => ({
    name: `dist/flux-config/main/clusters/${name}`, kustomizations: 5, objects: 13, unseen: [],
  })));
});

test.each(KINDS)('a mistake in what it delivers to %s is found in both clusters', (_, deliveryOf) => {
  const made = rendered(deliveryOf, { apiVersion: 'v1', kind: 'ConfigMap' });
  const manifest = JSON.parse(readFileSync(join(made.path, 'dist/delivery.json'), 'utf8'));
  const [place] = manifest.registries ? ['rendered/disk/v1'] : manifest.repositories[1].targets.filter(({ path, branch }: any) => /disk/.test(path + branch))
    .map(({ branch, path }: any) => join('manifests', branch, path));
  made.edit(`dist/${place}/more0.k8s.yaml`, 'namespace: shop', 'namespace: nowhere');
  const { findings } = JSON.parse(run(made, ['--json']).stdout);
  expect(findings.map(({ file, rule }: any) => `${file} ${rule}`)).toEqual([`dist/${place}/more0.k8s.yaml missing-namespace`]);
});

test('neither cdk8s nor constructs are loaded', () => {
  const script = `process.argv.splice(1, 0, 'main'); require(${JSON.stringify(MAIN)}); process.on('exit', () => {
    const loaded = Object.keys(require.cache).filter((file) => /node_modules\\/(cdk8s|constructs|cdk8s-plus-27)\\//.test(file));
    process.stderr.write(JSON.stringify(loaded));
  });`;
  const { stderr } = spawnSync(process.execPath, ['-e', script, 'validate', '.'], { cwd: folder({ 'a.yaml': POLICY }).path, encoding: 'utf8' });
  expect(stderr).toBe('[]');
});

function spawnSyncIn(at: ValidateFolder, inner: string, args: string[]): { code: number | null; stdout: string } {
  const { status, stdout } = spawnSync(process.execPath, [MAIN, 'validate', ...args], { cwd: join(at.path, inner), encoding: 'utf8' });
  return { code: status, stdout };
}
