import * as provider from '../../src/schema/data/Provider.json';
import { FluxSecretLayout, layoutsReadBy, SECRET_KEYS } from '../../src/secrets';

const { ADDRESS, ANY, BASIC_AUTH, BEARER_TOKEN, GITHUB_APP, HEADERS, NATS_CREDENTIALS, TLS, TOKEN } = FluxSecretLayout;
const TYPES = provider.schema.properties.spec.properties.type.enum;

function reads(type: unknown, address?: string): readonly FluxSecretLayout[] {
  return layoutsReadBy('Provider', 'secretRef', { type, address })!;
}

test.each([
  ['github', [TOKEN, GITHUB_APP, BASIC_AUTH]],
  ['gitlab', [TOKEN, BASIC_AUTH]],
  ['bitbucket', [TOKEN]],
  ['azuredevops', [ADDRESS, TOKEN, TLS]],
  ['generic-hmac', [TOKEN]],
  ['zulip', [BASIC_AUTH]],
  ['slack', [ADDRESS, TOKEN]],
  ['msteams', [ADDRESS]],
  ['generic', [ADDRESS, HEADERS]],
  ['nats', [ADDRESS, NATS_CREDENTIALS, BASIC_AUTH]],
  ['alertmanager', [ADDRESS, TOKEN, BASIC_AUTH]],
])('the Secret of %s', (type, layouts) => {
  expect(reads(type)).toEqual(layouts);
});

test('every type is known, and none reads a bearerToken', () => {
  for (const type of TYPES) {
    expect(reads(type)).not.toContain(ANY);
    expect(reads(type)).not.toContain(BEARER_TOKEN);
  }
});

test('where the address is known, a Secret need not say anything that is known', () => {
  expect(reads('slack', 'https://slack.com/api/chat.postMessage')).toContain(ANY);
  expect(reads('opsgenie', 'https://api.opsgenie.com/v2/alerts')).toEqual([TOKEN]);
});

test.each(['some-later-type', 'toString', undefined, 3, { toString: 1 }])('of the type %j nothing is known', (type) => {
  expect(reads(type)).toEqual([ANY]);
});

test('a Receiver reads a token, and for gcr whom to expect', () => {
  expect(layoutsReadBy('Receiver', 'secretRef', { type: 'github' })).toEqual([TOKEN]);
  expect(layoutsReadBy('Receiver', 'secretRef', { type: 'gcr' })).toEqual([FluxSecretLayout.GCR_RECEIVER]);
  expect(SECRET_KEYS[FluxSecretLayout.GCR_RECEIVER]).toEqual([['token', 'email', 'audience']]);
});
