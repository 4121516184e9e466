import * as fc from 'fast-check';
import { FluxSecret, FluxSecretLayout } from '../../src/flux';

test.each([
  ['basicAuth', FluxSecret.basicAuth('a'), FluxSecretLayout.BASIC_AUTH],
  ['bearerToken', FluxSecret.bearerToken('a'), FluxSecretLayout.BEARER_TOKEN],
  ['ssh', FluxSecret.ssh('a'), FluxSecretLayout.SSH],
  ['tls', FluxSecret.tls('a'), FluxSecretLayout.TLS],
  ['githubApp', FluxSecret.githubApp('a'), FluxSecretLayout.GITHUB_APP],
  ['proxy', FluxSecret.proxy('a'), FluxSecretLayout.PROXY],
  ['publicKeys', FluxSecret.publicKeys('a'), FluxSecretLayout.PUBLIC_KEYS],
  ['sopsKeys', FluxSecret.sopsKeys('a'), FluxSecretLayout.SOPS_KEYS],
  ['registry', FluxSecret.registry('a'), FluxSecretLayout.REGISTRY],
  ['accessKey', FluxSecret.accessKey('a'), FluxSecretLayout.ACCESS_KEY],
  ['gcpServiceAccount', FluxSecret.gcpServiceAccount('a'), FluxSecretLayout.GCP_SERVICE_ACCOUNT],
  ['azureIdentity', FluxSecret.azureIdentity('a'), FluxSecretLayout.AZURE_IDENTITY],
  ['cosignKeys', FluxSecret.cosignKeys('a'), FluxSecretLayout.COSIGN_KEYS],
  ['notationTrust', FluxSecret.notationTrust('a'), FluxSecretLayout.NOTATION_TRUST],
  ['sigstoreTrustedRoot', FluxSecret.sigstoreTrustedRoot('a'), FluxSecretLayout.SIGSTORE_TRUSTED_ROOT],
  ['gpgSigningKey', FluxSecret.gpgSigningKey('a'), FluxSecretLayout.GPG_SIGNING_KEY],
  ['sshSigningKey', FluxSecret.sshSigningKey('a'), FluxSecretLayout.SSH_SIGNING_KEY],
  ['token', FluxSecret.token('a'), FluxSecretLayout.TOKEN],
  ['address', FluxSecret.address('a'), FluxSecretLayout.ADDRESS],
  ['kubeConfig', FluxSecret.kubeConfig('a'), FluxSecretLayout.KUBE_CONFIG],
  ['headers', FluxSecret.headers('a'), FluxSecretLayout.HEADERS],
  ['natsCredentials', FluxSecret.natsCredentials('a'), FluxSecretLayout.NATS_CREDENTIALS],
  ['gcrReceiver', FluxSecret.gcrReceiver('a'), FluxSecretLayout.GCR_RECEIVER],
  ['fromSecretName', FluxSecret.fromSecretName('a'), FluxSecretLayout.ANY],
])('%s gives the Secret its name and its layout of keys', (_, secret, layout) => {
  expect([secret.secretName, secret.layout]).toEqual(['a', layout]);
});

test('each layout has a name of its own, which a message can print', () => {
  const names = Object.values(FluxSecretLayout);
  expect(new Set(names).size).toBe(names.length);
  names.forEach((name) => expect(name).toMatch(/^[A-Za-z][A-Za-z ]*$/));
});

test.each(['cart', 'cart.example.com', 'a-b', '9', 'a'.repeat(253)])('a Secret can be named %s', (name) => {
  expect(FluxSecret.ssh(name).secretName).toBe(name);
});

test('a Secret without a name is told', () => {
  expect(() => FluxSecret.basicAuth(undefined as any)).toThrow("FluxSecret: 'undefined' cannot be the name of a Secret.");
});

test('no Secret can have the name of none', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', '9', '-', '.', 'A', '_', '/', ' ') }), (name) => {
    const legal = name.split('.').every((label) => /^[a-z0-9-]+$/.test(label) && !/^-|-$/.test(label));
    legal ? expect(FluxSecret.basicAuth(name).secretName).toBe(name) : expect(() => FluxSecret.basicAuth(name)).toThrow(
      `FluxSecret: '${name}' cannot be the name of a Secret. Give lower-case letters, digits, hyphens and dots, at most 253 characters.`,
    );
  }));
  expect(() => FluxSecret.tls('a'.repeat(254))).toThrow('at most 253 characters');
});
