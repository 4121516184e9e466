import { chmodSync, symlinkSync } from 'fs';
import { join } from 'path';
import { placed, ValidateFolder } from './validate-folder';

const folders: ValidateFolder[] = [];
const folder = (files: Record<string, string>) => {
  const made = ValidateFolder.of(files);
  folders.push(made);
  return made;
};
afterEach(() => folders.splice(0).forEach((one) => one.remove()));

const named = (kind: string, name: string, more = '') => `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${more}`;
const POLICY = (name: string) => `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata:
  name: ${name}
  namespace: flux-system
spec:
  imageRepositoryRef:
    name: nobody
  policy:
    numerical: {}
`;

test('a path that is not there, and a folder without YAML, are told', () => {
  expect(() => folder({ 'a.txt': '' }).check()).toThrow('.: holds no file of YAML. Name the folder of a Flux repository, or a file.');
  expect(() => folder({}).check({ paths: ['gone'] })).toThrow("gone: no such file or folder. Name one that exists, or '-' for the standard input.");
});

test('what is no object of Kubernetes is left out, and counted', () => {
  const { findings, skipped, counts } = folder({
    'values.yaml': 'replicas: 2\n',
    'docker-compose.yml': 'services: {}\n',
    'empty.yaml': '# nothing\n---\n---\n',
    'binary.yaml': 'apiVersion: v1\0\0\0',
    'template.yaml': 'apiVersion: v1\nkind: X\nmetadata:\n  name: {{ .Name }}-x: 1\n',
    'mkdocs.yml': 'a: !!python/name:x.y\nb: c: d\n',
    '.sops.yaml': 'creation_rules: [\n',
    '.github/workflows/ci.yaml': 'on: [\n',
    'node_modules/x/a.yaml': 'apiVersion: [\n',
    'chart/Chart.yaml': 'name: chart\n',
    'chart/templates/a.yaml': 'apiVersion: {{ .X }}\nkind: [\n',
    'a.yaml': named('Namespace', 'a'),
  }).check();
  expect(findings).toEqual([]);
  expect(counts).toMatchObject({ files: 6, objects: 1, fluxObjects: 0 });
  expect(skipped).toMatchInlineSnapshot(`
[
  {
    "file": ".github",
    "reason": "a hidden folder or node_modules",
  },
  {
    "file": "binary.yaml",
    "reason": "not text",
  },
  {
    "file": "chart",
    "reason": "a Helm chart",
  },
  {
    "file": "docker-compose.yml",
    "reason": "no object of Kubernetes",
  },
  {
    "file": "empty.yaml",
    "reason": "no object of Kubernetes",
  },
  {
    "file": "mkdocs.yml",
    "reason": "no object of Kubernetes",
  },
  {
    "file": "node_modules",
    "reason": "a hidden folder or node_modules",
  },
  {
    "file": "template.yaml",
    "reason": "no object of Kubernetes",
  },
  {
    "file": "values.yaml",
    "reason": "no object of Kubernetes",
  },
]
`);
});

test('broken files are told with their line, and do not hide the others', () => {
  expect(folder({
    'a.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a: b\n',
    'b.yaml': POLICY('b'),
    'c.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: c\n  name: d\n',
  }).found()).toEqual(['a.yaml:4 yaml-syntax', 'b.yaml:7 missing-reference spec.imageRepositoryRef', 'c.yaml:5 yaml-duplicate-key']);
});

test('files that cannot be read are told', () => {
  const made = folder({ 'a.yaml': named('Namespace', 'a'), 'b.yaml': '' });
  chmodSync(join(made.path, 'b.yaml'), 0);
  // Root may read it all the same.
  expect(made.found()).toEqual(process.getuid?.() === 0 ? [] : ['b.yaml:1 file-unreadable']);
});

test('symbolic links are not followed, so a circle of them ends', () => {
  const made = folder({ 'a/a.yaml': named('Namespace', 'a') });
  symlinkSync('..', join(made.path, 'a', 'loop'));
  symlinkSync('nowhere', join(made.path, 'dangling.yaml'));
  const { skipped, counts } = made.check();
  expect(counts.files).toBe(1);
  expect(skipped.map(({ file }) => file)).toEqual(['a/loop', 'dangling.yaml']);
  expect(made.check({ paths: ['a/loop/a'] }).counts.files).toBe(1);
});

test('a file that is larger than any manifest is left out', () => {
  const { skipped } = folder({ 'a.yaml': named('Namespace', 'a'), 'huge.yaml': `# ${'x'.repeat(11 * 1024 * 1024)}\n` }).check();
  expect(skipped).toEqual([{ file: 'huge.yaml', reason: 'larger than 10 MiB' }]);
});

test('lists, several documents, BOM and CRLF', () => {
  const list = `apiVersion: v1\nkind: List\nitems:\n${['a', 'b'].map((name) => POLICY(name).replace(/^/gm, '    ').replace('    api', '  - api').trimEnd()).join('\n')}\n`;
  const made = folder({
    'list.yaml': list,
    'crlf.yaml': `\ufeff# c\r\n---\r\n${POLICY('c').replace(/\n/g, '\r\n')}---\r\n---\r\n${POLICY('d').replace(/\n/g, '\r\n')}`,
  });
  expect(made.found()).toEqual(['crlf.yaml:9', 'crlf.yaml:21', 'list.yaml:10', 'list.yaml:20'].map((place) => `${place} missing-reference spec.imageRepositoryRef`));
  expect(made.check().findings.map(({ column, object }) => `${column} ${object}`)).toEqual([
    '3 ImagePolicy flux-system/c', '3 ImagePolicy flux-system/d', '7 ImagePolicy flux-system/a', '7 ImagePolicy flux-system/b',
  ]);
});

