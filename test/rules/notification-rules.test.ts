import { checkObject } from '../../src/rules';
import { notificationRules } from '../../src/rules/notification';
import * as schema from '../../src/schema/data/Provider.json';

/** What is said of a spec, a line for each complaint. */
function said(kind: string, spec: any): string[] {
  return [...checkObject({ kind, spec })].map(({ rule, field, problem, remedy }) => `${rule.severity} ${rule.id}: ${field}: ${problem}. ${remedy}.`);
}

/** The ids of the rules that complain. */
function broken(kind: string, spec: any): string[] {
  return [...checkObject({ kind, spec })].map(({ rule }) => rule.id);
}

const secretRef = { name: 's' };

describe('Provider', () => {
  test('without an address there is nowhere to send to', () => {
    expect(said('Provider', { type: 'generic' })).toMatchInlineSnapshot(`
[
  "error provider-without-address: spec.address: type 'generic' has no address to send to. Give an 'address', or a Secret that has one.",
]
`);
    for (const type of ['slack', 'msteams', 'alertmanager', 'nats', 'sentry']) {
      expect(broken('Provider', { type, channel: 'c' })).toContain('provider-without-address');
    }
    for (const spec of [{ type: 'generic', address: 'https://x' }, { type: 'generic', secretRef }, { type: 'otel' }, { type: 'some-later-type' }]) {
      expect(broken('Provider', spec)).toEqual([]);
    }
  });

  test('some types need a token', () => {
    expect(said('Provider', { type: 'github', address: 'https://github.com/a/b' })).toMatchInlineSnapshot(`
[
  "error provider-without-secret: spec.secretRef: type 'github' needs a token, and there is no Secret. Give a Secret that has a 'token'.",
]
`);
    expect(broken('Provider', { type: 'datadog' })).toEqual(['provider-without-secret']);
    for (const type of ['github', 'datadog', 'generic-hmac', 'opsgenie']) {
      expect(broken('Provider', { type, address: 'https://x', secretRef })).toEqual([]);
    }
    expect(broken('Provider', { type: 'azuredevops', address: 'https://dev.azure.com/a/b/_git/c' })).toEqual([]);
    expect(broken('Provider', { type: 'slack', address: 'https://x' })).toEqual([]);
  });

  test('some types need a channel', () => {
    expect(said('Provider', { type: 'telegram', secretRef })).toMatchInlineSnapshot(`
[
  "error provider-without-channel: spec.channel: type 'telegram' needs a chat. Give 'channel' a chat.",
]
`);
    expect(said('Provider', { type: 'zulip', address: 'https://x', secretRef, channel: 'general' })).toMatchInlineSnapshot(`
[
  "error provider-without-channel: spec.channel: type 'zulip' needs a channel and a topic. Give 'channel' both: '<channel>/<topic>'.",
]
`);
    expect(broken('Provider', { type: 'nats', address: 'nats://x' })).toEqual(['provider-without-channel']);
    expect(broken('Provider', { type: 'googlepubsub', address: 'p' })).toEqual(['provider-without-channel']);
    for (const channel of ['/alerts', 'general/', '', 3]) {
      expect(broken('Provider', { type: 'zulip', address: 'https://x', secretRef, channel })).toEqual(['provider-without-channel']);
    }
    expect(broken('Provider', { type: 'zulip', address: 'https://x', secretRef, channel: 'general/alerts/x' })).toEqual([]);
    expect(broken('Provider', { type: 'telegram', secretRef, channel: '@flux' })).toEqual([]);
    expect(broken('Provider', { type: 'slack', secretRef })).toEqual([]);
  });

  test('a type reads what its service knows', () => {
    expect(said('Provider', { type: 'msteams', secretRef, channel: 'general' })).toMatchInlineSnapshot(`
[
  "warning provider-field-not-read: spec.channel: type 'msteams' does not read it. Leave it out.",
]
`);
    const all = {
      address: 'https://x', channel: 'a/b', username: 'u', serviceAccountName: 'a', certSecretRef: secretRef, proxySecretRef: secretRef, secretRef,
    };
    const notRead = (type: string) => said('Provider', { type, ...all }).map((line) => /spec\.(\w+)/.exec(line)![1]);
    expect(notRead('telegram')).toEqual(['address', 'username', 'serviceAccountName', 'certSecretRef']);
    expect(notRead('slack')).toEqual(['serviceAccountName']);
    expect(notRead('azureeventhub')).toEqual(['username', 'certSecretRef']);
    expect(notRead('gitlab')).toEqual(['channel', 'username', 'serviceAccountName', 'proxySecretRef']);
    expect(notRead('some-later-type')).toEqual([]);
  });

  test('every type is known, but for the two that came last', () => {
    const { properties } = schema.schema.properties.spec;
    const notRead = properties.type.enum.filter((type) => !broken('Provider', { type, serviceAccountName: 'a' }).includes('provider-field-not-read'));
    expect(notRead).toEqual(['azuredevops', 'googlepubsub', 'azureeventhub', 'zoom', 'incident.io']);
  });

  test('deprecated fields', () => {
    expect(said('Provider', { type: 'slack', secretRef, interval: '1m', proxy: 'http://p' })).toMatchInlineSnapshot(`
[
  "warning provider-deprecated-field: spec.interval: Flux has deprecated it, and reads it no more. Leave it out.",
  "warning provider-deprecated-field: spec.proxy: Flux has deprecated it. Give 'proxySecretRef' a Secret with the 'address' of the proxy.",
]
`);
  });

  test('commitStatusExpr', () => {
    const github = { type: 'github', address: 'https://github.com/a/b', secretRef };
    expect(said('Provider', { ...github, commitStatusExpr: "event.reason + '" })).toMatchInlineSnapshot(`
[
  "error provider-commit-status-expression: spec.commitStatusExpr: it is no CEL expression: it cannot be read from column 14 on: + '. Write an expression of the Common Expression Language.",
]
`);
    expect(broken('Provider', { ...github, commitStatusExpr: "(event.involvedObject.kind + '/' + event.metadata.foo).lowerAscii()" })).toEqual([]);
    expect(broken('Provider', { ...github, commitStatusExpr: '' })).toEqual([]);
  });
});

