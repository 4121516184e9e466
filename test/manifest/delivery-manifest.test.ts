import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import Ajv from 'ajv';
import { DeliveryManifest, InvalidDeliveryError, readDeliveryManifest, TargetManifest } from '../../src/manifest';
import schema from '../../src/manifest/delivery.schema.json';

const MANIFEST: DeliveryManifest = {
  version: 1,
  app: 'nodezoo',
  inputs: { environment: 'production' },
  repositories: [
    {
      name: 'config',
      url: 'https://git.invalid/config.git',
      targets: [{ role: 'config', branch: 'main', path: 'apps/production/nodezoo', files: ['apps/production/nodezoo/source.yaml', 'clusters/production/nodezoo.yaml'] }],
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
  unclaimed: ['chart.k8s.yaml'],
};

describe('the schema', () => {
  const validate = new Ajv({ strict: true, allErrors: true }).compile(schema);

  test('is a schema, and takes a manifest', () => {
    expect(validate(MANIFEST)).toBe(true);
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
    problems({ ...MANIFEST, repositories: [{ name: 'r', url: 'x', targets: targets.map((target) => ({ role: 'manifests', branch: 'main', path: '', files: [], ...target })) }] });

  test('gives what was written, if all files are there', () => {
    for (const { name, targets } of MANIFEST.repositories) {
      targets.forEach(({ branch, files }) => files.forEach((file) => {
        mkdirSync(join(dist, name, branch, dirname(file)), { recursive: true });
        writeFileSync(join(dist, name, branch, file), '');
      }));
    }
    expect(problems(MANIFEST)).toEqual([]);
    expect(readDeliveryManifest(dist)).toEqual(MANIFEST);
  });

  test('asks for an owner', () => {
    expect(problems({ ...MANIFEST, app: undefined })[0]).toBe("'app' is missing, so that nobody owns what is published. Change the app and render it again.");
    expect(problems({ ...MANIFEST, app: undefined, repositories: [] })).toEqual([]);
  });

  test('refuses names of repositories that are no folder of their own', () => {
    expect(problems({ ...MANIFEST, repositories: [{ name: '../x', url: 'x', targets: [] }] })[0]).toContain("repository '../x': the name holds '/'");
    expect(problems({ ...MANIFEST, repositories: [{ name: '..', url: 'x', targets: [] }] })[0]).toContain("repository '..': the name has an empty part, '.' or '..'");
    expect(problems({ ...MANIFEST, repositories: ['x', 'X'].map((name) => ({ name, url: 'x', targets: [] })) })[0]).toContain("repository 'x' and repository 'X' differ only in case");
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

  test('tells of a limited number of problems', () => {
    const lines = withTargets(...Array.from({ length: 50 }, (_, index) => ({ branch: `-${index}` })));
    expect(lines).toHaveLength(21);
    expect(lines[20]).toBe('30 more problems.');
  });
});
