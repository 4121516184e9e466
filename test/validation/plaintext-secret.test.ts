import { ApiObject, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { newShop } from './support';
import { PlaintextSecret } from '../../src/validation';
import { complaintsOf, exceptionsOf, synth } from '../delivery/support';

const metadata = { name: 'login', namespace: 'shop' };
const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' } };
const CIPHER = 'ENC[AES256_GCM,data:x,iv:x,tag:x,type:str]';
const sops = { mac: CIPHER, version: '3.11.0' };

function secret(content: any): any {
  return { kind: 'Secret', metadata, ...content };
}

describe('a Secret', () => {
  test.each<[string, any, string]>([
    ['with data', secret({ data: { password: 'eA==' } }), 'data.password'],
    ['with stringData', secret({ stringData: { password: 'x' } }), 'stringData.password'],
    ['with both, one of them empty', secret({ data: {}, stringData: { password: 'x' } }), 'stringData.password'],
    ['encrypted in part', secret({ data: { user: CIPHER, password: 'eA==' }, sops }), 'data.password'],
    ['encrypted in one field only', secret({ data: { user: CIPHER }, stringData: { password: 'x' }, sops }), 'stringData.password'],
    ['that looks encrypted without what SOPS notes', secret({ data: { password: CIPHER } }), 'data.password'],
    ['with a value that only mentions ENC', secret({ stringData: { password: `x${CIPHER}` }, sops }), 'stringData.password'],
    ['that is in a List', { kind: 'List', metadata, items: [{ ...settings, data: { a: 'b' } }, { apiVersion: 'v1', ...secret({ data: { a: 'b' } }) }] }, 'data.a'],
    ['that is in a List without its API version', { kind: 'List', metadata, items: [secret({ data: { a: 'b' } })] }, 'data.a'],
    ['that is in a SecretList', { kind: 'SecretList', metadata, items: [{ apiVersion: 'v1', ...secret({ data: { a: 'b' } }) }] }, 'data.a'],
    ['that is in a List of a List', { kind: 'List', metadata, items: [{ kind: 'List', items: [{ apiVersion: 'v1', ...secret({ data: { a: 'b' } }) }] }] }, 'data.a'],
  ])('%s is refused', (_, manifest, key) => {
    const { app, deliver } = newShop();
    const object = deliver(manifest);
    expect(complaintsOf(app)).toEqual([
      `${object.node.path}: ${manifest.kind} shop/login would be published with '${key}' in plaintext. Encrypt it with SOPS, or make the Secret in the cluster and refer to it, `
      + "or let this one object through: PlaintextSecret.allow(object, 'why it is no secret').",
    ]);
  });

  test.each<[string, any]>([
    ['encrypted with SOPS', secret({ data: { a: CIPHER }, stringData: { b: CIPHER }, sops })],
    ['without content', secret({ type: 'Opaque' })],
    ['with empty values', secret({ data: { a: '' }, stringData: {} })],
    ['of another API group', { ...secret({ data: { a: 'b' } }), apiVersion: 'example.org/v1' }],
    ['that is none', { kind: 'ConfigMap', metadata, data: { password: 'x' } }],
    ['that is in no List, for the List is empty', { kind: 'List', metadata }],
    ['encrypted, in a List', { kind: 'List', metadata, items: [{ apiVersion: 'v1', ...secret({ data: { a: CIPHER }, sops }) }] }],
  ])('%s is taken', (_, manifest) => {
    const { app, deliver } = newShop();
    deliver(manifest);
    expect(() => synth(app)).not.toThrow();
  });

  test('is judged as it is written: a patch can put content in', () => {
    const { app, deliver } = newShop();
    deliver(secret({})).addJsonPatch(JsonPatch.add('/stringData', { password: 'x' }));
    expect(complaintsOf(app)).toEqual([expect.stringContaining("'stringData.password' in plaintext")]);
  });

  test('is refused among the Flux objects of a cluster too', () => {
    const { app, configure } = newShop();
    configure(secret({ data: { a: 'b' } }));
    expect(complaintsOf(app)).toEqual([expect.stringContaining("Secret shop/login would be published with 'data.a' in plaintext")]);
  });

  test('is nobody\'s business if it is not delivered', () => {
    const { app, chart } = newShop();
    new ApiObject(chart, 'secret', { apiVersion: 'v1', ...secret({ data: { a: 'b' } }) });
    expect(Object.keys(synth(app))).toContain('shop.k8s.yaml');
  });

  test('never shows its content in a message', () => {
    const { app, deliver } = newShop();
    deliver(secret({ stringData: { password: 'hunter2' } }));
    expect(complaintsOf(app).join()).not.toContain('hunter2');
  });
});

describe('a password in a URL', () => {
  const url = 'postgres://me:hunter2@db/shop';

  function pod(container: any): any {
    return { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { template: { spec: { containers: [{ name: 'sidecar' }, container] } } } };
  }

  test.each<[string, any, string]>([
    ['a variable', pod({ env: [{ name: 'A', value: 'a' }, { name: 'DATABASE', value: url }] }), 'spec.template.spec.containers[1].env[1].value'],
    ['an argument', pod({ args: ['--verbose', `--database=${url}`] }), 'spec.template.spec.containers[1].args[1]'],
    ['a ConfigMap', { kind: 'ConfigMap', metadata, data: { 'app.properties': `url=${url}\n` } }, 'data.app.properties'],
    ['an annotation', { kind: 'ConfigMap', metadata: { ...metadata, annotations: { source: url } } }, 'metadata.annotations.source'],
    ['an object of a List', { kind: 'List', metadata, items: [{ ...settings, data: { url } }] }, 'items[0].data.url'],
    ['an encrypted Secret', secret({ data: { a: CIPHER }, sops, metadata: { ...metadata, annotations: { source: url } } }), 'metadata.annotations.source'],
    ['a Flux object', { apiVersion: 'notification.toolkit.fluxcd.io/v1beta3', kind: 'Provider', metadata, spec: { type: 'generic', address: 'https://me:hunter2@git.example/x' } }, 'spec.address'],
  ])('is refused in %s', (_, manifest, field) => {
    const { app, deliver } = newShop();
    const object = deliver(manifest);
    const [complaint, ...others] = complaintsOf(app);
    expect(complaint).toBe(
      `${object.node.path}: ${manifest.kind} shop/login would be published with a credential in the URL at '${field}'. Take the credential from a Secret, `
      + "or let this one object through: PlaintextSecret.allow(object, 'why it is no secret').",
    );
    expect(others).toEqual([]);
    expect(complaint).not.toContain('hunter2');
  });

  test('is refused in the Flux objects of a delivery', () => {
    const { app, branch } = newShop();
    branch.kustomization.apiObject.addJsonPatch(JsonPatch.add('/spec/postBuild', { substitute: { database: url } }));
    expect(complaintsOf(app)).toEqual([expect.stringContaining("a credential in the URL at 'spec.postBuild.substitute.database'")]);
  });

  test('is none if it is a placeholder, a number or nothing', () => {
    const { app, deliver } = newShop();
    deliver(pod({ env: [{ name: 'A', value: 'postgres://me:$(PASSWORD)@db/shop' }], args: ['postgres://me:${PASSWORD}@db'], ports: [{ containerPort: 1 }], tty: true }))
      .addJsonPatch(JsonPatch.add('/spec/nothing', null));
    expect(() => synth(app)).not.toThrow();
  });
});

describe('PlaintextSecret.allow', () => {
  test('lets one object through and records it with the reason', () => {
    const { app, deliver } = newShop();
    const object = deliver(secret({ data: { 'ca.crt': 'eA==' } }));
    const url = deliver({ kind: 'ConfigMap', metadata: { name: 'demo', namespace: 'shop' }, data: { url: 'https://demo:demo@demo.example' } });
    PlaintextSecret.allow(url, 'a public demo');
    PlaintextSecret.allow(object, 'a public certificate');
    expect(exceptionsOf(app)).toEqual([
      { construct: object.node.path, object: 'Secret shop/login', rule: 'plaintext-secret', reason: 'a public certificate' },
      { construct: url.node.path, object: 'ConfigMap shop/demo', rule: 'credential-in-url', reason: 'a public demo' },
    ]);
  });

  test('lets no other object through', () => {
    const { app, branch, chart } = newShop();
    const service = new Construct(chart, 'service');
    const allowed = new ApiObject(service, 'Resource', { apiVersion: 'v1', ...secret({ data: { a: 'b' } }) });
    new ApiObject(service, 'other', { apiVersion: 'v1', ...secret({ data: { a: 'b' } }), metadata: { name: 'other', namespace: 'shop' } });
    new ApiObject(allowed, 'child', { apiVersion: 'v1', ...secret({ data: { a: 'b' } }), metadata: { name: 'child', namespace: 'shop' } });
    PlaintextSecret.allow(service, 'a public certificate');
    branch.deliver(service);
    expect(complaintsOf(app).map((complaint) => complaint.split(' would')[0])).toEqual([
      'shop/service/Resource/child: Secret shop/child', 'shop/service/other: Secret shop/other',
    ]);
  });

  test('is recorded only where it was needed and the object is published', () => {
    const { app, chart, deliver } = newShop();
    PlaintextSecret.allow(deliver(secret({ data: { a: CIPHER }, sops })), 'needless');
    PlaintextSecret.allow(new ApiObject(chart, 'left', { apiVersion: 'v1', ...secret({ data: { a: 'b' } }) }), 'not delivered');
    expect(exceptionsOf(app)).toEqual([]);
  });

  test('takes the last reason', () => {
    const { app, deliver } = newShop();
    const object = deliver(secret({ data: { a: 'b' } }));
    PlaintextSecret.allow(object, 'first');
    PlaintextSecret.allow(object, 'second');
    expect(exceptionsOf(app)).toMatchObject([{ reason: 'second' }]);
  });

  test.each(['', ' ', '\n\t', undefined])('refuses %j as a reason', (reason: any) => {
    const { deliver } = newShop();
    const object = deliver(secret({}));
    expect(() => PlaintextSecret.allow(object, reason)).toThrow(
      `${object.node.path}: it is to be published in plaintext, for no reason. Say why its content is no secret.`,
    );
  });

  test('refuses a construct that has no object of its own', () => {
    const { chart } = newShop();
    expect(() => PlaintextSecret.allow(new Construct(chart, 'empty'), 'why')).toThrow('shop/empty');
  });
});
