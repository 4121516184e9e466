import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import Ajv from 'ajv';
import { ArtifactManifest, DeliveryManifest, InvalidDeliveryError, readDeliveryManifest, TargetManifest } from '../../src/manifest';
import schema from '../../src/manifest/delivery.schema.json';

const MANIFEST: DeliveryManifest = {
  version: 1,
  app: 'nodezoo',
  inputs: { environment: 'production' },
  repositories: [
    {
      name: 'config',
      url: 'https://git.invalid/config.git',
      targets: [{
        role: 'config',
        branch: 'main',
        path: 'apps/production/nodezoo',
        files: ['apps/production/nodezoo/source.yaml', 'clusters/production/nodezoo.yaml'],
        objects: ['GitRepository.source.toolkit.fluxcd.io flux-system/web', 'Namespace shop'],
        kept: ['Namespace shop'],
        applies: [
          { kustomization: 'flux-system/web', repository: 'manifests', branch: 'web', path: '' },
          { kustomization: 'flux-system/api', repository: 'registry', branch: 'shop/api/latest', path: '', orphans: true, suspended: true },
        ],
      }],
    },
    {
      name: 'manifests',
      url: 'https://git.invalid/manifests.git',
      targets: [{
        role: 'manifests',
        branch: 'web',
        path: '',
        files: ['kustomization.yaml', 'web.k8s.yaml'],
        exceptions: [{ construct: 'a/b', object: 'Secret a/b', rule: 'plaintext-secret', reason: 'a test' }],
      }],
    },
  ],
  registries: [{
    name: 'registry',
    url: 'oci://registry.invalid:5000/nodezoo',
    artifacts: [
      { artifact: 'shop/api', tag: 'latest', files: ['api.k8s.yaml', 'kustomization.yaml'], objects: ['Service shop/api'], kept: [] },
      { artifact: 'shop/api', tag: 'v1.0.0_a', files: ['kustomization.yaml'] },
    ],
  }],
  unclaimed: ['chart.k8s.yaml'],
};

describe('the schema', () => {
  const validate = new Ajv({ strict: true, allErrors: true }).compile(schema);

  test('is a schema, and takes a manifest', () => {
    expect(validate(MANIFEST)).toBe(true);
  });

  test.each([
    ['a registry without artifacts', { registries: [{ name: 'r', url: 'oci://r.invalid/x' }] }],
    ['an artifact with a branch', { registries: [{ name: 'r', url: 'oci://r.invalid/x', artifacts: [{ artifact: 'a', tag: 'b', branch: 'c', files: [] }] }] }],
    ['a file name with a newline', { registries: [{ name: 'r', url: 'oci://r.invalid/x', artifacts: [{ artifact: 'a', tag: 'b', files: ['a\nb'] }] }] }],
    ['an object with a control character', { repositories: [{ name: 'r', url: 'x', targets: [{ role: 'config', branch: 'b', path: '', files: [], objects: ['\u001b[2J'] }] }] }],
    ['an unknown key of what is applied', { repositories: [{ name: 'r', url: 'x', targets: [{ role: 'config', branch: 'b', path: '', files: [], applies: [{ kustomization: 'a/b', repository: 'r', branch: 'b', path: '', prune: true }] }] }] }],
  ])('refuses %s', (_, wrong) => {
    expect(validate({ ...MANIFEST, ...wrong })).toBe(false);
  });
});

