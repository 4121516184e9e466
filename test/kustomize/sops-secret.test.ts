import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { App, Chart, JsonPatch, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { load } from 'js-yaml';
import { FluxApp } from '../../src/app';
import { Delivery, FluxConfigRepository, ManifestRegistry, ManifestRepository, ManifestRepositoryProps } from '../../src/delivery';
import { FluxSecret } from '../../src/flux';
import { FluxKustomization, ManifestBranchKustomization, SopsSecret, SopsSecretProps } from '../../src/kustomize';
import { FluxGitSource, GitRef } from '../../src/source';
import { complaintsOf, configMap, CONFIG, MANIFESTS, newApp, synth } from '../delivery/support';
import { newFolder } from '../tools/output';
import { AgeKey, newAgeKey, sopsDecrypt, sopsEncrypt } from '../tools/sops';
import { readYaml } from '../tools/yaml-oracle';

let key: AgeKey;
beforeAll(() => {
  key = newAgeKey();
});

const metadata = { name: 'login', namespace: 'shop' };
const PLAIN = { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { password: 'hunter2' } };
const KEYS = { secret: FluxSecret.sopsKeys('sops-age') };

function encrypted(object: object = PLAIN, args?: string[]): string {
  return sopsEncrypt(JSON.stringify(object), key, { type: 'yaml', args });
}

function fileOf(text: string, name = 'secret.yaml'): string {
  const folder = newFolder();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

interface Shop {
  readonly app: FluxApp;
  readonly chart: Chart;
  readonly manifests: ManifestRepository;
}

function newShop(props: Partial<ManifestRepositoryProps> = {}, namespace?: string): Shop {
  const app = newApp();
  const chart = new Chart(app, 'shop', { namespace });
  return { app, chart, manifests: new ManifestRepository(chart, 'manifests', { url: MANIFESTS, ...props }) };
}

function secret(scope: Construct, text: string, props: Partial<SopsSecretProps> = {}, id = 'login'): SopsSecret {
  return new SopsSecret(scope, id, { file: fileOf(text), ...props });
}

function decryptionOf(delivery: Delivery | FluxKustomization): any {
  const kustomization = delivery instanceof Delivery ? delivery.kustomization : delivery;
  return kustomization.apiObject.toJson().spec.decryption;
}

/** What is published of a file, by the rendering of an app that delivers it. */
function published(file: string): string {
  const { app, chart, manifests } = newShop();
  manifests.branch('cart', { decryption: KEYS }).deliver(new SopsSecret(chart, 'login', { file }));
  return synth(app)['manifests/cart/login.k8s.yaml'];
}

describe('what is published', () => {
  test('is the file as it is, which sops decrypts, and kustomize reads', () => {
    const text = sopsEncrypt([
      '# of the shop', 'apiVersion: v1', 'kind: Secret', 'metadata:', '  name: login', '  namespace: shop', '  creationTimestamp: null',
      '  annotations: {date: 2024-01-01, number: "1.0", ratio: 1.50}', 'type: Opaque', 'immutable: true', 'stringData:', '  # known to few', '  "10": ten', '  "2": |+',
      '    two', '    lines', '', '  empty: ""', '  none: null', '  ü: "😀\\t\\e"', 'data: {}', '',
    ].join('\n'), key);
    const output = published(fileOf(text));
    expect(output).toBe(text);
    expect(sopsDecrypt(output, key, { output: 'yaml' })).toContain('# known to few');
    expect(JSON.parse(sopsDecrypt(output, key)).stringData).toEqual({ 10: 'ten', 2: 'two\nlines\n\n', empty: '', none: null, ü: '😀\t\u001b' });
    expect(readYaml('kustomize', [output])).toEqual([{ documents: [expect.objectContaining({ kind: 'Secret' })] }]);
  });

  test('would not decrypt if it went through our own YAML: what this file guards against', () => {
    const value: any = load(sopsEncrypt('{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {"10": a, "2": b}}', key));
    expect(() => sopsDecrypt(JSON.stringify(value), key, { input: 'json' })).toThrow(/MAC mismatch/);
  });

  test.each([
    ['line breaks of Windows', (text: string) => text.replace(/\n/g, '\r\n')],
    ['a mark of the byte order, and a line that begins a document', (text: string) => `\ufeff---\n${text}`],
    ['no line break at its end', (text: string) => text.trimEnd()],
  ])('has what %s hide', (_, change) => {
    const text = encrypted();
    expect(published(fileOf(change(text)))).toBe(text);
  });

  test('decrypts from JSON too, which sops indents with tabs', () => {
    const text = sopsEncrypt(JSON.stringify({ ...PLAIN, stringData: { b: '\t<é>', a: '', 10: 'x', 2: 'y' } }), key, { type: 'json' });
    expect(text).toContain('\t');
    const output = published(fileOf(text, 'secret.json'));
    expect(JSON.parse(sopsDecrypt(output, key)).stringData).toEqual({ b: '\t<é>', a: '', 10: 'x', 2: 'y' });
    expect(readYaml('kustomize', [output])).toEqual([{ documents: [JSON.parse(text)] }]);
  });

  test('decrypts to what it was, whatever that was', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom('', '\n', 'a\nb\n\n', ' x ', 'yes', '0x1F', '1_000', 'ENC[', '---\na', '# x', '日本語', 'x'.repeat(3000), '${A}', '\u2028', 'a\tb'))
      .filter((value) => !/[\p{Surrogate}\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff\ufeff]/u.test(value));
    const names = fc.stringMatching(/^[A-Za-z0-9._-]{1,10}$/);
    const cases = fc.record({
      stringData: fc.dictionary(names, text, { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
      annotations: fc.dictionary(names, text, { maxKeys: 3, noNullPrototype: true }),
      type: fc.constantFrom<'yaml' | 'json'>('yaml', 'json'),
    });
    fc.assert(fc.property(cases, ({ stringData, annotations, type }) => {
      const plain = { ...PLAIN, metadata: { ...metadata, annotations }, stringData };
      const output = published(fileOf(sopsEncrypt(JSON.stringify(plain), key, { type }), `secret.${type}`));
      expect(JSON.parse(sopsDecrypt(output, key))).toEqual(plain);
    }), { numRuns: 20, seed: 3 });
  });

  test('is the same in Testing.synth and a plain app, and no label of the chart is added', () => {
    const chart = new Chart(new App({ outdir: newFolder() }), 'shop', { labels: { team: 'cart' } });
    const text = encrypted();
    secret(chart, text);
    expect(Testing.synth(chart)).toEqual([load(text)]);
    expect(sopsDecrypt(JSON.stringify(Testing.synth(chart)[0]), key, { input: 'json' })).toContain('hunter2');
  });

  test('has a file of its own, wherever it is in what is delivered', () => {
    const { app, chart, manifests } = newShop();
    const cluster = new FluxConfigRepository(chart, 'config', { url: CONFIG }).cluster('production', { kustomization: { decryption: KEYS } });
    const service = new Construct(chart, 'web');
    configMap(service, 'settings', 'shop');
    const text = encrypted();
    secret(service, text, { decryption: KEYS });
    manifests.branch('web').deliver(service);
    const flux = encrypted({ ...PLAIN, metadata: { name: 'git', namespace: 'flux-system' } });
    cluster.deliver(secret(chart, flux));
    const files = synth(app);
    expect(files['manifests/web/secret-login.shop.k8s.yaml']).toBe(text);
    expect(files['manifests/web/kustomization.yaml']).toContain('  - secret-login.shop.k8s.yaml\n  - web.k8s.yaml');
    expect(files['config/main/apps/production/shop/secret-git.k8s.yaml'] ?? files['flux/main/apps/production/shop/secret-git.k8s.yaml']).toBe(flux);
  });

  test('cannot be patched', () => {
    const { chart } = newShop();
    expect(() => secret(chart, encrypted()).apiObject.addJsonPatch(JsonPatch.add('/type', 'x')))
      .toThrow('shop/login/Resource: what SOPS has encrypted cannot be patched, for its checksum covers all of it. Change the file: sops edit.');
  });
});

describe('a file that is refused:', () => {
  const REGEX = "sops encrypt --encrypted-regex '^(data|stringData)$' --in-place FILE";
  const changed = (change: (object: any) => void) => () => {
    const object: any = load(encrypted());
    change(object);
    return JSON.stringify(object);
  };

  test.each<[string, () => string, string]>([
    ['a plain Secret', () => JSON.stringify(PLAIN), `it is not encrypted: it has no 'sops'. Encrypt the file of the Secret with: ${REGEX}.`],
    ['encrypted in all it says', () => encrypted(PLAIN, []), `'apiVersion' is encrypted too, and Flux has to read it. Decrypt it, and encrypt the file of the Secret with: ${REGEX}.`],
    ['encrypted beyond its content', () => encrypted({ ...PLAIN, type: 'Opaque' }, ['--encrypted-regex', '^(type|stringData)$']), "'type' is encrypted too, and Flux has to read it."],
    ['a value in clear', changed((object) => { object.stringData.user = 'hunter3'; }), "'stringData.user' is in plaintext. Decrypt it, and encrypt"],
    ['a value that sops was told to leave', () => encrypted({ ...PLAIN, stringData: { a: 'x', b_unencrypted: 'hunter3' } }, ['--encrypted-regex', '^a$']), "'stringData.b_unencrypted' is in plaintext."],
    ['a value that only begins like an encrypted one', changed((object) => { object.stringData.user = 'ENC[hunter3'; }), "'stringData.user' is in plaintext."],
    ['what kubectl applied', () => encrypted({ ...PLAIN, metadata: { ...metadata, annotations: { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(PLAIN) } } }),
      "'metadata.annotations.kubectl.kubernetes.io/last-applied-configuration' is in plaintext. Take that annotation out"],
    ['a number', () => encrypted({ ...PLAIN, stringData: { port: 5432 } }), "'stringData.port' is no text when it is decrypted, and a Secret holds nothing else. Decrypt the file, put the value in quotes"],
    ['another kind', () => encrypted({ ...PLAIN, kind: 'ConfigMap' }), "it is of kind 'ConfigMap', version 'v1'. Give a Secret"],
    ['another version', () => encrypted({ ...PLAIN, apiVersion: 'v2' }), "it is of kind 'Secret', version 'v2'."],
    ['no checksum', changed((object) => { delete object.sops.mac; }), "'sops.mac' is none, so that nothing tells whether it was changed. Take the file as sops wrote it."],
    ['no date', changed((object) => { delete object.sops.lastmodified; }), "'sops.lastmodified' is missing."],
    ['no version', changed((object) => { delete object.sops.version; }), "'sops.version' is missing."],
    ['no keys', changed((object) => { object.sops.age = []; }), "nobody can decrypt it: 'sops' has no key of age, pgp, kms, gcp_kms, azure_kv, hc_vault."],
    ['no name', () => encrypted({ ...PLAIN, metadata: { namespace: 'shop' } }), "it has no 'metadata.name'. Give it one: sops edit."],
    ['not to be decrypted', () => encrypted({ ...PLAIN, metadata: { ...metadata, annotations: { 'kustomize.toolkit.fluxcd.io/decrypt': 'Disabled' } } }), 'its annotation says that Flux is not to decrypt it.'],
    ['two documents', () => sopsEncrypt(`${JSON.stringify(PLAIN)}\n---\n${JSON.stringify(PLAIN)}`, key), 'holds 2 documents. Give each Secret a file of its own'],
    ['nothing', () => '', 'holds 0 documents.'],
    ['a list', () => '- a', 'it holds no object.'],
    ['no YAML', () => 'password: "hunter3', 'is neither YAML nor JSON. Take the file as sops wrote it.'],
  ])('%s', (_, text, complaint) => {
    const { chart } = newShop();
    const file = fileOf(text());
    let message = '';
    try {
      new SopsSecret(chart, 'login', { file });
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain(complaint);
    expect(message).toMatch(new RegExp(`^shop/login: file '${file}'`));
    expect(message).not.toMatch(/hunter|\n/);
  });

  test('that is not there', () => {
    expect(() => new SopsSecret(newShop().chart, 'login', { file: 'nowhere/secret.yaml' })).toThrow("shop/login: file 'nowhere/secret.yaml' cannot be read (ENOENT). Give the path");
    expect(() => new SopsSecret(newShop().chart, 'login', {} as any)).toThrow("shop/login: 'file' is missing");
  });

  test('for another namespace than that of the chart, or the one that is expected', () => {
    const text = encrypted();
    const { chart } = newShop({}, 'cart');
    expect(() => secret(chart, text)).toThrow("it is for namespace 'shop', and 'cart' is expected. Write 'metadata.namespace: cart' into it (sops edit: its checksum covers the namespace), or give namespace: 'shop'.");
    expect(secret(chart, text, { namespace: 'shop' }, 'expected')).toMatchObject({ secretName: 'login', secretNamespace: 'shop' });
    expect(() => secret(chart, encrypted({ ...PLAIN, metadata: { name: 'login' } }), {}, 'other')).toThrow("it names no namespace, and 'cart' is expected. Write 'metadata.namespace: cart' into it");
  });

  test('whose keys are in groups is none', () => {
    const object: any = load(encrypted());
    const { age, ...sops } = object.sops;
    expect(() => secret(newShop().chart, JSON.stringify({ ...object, sops: { ...sops, key_groups: [{ hc_vault: [], age }] } }))).not.toThrow();
  });
});

describe('the namespace', () => {
  test('may be that of the Kustomization', () => {
    const { app, chart, manifests } = newShop();
    const text = encrypted({ ...PLAIN, metadata: { name: 'login' } });
    manifests.branch('cart', { targetNamespace: 'shop', decryption: KEYS }).deliver(secret(chart, text));
    expect(synth(app)['manifests/cart/login.k8s.yaml']).toBe(text);
  });

  test('has to come from somewhere', () => {
    const { app, chart, manifests } = newShop();
    manifests.branch('cart', { decryption: KEYS }).deliver(secret(chart, encrypted({ ...PLAIN, metadata: { name: 'login' } })));
    expect(complaintsOf(app).join()).toMatch(/shop\/login\/Resource: .*namespace/);
  });
});

describe('decryption', () => {
  const SPEC = { provider: 'sops', secretRef: { name: 'sops-age' } };
  const kms = (): string => {
    const object: any = load(encrypted());
    return JSON.stringify({ ...object, sops: { ...object.sops, age: undefined, kms: [{ arn: 'arn:aws:kms:x', enc: 'x' }] } });
  };

  test('is told by the SopsSecret, whenever it is delivered', () => {
    const { app, chart, manifests } = newShop();
    const service = new Construct(chart, 'web');
    const cart = manifests.branch('web');
    cart.deliver(service);
    expect(decryptionOf(cart)).toBeUndefined();
    secret(service, encrypted(), { decryption: KEYS });
    expect(decryptionOf(cart)).toEqual(SPEC);
    expect(() => synth(app)).not.toThrow();
  });

  test('is told by the repository, where there is something to decrypt', () => {
    const { chart, manifests } = newShop({ decryption: KEYS });
    const [cart, other] = ['cart', 'other'].map((name) => manifests.branch(name));
    other.deliver(configMap(chart, 'settings', 'shop'));
    cart.deliver(secret(chart, encrypted()));
    expect(decryptionOf(cart)).toEqual(SPEC);
    expect(decryptionOf(other)).toBeUndefined();
  });

  test('is told by a registry too, and for a path', () => {
    const { app, chart, manifests } = newShop({ decryption: KEYS });
    const registry = new ManifestRegistry(chart, 'registry', { url: 'oci://registry.example/team', decryption: KEYS });
    const deliveries = [registry.artifact('cart'), manifests.path('apps/other', { branch: 'main' })];
    deliveries.forEach((delivery, index) => delivery.deliver(secret(chart, encrypted({ ...PLAIN, metadata: { ...metadata, name: `s${index}` } }), {}, `s${index}`)));
    expect(deliveries.map(decryptionOf)).toEqual([SPEC, SPEC]);
    expect(Object.keys(synth(app))).toEqual(expect.arrayContaining(['team/cart/latest/s0.k8s.yaml', 'manifests/main/apps/other/s1.k8s.yaml']));
  });

  test('is that of the delivery, if it says so', () => {
    const { app, chart, manifests } = newShop({ decryption: { secret: FluxSecret.sopsKeys('other') } });
    const cart = manifests.branch('cart', { decryption: KEYS });
    cart.deliver(secret(chart, encrypted()));
    expect(decryptionOf(cart)).toEqual(SPEC);
    expect(() => synth(app)).not.toThrow();
  });

  test('is given to the Kustomization of every cluster', () => {
    const app = newApp();
    const chart = new Chart(app, 'shop');
    const config = new FluxConfigRepository(chart, 'config', { url: CONFIG });
    const manifests = new ManifestRepository(chart, 'manifests', { url: MANIFESTS, clusters: [config.cluster('one'), config.cluster('two')] });
    const cart = manifests.branch('cart');
    cart.deliver(secret(chart, encrypted(), { decryption: KEYS }));
    expect(cart.objects.map(({ kustomization }) => decryptionOf(kustomization))).toEqual([SPEC, SPEC]);
    expect(() => synth(app)).not.toThrow();
  });

  test('is given to a ManifestBranchKustomization and to the one of a cluster', () => {
    const { app, chart } = newShop();
    const cluster = new FluxConfigRepository(chart, 'config', { url: CONFIG }).cluster('production');
    const source = new FluxGitSource(chart, 'source', { url: MANIFESTS, ref: GitRef.branch('cart') });
    const kustomization = new ManifestBranchKustomization(chart, 'cart', { source, workloads: [secret(chart, encrypted(), { decryption: KEYS })] });
    cluster.deliver(secret(chart, encrypted({ ...PLAIN, metadata: { name: 'git', namespace: 'flux-system' } }), { decryption: { secret: FluxSecret.sopsKeys('mine') } }, 'git'));
    expect(decryptionOf(kustomization)).toEqual(SPEC);
    expect(decryptionOf(cluster.kustomization!)).toEqual({ provider: 'sops', secretRef: { name: 'mine' } });
    expect(() => synth(app)).not.toThrow();
  });

  test('needs no key where a key service has it, and may name who asks there', () => {
    const { app, chart, manifests } = newShop();
    const [cart, other] = ['cart', 'other'].map((name) => manifests.branch(name));
    cart.deliver(secret(chart, kms()));
    other.deliver(secret(chart, JSON.stringify({ ...JSON.parse(kms()), metadata: { ...metadata, name: 'b' } }), { decryption: { serviceAccountName: 'decryptor' } }, 'b'));
    expect(decryptionOf(cart)).toEqual({ provider: 'sops' });
    expect(decryptionOf(other)).toEqual({ provider: 'sops', serviceAccountName: 'decryptor' });
    expect(() => synth(app)).not.toThrow();
  });

  test('without a private key is refused where there has to be one', () => {
    const { app, chart, manifests } = newShop();
    const cart = manifests.branch('cart');
    cart.deliver(secret(chart, encrypted()));
    expect(complaintsOf(app)).toEqual([
      `[${cart.kustomization.node.path}] it applies 'shop/login', which only a private key decrypts, and nobody says which Secret holds that. `
      + "Give the SopsSecret, the delivery or the ManifestRepository decryption: { secret: FluxSecret.sopsKeys('...') }; or 'decryption: {}' if the controller itself has an age key.",
    ]);
    const other = newShop({ decryption: {} });
    other.manifests.branch('cart').deliver(secret(other.chart, encrypted()));
    expect(() => synth(other.app)).not.toThrow();
  });

  test('with different keys is refused in one Kustomization', () => {
    const { app, chart, manifests } = newShop();
    const cart = manifests.branch('cart');
    cart.deliver(
      secret(chart, encrypted(), { decryption: KEYS }, 'one'),
      secret(chart, encrypted({ ...PLAIN, metadata: { ...metadata, name: 'two' } }), { decryption: { secret: FluxSecret.sopsKeys('other'), serviceAccountName: 'me' } }, 'two'),
    );
    expect(complaintsOf(app)).toEqual([
      `[${cart.kustomization.node.path}] 'shop/one' says to decrypt with Secret 'sops-age', 'shop/two' with Secret 'other' and service account 'me'. `
      + 'A Kustomization has one decryption: put all private keys into one Secret, or deliver the two to different places.',
    ]);
  });

  test('with other keys than those of the delivery is refused', () => {
    const { app, chart, manifests } = newShop();
    manifests.branch('cart', { decryption: {} }).deliver(secret(chart, encrypted(), { decryption: KEYS }));
    expect(complaintsOf(app)).toEqual([expect.stringContaining("it says to decrypt with no Secret, 'shop/login' with Secret 'sops-age'.")]);
  });

  test('is missing in a Kustomization made by hand: refused', () => {
    const { app, chart } = newShop();
    const source = new FluxGitSource(chart, 'source', { url: MANIFESTS, ref: GitRef.branch('cart') });
    new ManifestBranchKustomization(chart, 'cart', { source, workloads: [secret(chart, encrypted(), { decryption: KEYS })] })
      .apiObject.addJsonPatch(JsonPatch.remove('/spec/decryption'));
    expect(complaintsOf(app)).toEqual([expect.stringMatching(/^shop\/login\/Resource: .*it is encrypted, and Kustomization 'flux-system\/cart' does not decrypt\. Give that/)]);
  });

  test('cannot happen to what nobody delivers: refused', () => {
    const { app, chart } = newShop();
    secret(chart, encrypted(), { decryption: KEYS });
    expect(complaintsOf(app)).toEqual(['[shop/login] it is encrypted, and no delivery has it, so that nobody would decrypt it. Deliver it: manifests.branch(...).deliver(secret).']);
  });

  test('takes no Secret of another layout', () => {
    const wrong = { secret: FluxSecret.basicAuth('login') };
    expect(() => secret(newShop().chart, encrypted(), { decryption: wrong })).toThrow("shop/login: Flux does not read basic authentication from 'decryption.secret' (Secret 'login'). Give FluxSecret.sopsKeys()");
    expect(() => newShop({ decryption: wrong }).manifests.branch('cart')).toThrow("Flux does not read basic authentication from 'decryption.secret'");
  });
});
