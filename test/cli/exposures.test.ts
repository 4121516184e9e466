import { dump } from 'js-yaml';
import { useScene } from './scene';
import { DesiredFile } from '../../src/cli/publish/desired';
import { exposuresOf, refuseExposures } from '../../src/cli/publish/exposures';
import { AgeKey, newAgeKey, sopsEncrypt } from '../tools/sops';

const scene = useScene();
let key: AgeKey;
beforeAll(() => {
  key = newAgeKey();
});

const metadata = { name: 'login', namespace: 'shop' };
const SECRET = { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { password: 'hunter2' } };
const REMEDY = "Encrypt it with SOPS, or make the Secret in the cluster and refer to it; or let this one object through in the app, PlaintextSecret.allow(object, 'why it is no secret'), and render it again.";

function found(content: string | Buffer, path = 'web.yaml', exceptions: any[] = []): string[] {
  return exposuresOf([new DesiredFile(path, Buffer.from(content as string))], exceptions);
}

const config = dump({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: 'b' } });

describe('a Secret in clear is found', () => {
  test.each<[string, string | Buffer]>([
    ['as it is usually written', dump(SECRET)],
    ['in JSON', JSON.stringify(SECRET)],
    ['in JSON with tabs', JSON.stringify(SECRET, undefined, '\t')],
    ['in quotes', dump(SECRET, { forceQuotes: true })],
    ['in brackets', dump(SECRET, { flowLevel: 0 })],
    ['with a tag, an anchor and a folded kind', 'apiVersion: v1\nkind: !!str &kind >-\n  Secret\nmetadata: {name: login, namespace: shop}\nstringData: {password: hunter2}'],
    ['with an explicit key', '? kind\n: Secret\n? stringData\n: password: hunter2\nmetadata: {name: login, namespace: shop}'],
    ['behind escapes', '{"apiVersion": "v1", "k\\u0069nd": "\\x53ecr\\u0065t", "metadata": {"name": "login", "namespace": "shop"}, "stringData": {"password": "hunter2"}}'],
    ['behind a broken line', 'kind: "Sec\\\n  ret"\nmetadata: {name: login, namespace: shop}\nstringData: {password: hunter2}'],
    ['behind an alias and a merge', 'x: &x {password: hunter2}\nkind: Secret\nmetadata: {name: login, namespace: shop}\nstringData:\n  <<: *x'],
    ['among other documents', [config, dump(SECRET), config].join('---\n')],
    ['behind a document that is broken', `a: "\n---\n${dump(SECRET)}`],
    ['in UTF-16', Buffer.from(`\ufeff${dump(SECRET)}`, 'utf16le')],
    ['with line breaks of Windows', dump(SECRET).replace(/\n/g, '\r\n')],
    ['beside the text of a CustomResourceDefinition', `${dump(SECRET)}  note: "\nkind: CustomResourceDefinition\nmetadata:\n  name: x\n"\n`],
  ])('%s', (_, content) => {
    expect(found(content)).toEqual([`file 'web.yaml': Secret shop/login would be published with 'stringData.password' in plaintext. ${REMEDY}`]);
  });

  test('in a list, by its own name; exceptions may name the list', () => {
    const list = dump({ apiVersion: 'v1', kind: 'List', metadata: { name: 'all' }, items: [SECRET] });
    expect(found(list)).toEqual([expect.stringContaining("Secret shop/login would be published with 'stringData.password' in plaintext.")]);
    expect(found(list, 'web.yaml', [{ construct: 'x', object: 'Secret shop/login', rule: 'plaintext-secret', reason: 'x' }])).toEqual([]);
    expect(found(list, 'web.yaml', [{ construct: 'x', object: 'List all', rule: 'plaintext-secret', reason: 'x' }])).toEqual([]);
  });

  test.each(['data', 'stringData'])('if sops has encrypted only part of its %s', (field) => {
    const half = sopsEncrypt(JSON.stringify({ ...SECRET, stringData: undefined, [field]: { user: 'x', password: 'hunter2' } }), key, { args: ['--encrypted-regex', '^user$'] });
    expect(found(half)).toEqual([expect.stringContaining(`'${field}.password' in plaintext.`)]);
  });

  test('if a value was added to what sops has encrypted', () => {
    const text = sopsEncrypt(dump(SECRET), key).replace('stringData:\n', 'stringData:\n    user: hunter3\n');
    expect(found(text)).toEqual([expect.stringContaining("'stringData.user' in plaintext.")]);
  });

  test('and so is a password in a URL', () => {
    expect(found(dump({ kind: 'ConfigMap', metadata, data: { url: 'https://me:hunter2@shop.example/x' } }))).toEqual([expect.stringContaining("ConfigMap shop/login would be published with a credential in the URL at 'data.url'. ")]);
    expect(found(String.raw`{"kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"url": "https:\/\/me:hunter2@shop.example"}}`)).toHaveLength(1);
  });

  test('or may be in a file that is no YAML, if it should be', () => {
    const text = 'kind: Secret\nstringData: {password: "hunter2';
    expect(found(text)).toEqual(["file 'web.yaml': names a Secret, and cannot be read as YAML (a quote or bracket is not closed), so that nothing tells whether it is encrypted. Mend the file, or render the app again."]);
    expect(found(text, 'README.md')).toEqual([]);
    expect(found('kind: Secret\ndata: {a: hunter2}\ndata: {}\n')).toEqual([expect.stringContaining('(this key stands in the same map already)')]);
  });

  test('and nothing of its value is shown', () => {
    const all = [dump(SECRET), 'kind: Secret\ndata: [hunter2', 'kind: Secret\ndata: hunter2', 'kind: Secret\ndata: {a: *hunter2}', dump({ ...SECRET, stringData: { a: 'x\nhunter2' } })].flatMap((text) => found(text));
    expect(all).toHaveLength(5);
    expect(all.join()).not.toContain('hunter');
  });
});