describe('Alert', () => {
  test('regular expressions', () => {
    expect(said('Alert', { inclusionList: ['.*', '*.succeeded'], exclusionList: ['(?!x)'] })).toMatchInlineSnapshot(`
[
  "error alert-regular-expression: spec.inclusionList[1]: it is no regular expression of Go, and Flux passes over it: there is nothing for '*' to repeat. Write it in the syntax of RE2, such as '.*succeeded.*'.",
  "error alert-regular-expression: spec.exclusionList[0]: it is no regular expression of Go, and Flux passes over it: '(?!' is no kind of group. Write it in the syntax of RE2, such as '.*succeeded.*'.",
]
`);
    expect(broken('Alert', { inclusionList: ['.*succeeded.*', '(?i)error'], exclusionList: ['waiting.*socket'] })).toEqual([]);
  });

  test('labels', () => {
    expect(said('Alert', { eventSources: [{ kind: 'Bucket', name: '*', matchLabels: { team: 'blue and red' } }] })).toMatchInlineSnapshot(`
[
  "error alert-labels: spec.eventSources[0].matchLabels: 'blue and red' cannot be the value of a label. Write letters, digits, hyphens, underscores and dots, at most 63 characters, a letter or digit at either end.",
]
`);
    expect(broken('Alert', { eventSources: [{ kind: 'Bucket', name: '*', matchLabels: { 'example.com/team': 'blue' } }] })).toEqual([]);
    // Of an Alert both count, the name and the labels.
    expect(broken('Alert', { eventSources: [{ kind: 'Bucket', name: 'cart', matchLabels: { team: 'blue' } }] })).toEqual([]);
  });

  test('summary', () => {
    expect(said('Alert', { summary: 'in production' })).toMatchInlineSnapshot(`
[
  "warning alert-summary: spec.summary: Flux has deprecated it. Give 'eventMetadata' a 'summary'.",
]
`);
    expect(broken('Alert', { summary: '', eventMetadata: { summary: 'in production' } })).toEqual([]);
  });
});