test('the standard input', () => {
  const made = folder({});
  expect(made.found({ paths: ['-'], standardInput: () => POLICY('a') })).toEqual(['<stdin>:7 missing-reference spec.imageRepositoryRef']);
  expect(() => made.check({ paths: ['-'], standardInput: () => '' })).toThrow('the standard input: holds no object of Kubernetes, so that there is nothing to check');
});

test('--exists', () => {
  const made = folder({ 'a.yaml': POLICY('a') + '---\n' + named('ConfigMap', 'a', '  namespace: web\n') });
  expect(made.found()).toEqual(['a.yaml:7 missing-reference spec.imageRepositoryRef', 'a.yaml:16 missing-namespace metadata.namespace']);
  expect(made.found({ exists: ['ImageRepository/flux-system/nobody', 'Namespace/web'] })).toEqual([]);
  for (const text of ['', 'Namespace', 'a/b/c/d', 'a//b', '/b']) {
    expect(() => made.check({ exists: [text] })).toThrow('--exists: takes KIND/NAMESPACE/NAME');
  }
});

test('--no-cross-namespace-refs, --strict', () => {
  const made = folder({ 'a.yaml': POLICY('a').replace('name: nobody', 'name: nobody\n    namespace: other') });
  const exists = ['ImageRepository/other/nobody'];
  expect(made.found({ exists })).toEqual([]);
  expect(made.found({ exists, noCrossNamespaceRefs: true })).toEqual(['a.yaml:7 cross-namespace-reference spec.imageRepositoryRef']);
  const warned = folder({ 'a.yaml': named('ConfigMap', 'a', '  namespace: web\n') });
  expect(warned.check().exitCode).toBe(0);
  expect(warned.check({ strict: true }).exitCode).toBe(7);
});

test('credentials are not told', () => {
  const made = folder({ 'a.yaml': POLICY('a').replace('name: nobody', 'name: https://bob:s3cret@git.example.com/x') });
  expect(JSON.stringify(made.check())).not.toContain('s3cret');
  expect(made.check().findings.map(({ problem }) => problem)).toEqual([expect.stringContaining('https://***@git.example.com/x')]);
});

describe('which objects belong together, where no cluster tells', () => {
  test('folders that hold the same object are for different clusters', () => {
    expect(folder({ 'a/x.yaml': POLICY('x'), 'b/x.yaml': POLICY('x'), 'c/y.yaml': POLICY('y').replace('nobody', 'somebody') }).found({ exists: ['ImageRepository/flux-system/nobody'] }))
      .toEqual(['c/y.yaml:7 missing-reference spec.imageRepositoryRef']);
    expect(folder({ 'a/x.yaml': POLICY('x'), 'a/y.yaml': POLICY('x') }).found({ exists: ['ImageRepository/flux-system/nobody'] })).toEqual(['a/y.yaml:4 applied-twice metadata.name']);
  });

  test('overlays of one base', () => {
    const overlay = 'resources: [../base]\n';
    expect(folder({ 'base/kustomization.yaml': 'resources: [a.yaml]\n', 'base/a.yaml': POLICY('a'), 'x/kustomization.yaml': overlay, 'y/kustomization.yaml': overlay }).found())
      .toEqual(['base/a.yaml:7 missing-reference spec.imageRepositoryRef']);
  });

  test('of the Git repository around a folder nothing is told', () => {
    const made = folder({ '.git/config': '', 'a/a.yaml': POLICY('a'), 'b/b.yaml': POLICY('b'), 'c/repository.yaml': POLICY('nobody').replace('ImagePolicy', 'ImageRepository') });
    expect(made.found({ paths: ['a'], exists: [] })).toEqual([]);
    made.edit('a/a.yaml', 'name: nobody', 'name: somebody');
    expect(made.check({ paths: ['a'] }).findings.map(placed)).toEqual(['a/a.yaml:7 missing-reference spec.imageRepositoryRef']);
  });
});

test('an object whose metadata is no map is checked, whatever happens to it', () => {
  const odd = 'apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImagePolicy\nmetadata: [1]\nspec: [2]\n';
  const expected = (file: string) => [`${file}:3 wrong-type metadata`, `${file}:4 wrong-type spec`];
  expect(folder({ 'a.yaml': odd }).found()).toEqual(expected('a.yaml'));
  expect(folder({ 'a.yaml': odd.replace('[1]', 'text') }).found()).toEqual(expected('a.yaml'));
  expect(folder({
    'kustomization.yaml': 'resources: [a.yaml]\nnamePrefix: a-\nnamespace: b\npatches:\n  - patch: "[{op: add, path: /metadata/labels, value: {}}]"\n    target: {name: c}\n',
    'a.yaml': odd,
  }).found()).toEqual(expected('a.yaml'));
});