describe('a Secret that kustomize makes of what is in clear is found', () => {
  const build = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };
  const secretGenerator = [{ name: 'db', literals: ['user=${USER}', 'empty='] }, { name: 'login', literals: ['user=${USER}', 'password=hunter2'] }];

  test.each<[string, string, string, string]>([
    ['of a Kustomization', 'kustomization.yaml', dump({ ...build, secretGenerator }), 'Kustomization'],
    ['of a Component, in JSON', 'parts/kustomization.yml', JSON.stringify({ apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component', secretGenerator }), 'Component'],
    ['of what leaves out its kind', 'Kustomization', dump({ secretGenerator }), 'a document of no kind'],
    ['behind escapes', 'kustomization.yaml', JSON.stringify({ ...build, secretGenerator }).replace('secretG', 'secret\\u0047'), 'Kustomization'],
    ['with a name', 'kustomization.yaml', dump({ ...build, metadata, secretGenerator }), 'Kustomization shop/login'],
  ])('%s', (_, path, content, object) => {
    expect(found(content, path)).toEqual([
      `file '${path}': ${object} would be published with 'secretGenerator[1].literals[1]' in plaintext. Generate it from a file that SOPS has encrypted, ` +
      "or make the Secret in the cluster and refer to it; or let this one object through in the app, PlaintextSecret.allow(object, 'why it is no secret'), and render it again.",
    ]);
  });

  test.each<[string, object]>([
    ['placeholders alone', { ...build, secretGenerator: [{ name: 'login', literals: ['user=${USER}', 'password="${PASSWORD}"', 'both=${A}${B}', 'empty='] }] }],
    ['files', { ...build, secretGenerator: [{ name: 'login', files: ['password.encrypted'], envs: ['login.env'] }] }],
    ['no Secret', { ...build, configMapGenerator: [{ name: 'login', literals: ['user=me'] }] }],
    ['another kind', { apiVersion: 'example.org/v1', kind: 'Kustomization', secretGenerator }],
  ])('but not what holds %s', (_, content) => {
    expect(found(dump(content), 'kustomization.yaml')).toEqual([]);
  });

  test('and none that an exception names', () => {
    const exception = { construct: 'x', object: 'Kustomization shop/login', rule: 'plaintext-secret', reason: 'a test' };
    expect(found(dump({ ...build, metadata, secretGenerator }), 'kustomization.yaml', [exception])).toEqual([]);
  });
});

describe('nothing is found', () => {
  test.each<[string, () => string]>([
    ['in what sops has encrypted', () => sopsEncrypt(dump(SECRET), key)],
    ['in the same as JSON', () => sopsEncrypt(JSON.stringify(SECRET), key, { type: 'json' })],
    ['in a Secret that is filled in the cluster', () => dump({ ...SECRET, stringData: undefined })],
    ['in a Secret of another group', () => dump({ ...SECRET, apiVersion: 'example.org/v1' })],
    ['where a Secret is referred to', () => dump({ kind: 'HelmRelease', metadata, spec: { valuesFrom: [{ kind: 'Secret', name: 'x' }] } })],
    ['in a text about one', () => dump({ kind: 'ConfigMap', metadata, data: { text: dump(SECRET) } })],
    ['in an empty file', () => ''],
    ['in a URL with a port', () => '{"a":"https://shop.example:8080","b":"x@y"}'],
  ])('%s', (_, text) => {
    expect(found(text())).toEqual([]);
  });

  test('if an exception names the object, and its rule', () => {
    const exception = { construct: 'x', object: 'Secret shop/login', rule: 'plaintext-secret', reason: 'a test' };
    expect(found(dump(SECRET), 'web.yaml', [exception])).toEqual([]);
    expect(found(dump(SECRET), 'web.yaml', [{ ...exception, rule: 'credential-in-url' }, { ...exception, object: 'Secret shop/other' }])).toHaveLength(1);
  });
});

test('publish refuses before it asks a remote for anything, and names all', async () => {
  scene().renderBranches('http://127.0.0.1:1/nowhere.git', { web: { 'web.yaml': dump(SECRET), 'more/x.json': JSON.stringify(SECRET) }, cart: { 'a.yaml': config } });
  const { code, stdout, stderr } = await scene().publish(['--dry-run']);
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr.replaceAll(REMEDY, '...')).toBe(['more/x.json', 'web.yaml'].map((file) => (
    `error: repository 'manifests', branch 'web', file '${file}': Secret shop/login would be published with 'stringData.password' in plaintext. ...\n`
  )).join(''));
  expect(scene().leftovers()).toEqual([]);
});

test('artifacts of registries are looked at too', () => {
  const files = [new DesiredFile('web.yaml', Buffer.from(dump(SECRET)))];
  const manifest = { version: 1 as const, app: 'nodezoo', inputs: {}, repositories: [], unclaimed: [] };
  expect(() => refuseExposures(manifest, [], [{ name: 'oci', artifacts: [{ artifact: 'web', tag: 'latest', files, exceptions: [] }] }]))
    .toThrow("registry 'oci', artifact 'web:latest', file 'web.yaml': Secret shop/login would be published with 'stringData.password' in plaintext.");
});

test('publish refuses a password in an input, which is recorded, and does not show it', async () => {
  const url = scene().bare('manifests.git');
  const inputs = { database: 'postgres://bob:s3cretword@db.example/shop', image: 'https://registry.example:5000/shop@sha256:0123', placeholder: 'https://me:${PASSWORD}@x.example' };
  scene().renderBranches(url, { web: { 'web.yaml': config } }, { inputs });
  expect(await scene().publish()).toEqual({
    code: 3,
    stdout: '',
    stderr: "error: delivery.json: input 'database' holds a password, and inputs are recorded in every commit. Give text that anyone may read, and render the app again.\n",
  });
  expect(scene().heads('manifests.git')).toEqual({});
});

test('publish takes what the app lets through, on its own branch only', async () => {
  const url = scene().bare('manifests.git');
  const exceptions = [{ construct: 'x', object: 'Secret shop/login', rule: 'plaintext-secret', reason: 'a test' }];
  scene().render({ exceptions, repositories: { manifests: { url, targets: [{ branch: 'web', files: { 'web.yaml': dump(SECRET) } }] } } });
  expect(await scene().publish()).toMatchObject({ code: 0 });
});

test('publish tells of a limited number', async () => {
  const files = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`${index}.yaml`, dump(SECRET)]));
  scene().renderBranches(scene().bare('manifests.git'), { web: files });
  const { code, stderr } = await scene().publish();
  expect([code, stderr.trimEnd().split('\n').length, stderr.trimEnd().split('\n').pop()]).toEqual([3, 21, 'error: 10 more would give a secret away.']);
});