describe('reading', () => {
  let dist: string;
  beforeEach(() => {
    dist = mkdtempSync(join(tmpdir(), 'manifest-test-'));
  });
  afterEach(() => rmSync(dist, { recursive: true }));

  function problems(manifest: object): string[] {
    writeFileSync(join(dist, 'delivery.json'), JSON.stringify(manifest));
    try {
      readDeliveryManifest(dist);
      return [];
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidDeliveryError);
      return (error as InvalidDeliveryError).problems.map((line) => line.replace(join(dist, 'delivery.json') + ': ', ''));
    }
  }

  const withTargets = (...targets: Partial<TargetManifest>[]) =>
    problems({ ...MANIFEST, registries: undefined, repositories: [{ name: 'r', url: 'x', targets: targets.map((target) => ({ role: 'manifests', branch: 'main', path: '', files: [], ...target })) }] });

  test('gives what was written, if all files are there', () => {
    for (const { name, targets } of MANIFEST.repositories) {
      targets.forEach(({ branch, files }) => files.forEach((file) => {
        mkdirSync(join(dist, name, branch, dirname(file)), { recursive: true });
        writeFileSync(join(dist, name, branch, file), '');
      }));
    }
    for (const { name, artifacts } of MANIFEST.registries!) {
      artifacts.forEach(({ artifact, tag, files }) => files.forEach((file) => {
        mkdirSync(join(dist, name, artifact, tag), { recursive: true });
        writeFileSync(join(dist, name, artifact, tag, file), '');
      }));
    }
    expect(problems(MANIFEST)).toEqual([]);
    expect(readDeliveryManifest(dist)).toEqual(MANIFEST);
  });

  test('asks for an owner', () => {
    expect(problems({ ...MANIFEST, app: undefined })[0]).toBe("'app' is missing, so that nobody owns what is published. Change the app and render it again.");
    expect(problems({ ...MANIFEST, app: undefined, repositories: [] })[0]).toContain("'app' is missing");
    expect(problems({ ...MANIFEST, app: undefined, repositories: [], registries: [] })).toEqual([]);
  });

  test.each(['a b', 'a..b', 'a/b', 'A', '-a', 'a-', 'a'.repeat(57)])('refuses the app %p, which no ref can be called by', (app) => {
    expect(problems({ ...MANIFEST, app })[0]).toContain(`app '${app}' cannot be the name of an owner`);
    expect(problems({ ...MANIFEST, app: 'a'.repeat(56) }).join()).not.toContain('owner');
  });

  test('refuses names of repositories that are no folder of their own', () => {
    expect(problems({ ...MANIFEST, registries: undefined, repositories: [{ name: '../x', url: 'x', targets: [] }] })[0]).toContain("repository '../x': the name holds '/'");
    expect(problems({ ...MANIFEST, registries: undefined, repositories: [{ name: '..', url: 'x', targets: [] }] })[0]).toContain("repository '..': the name has an empty part, '.' or '..'");
    expect(problems({ ...MANIFEST, registries: undefined, repositories: ['x', 'X'].map((name) => ({ name, url: 'x', targets: [] })) })[0]).toContain("repository 'x' and repository 'X' differ only in case");
    expect(problems({ ...MANIFEST, repositories: [], unclaimed: ['../b'] })[0]).toContain("unclaimed file '../b' has an empty part, '.' or '..'");
  });

  test('refuses targets that overlap', () => {
    expect(withTargets({ path: 'a' }, { path: 'a/b' })[0]).toContain("branch 'main': target paths 'a' and 'a/b' lie in each other");
    expect(withTargets({ path: '' }, { path: 'a' })[0]).toContain("target paths '' and 'a' lie in each other");
    expect(withTargets({ path: 'a' }, { path: 'ab' })).toEqual([]);
    expect(withTargets({ path: 'a' }, { path: 'b', role: 'config', files: ['a/x'] })[0]).toContain("file 'a/x' lies in the path of another target");
  });

  test('lets only Flux objects lie outside of the path', () => {
    expect(withTargets({ path: 'a', files: ['b/x'] })[0]).toContain("file 'b/x' lies outside the target's path 'a'");
    expect(withTargets({ path: '../a' })[0]).toContain("path '../a' has an empty part, '.' or '..'");
    expect(withTargets({ role: 'config', path: 'a', files: ['b/x'] })[0]).toContain('does not exist');
  });

  test('refuses two files that cannot stand side by side, also of two targets', () => {
    expect(withTargets({ path: 'a', role: 'config', files: ['x/f'] }, { path: 'b', role: 'config', files: ['x/F'] })[0]).toContain("file 'x/f' and file 'x/F' differ only in case");
    expect(withTargets({ files: ['f', 'f/g'] })[0]).toContain('one is a folder of the other');
    expect(withTargets({ files: ['f', 'f'] })[0]).toContain("file 'f' is listed twice");
    expect(withTargets({ files: ['Hydrator.metadata'] })[0]).toContain('its own record');
  });

  test('holds paths that differ only in case for one, however many there are', () => {
    expect(withTargets({ path: 'a' }, { path: 'A' })[0]).toContain("target paths 'a' and 'A' differ only in case");
    expect(withTargets({ path: '' }, { path: '' })[0]).toContain("target paths '' and '' lie in each other");
  });

  const withArtifacts = (...artifacts: Partial<ArtifactManifest>[]) =>
    problems({ ...MANIFEST, repositories: [], registries: [{ name: 'r', url: 'oci://r.invalid/x', artifacts: artifacts.map((artifact) => ({ artifact: 'a', tag: 'b', files: [], ...artifact })) }] });
  const withRegistry = (registry: object) => problems({ ...MANIFEST, repositories: [{ name: 'r', url: 'x', targets: [] }], registries: [{ name: 'o', url: 'oci://r.invalid/x', artifacts: [], ...registry }] });

  test('takes artifacts', () => {
    expect(withArtifacts({ artifact: 'a' }, { artifact: 'a', tag: 'c' }, { artifact: 'z/a', tag: 'b' })).toEqual([]);
  });

  test('refuses names of registries that are no folder of their own', () => {
    expect(withRegistry({ name: 'a/b' })[0]).toContain("registry 'a/b': the name holds '/'");
    expect(withRegistry({ name: '..' })[0]).toContain("registry '..': the name has an empty part, '.' or '..'");
    expect(withRegistry({ name: 'x'.repeat(300) })[0]).toContain('more than 240 bytes');
    expect(withRegistry({ name: 'r' })[0]).toContain("repository or registry 'r' is listed twice");
    expect(withRegistry({ name: 'R' })[0]).toContain("repository or registry 'r' and repository or registry 'R' differ only in case");
  });

  test('refuses URLs that are no place in a registry, without the password in them', () => {
    expect(withRegistry({ url: 'https://r.invalid/x' })[0]).toContain("registry 'o': the URL does not start with 'oci://'");
    const [credential] = withRegistry({ url: 'oci://bob:hunter2@r.invalid/x' });
    expect(credential).toContain('carries a credential');
    expect(credential).not.toContain('hunter2');
    expect(withRegistry({ url: 'oci://r.invalid/x:latest' })[0]).toContain('carries a tag or a digest');
  });

  test('refuses artifacts that lie in each other, and those that no registry takes', () => {
    expect(withArtifacts({ artifact: 'a', tag: 'b' }, { artifact: 'a/b', tag: 'c' })[0]).toContain("folder of the artifact 'a/b' and folder of the artifact 'a/b/c' cannot exist together: one is a folder of the other");
    expect(withArtifacts({}, {})[0]).toContain("'a/b' is listed twice");
    expect(withArtifacts({ tag: 'v' }, { tag: 'V' })[0]).toContain('differ only in case');
    expect(withArtifacts({ artifact: '../x' })[0]).toContain("artifact '../x' cannot be the name of an OCI artifact");
    expect(withArtifacts({ artifact: `${'y'.repeat(20)}/${'x'.repeat(233)}` })[0]).toContain('more than 255 characters');
    expect(withArtifacts({ tag: '..' })[0]).toContain("tag '..' of artifact 'a' cannot be a tag");
  });

  test('refuses files of an artifact that are not below its folder', () => {
    expect(withArtifacts({ files: ['../x'] })[0]).toContain("registry 'r': artifact 'a:b': file '../x' has an empty part, '.' or '..'");
    expect(withArtifacts({ files: ['/etc/passwd'] })[0]).toContain('is absolute');
    expect(withArtifacts({ files: ['f', 'F'] })[0]).toContain('differ only in case');
    expect(withArtifacts({ files: ['x'] })[0]).toContain("registry 'r', artifact 'a:b', file 'x':");
    mkdirSync(join(dist, 'r'));
    symlinkSync(tmpdir(), join(dist, 'r', 'a'));
    expect(withArtifacts({ files: ['x'] })[0]).toContain('is a symbolic link');
  });

  test('refuses what is said of objects and is not true', () => {
    expect(withArtifacts({ objects: ['Service a/b'], kept: ['Service a/c'] })[0]).toContain("artifact 'a:b': 'Service a/c' is said to be kept, and is not among the objects");
    expect(withTargets({ kept: ['Service a/c'] })[0]).toContain("'Service a/c' is said to be kept");
    const applied = { kustomization: 'a/b', repository: 'r', branch: 'main', path: 'x' };
    expect(withTargets({ role: 'config', applies: [applied] })[0]).toContain("Kustomization 'a/b' applies 'r/main/x', which is not delivered");
    expect(withTargets({ role: 'config', path: 'x', applies: [{ ...applied, kustomization: 'b' }] })[0]).toContain("Kustomization 'b' is not called 'namespace/name'");
    expect(withTargets({ role: 'config', path: 'x', applies: [applied] })).toEqual([]);
    expect(withTargets({ path: 'x', applies: [applied] })[0]).toContain("path 'x' holds no Flux objects");
  });

  test('tells of a limited number of problems', () => {
    const lines = withTargets(...Array.from({ length: 50 }, (_, index) => ({ branch: `-${index}` })));
    expect(lines).toHaveLength(21);
    expect(lines[20]).toBe('30 more problems.');
  });
});