describe('Receiver', () => {
  test('events', () => {
    expect(said('Receiver', { type: 'harbor', events: ['push'] })).toMatchInlineSnapshot(`
[
  "error receiver-events-not-read: spec.events: type 'harbor' does not read it, and lets every event through. Leave it out, or say it in 'resourceFilter'.",
]
`);
    for (const type of ['github', 'gitlab', 'bitbucket', 'cdevents', 'some-later-type']) {
      expect(broken('Receiver', { type, events: ['push'] })).toEqual([]);
    }
    for (const type of ['generic', 'generic-hmac', 'generic-oidc', 'dockerhub', 'quay', 'gcr', 'nexus', 'acr']) {
      expect(broken('Receiver', { type, events: ['push'] })).toEqual(['receiver-events-not-read']);
      expect(broken('Receiver', { type, events: [] })).toEqual([]);
    }
  });

  test('all of a kind need labels, and one object none', () => {
    const resources = [
      { kind: 'GitRepository', name: '*' },
      { kind: 'GitRepository', name: '*', matchLabels: { team: 'blue' } },
      { kind: 'GitRepository', name: 'cart', matchLabels: { team: 'blue' } },
      { kind: 'GitRepository', name: 'cart' },
      { kind: 'GitRepository', name: 'cart', matchLabels: {} },
    ];
    expect(said('Receiver', { resources })).toMatchInlineSnapshot(`
[
  "error receiver-all-without-labels: spec.resources[0].matchLabels: Flux takes name '*' only beside 'matchLabels'. Give labels, '{}' for all of the kind, or name one object.",
  "error receiver-labels-not-read: spec.resources[2].matchLabels: Flux does not read it beside the name of one object. Leave it out, or write '*' for the name.",
]
`);
  });

  test('labels', () => {
    const matchLabels = { 'my team': 'blue' };
    expect(broken('Receiver', { resources: [{ kind: 'Bucket', name: '*', matchLabels }] })).toEqual(['receiver-labels']);
  });

  test('some kinds need a version', () => {
    expect(said('Receiver', { resources: [{ kind: 'Kustomization', name: 'cart' }] })).toMatchInlineSnapshot(`
[
  "error receiver-without-version: spec.resources[0].apiVersion: Flux knows no version of Kustomization here by itself. Give the 'apiVersion'.",
]
`);
    const resources = [
      ...['Bucket', 'GitRepository', 'OCIRepository', 'HelmRepository', 'HelmChart', 'ImageRepository', 'ArtifactGenerator'].map((kind) => ({ kind, name: 'x' })),
      { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'x' },
    ];
    expect(broken('Receiver', { resources })).toEqual([]);
  });

  test('expressions', () => {
    const spec = (expression: string) => ({
      resourceFilter: expression,
      resources: [{ kind: 'Bucket', name: 'x', filter: expression }],
      oidcProviders: [{ issuerURL: 'https://x', variables: [{ name: 'v', expression }], validations: [{ expression, message: 'm' }] }],
    });
    expect(said('Receiver', spec('req.tag =='))).toMatchInlineSnapshot(`
[
  "error receiver-expression: spec.resourceFilter: it is no CEL expression: it cannot be read from column 9 on: ==. Write an expression of the Common Expression Language.",
  "error receiver-expression: spec.resources[0].filter: it is no CEL expression: it cannot be read from column 9 on: ==. Write an expression of the Common Expression Language.",
  "error receiver-expression: spec.oidcProviders[0].variables[0].expression: it is no CEL expression: it cannot be read from column 9 on: ==. Write an expression of the Common Expression Language.",
  "error receiver-expression: spec.oidcProviders[0].validations[0].expression: it is no CEL expression: it cannot be read from column 9 on: ==. Write an expression of the Common Expression Language.",
]
`);
    expect(broken('Receiver', spec('req.tag.contains(res.metadata.name)'))).toEqual([]);
    expect(said('Receiver', spec('')).map((line) => line.split(': ')[1])).toEqual([
      'spec.oidcProviders[0].variables[0].expression', 'spec.oidcProviders[0].validations[0].expression',
    ]);
  });
});

test('the rules have names of their own, and no rule falls over odd objects', () => {
  expect(new Set(notificationRules.map(({ id }) => id)).size).toBe(notificationRules.length);
  const fields = [
    'type', 'address', 'channel', 'secretRef', 'commitStatusExpr', 'summary', 'inclusionList', 'exclusionList', 'eventSources', 'events', 'resources', 'resourceFilter',
    'oidcProviders', 'interval', 'proxy',
  ];
  const odd: any[] = [null, 3, '', 'x', true, [], [null, 3, 'x', [], {}], {}, { toString: 1 }, [{ filter: 3, matchLabels: 3, name: {}, kind: [], variables: 3, validations: [3] }]];
  for (const kind of ['Provider', 'Alert', 'Receiver']) {
    for (const value of odd) {
      expect(() => said(kind, value)).not.toThrow();
      expect(() => said(kind, Object.fromEntries(fields.map((field) => [field, value])))).not.toThrow();
      fields.forEach((field) => expect(() => said(kind, { type: 'generic', [field]: value })).not.toThrow());
    }
  }
});
