import { App, Chart, Duration, Testing } from 'cdk8s';
import { FluxSecret } from '../../src/flux';
import { AlertProviderType, FluxAlertProvider, FluxAlertProviderProps } from '../../src/notification';
import { existingOf } from '../../src/routing';

const slack = AlertProviderType.slack({ address: 'https://slack.com/api/chat.postMessage', channel: 'general', secret: FluxSecret.token('slack-bot') });

function newProvider(props: Partial<FluxAlertProviderProps> = {}): FluxAlertProvider {
  return new FluxAlertProvider(new Chart(new App(), 'chart', { namespace: 'shop' }), 'provider', { type: slack, ...props });
}

test('a Provider in flux-system, named like the construct', () => {
  const provider = newProvider();
  expect(Testing.synth(Chart.of(provider))).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "notification.toolkit.fluxcd.io/v1beta3",
    "kind": "Provider",
    "metadata": {
      "name": "provider",
      "namespace": "flux-system",
    },
    "spec": {
      "address": "https://slack.com/api/chat.postMessage",
      "channel": "general",
      "secretRef": {
        "name": "slack-bot",
      },
      "type": "slack",
    },
  },
]
`);
  expect(provider).toMatchObject({ providerName: 'provider', providerNamespace: 'flux-system', type: { type: 'slack' } });
});

test('a name and a namespace of its own', () => {
  expect(newProvider({ name: 'chat', namespace: 'shop' })).toMatchObject({ providerName: 'chat', providerNamespace: 'shop' });
});

test('a timeout is written without hours', () => {
  expect(Testing.synth(Chart.of(newProvider({ timeout: Duration.hours(1) })))[0].spec.timeout).toBe('60m');
});

test('what is missing is told', () => {
  expect(() => newProvider({ type: undefined })).toThrow("chart/provider: 'type' is missing. Say where the messages go: AlertProviderType.slack(...).");
  expect(() => newProvider({ type: AlertProviderType.generic({}) })).toThrow(
    "chart/provider: Provider flux-system/provider: spec.address: type 'generic' has no address to send to. Give an 'address', or a Secret that has one [provider-without-address: notification-controller].",
  );
  expect(() => newProvider({ type: AlertProviderType.zulip({ address: 'https://x', channel: 'general', secret: FluxSecret.basicAuth('bot') }) })).toThrow(
    "chart/provider: Provider flux-system/provider: spec.channel: type 'zulip' needs a channel and a topic.",
  );
});

describe('Secrets', () => {
  test('a Secret that the type looks through in vain is refused', () => {
    expect(() => newProvider({ type: AlertProviderType.msteams({ address: 'https://x', secret: FluxSecret.token('bot') }) })).toThrow(
      "chart/provider: Flux does not read token from 'secret' (Secret 'bot'). Give a FluxSecret for address, or FluxSecret.fromSecretName()",
    );
    expect(() => newProvider({ type: AlertProviderType.gitlab({ address: 'https://gitlab.com/1', secret: FluxSecret.githubApp('app') }) })).toThrow(
      "chart/provider: Flux does not read GitHub App from 'secret' (Secret 'app'). Give a FluxSecret for token, basic authentication, or",
    );
    expect(() => newProvider({ certSecret: FluxSecret.token('bot') })).toThrow("Flux does not read token from 'certSecret'");
    expect(() => newProvider({ proxySecret: FluxSecret.address('bot') })).toThrow("Flux does not read address from 'proxySecret'");
  });

  test.each([
    AlertProviderType.msteams({ secret: FluxSecret.address('s') }),
    AlertProviderType.githubdispatch({ address: 'https://github.com/a/b', secret: FluxSecret.githubApp('s') }),
    AlertProviderType.nats({ address: 'nats://x', channel: 'flux', secret: FluxSecret.natsCredentials('s') }),
    AlertProviderType.generic({ address: 'https://x', secret: FluxSecret.headers('s') }),
    AlertProviderType.incidentIo({ address: 'https://x', secret: FluxSecret.token('s') }),
    AlertProviderType.azuredevops({ address: 'https://dev.azure.com/a/b/_git/c', serviceAccountName: 'reporter' }),
  ])('$type takes what it reads', (type) => {
    const certSecret = FluxSecret.tls('s');
    expect(() => newProvider({ type, certSecret, proxySecret: FluxSecret.proxy('s') })).not.toThrow();
  });
});

test('one that is made elsewhere renders nothing, and is known to exist', () => {
  const chart = new Chart(new App(), 'chart');
  const provider = FluxAlertProvider.fromProviderName(chart, 'provider', 'chat');
  expect(provider).toMatchObject({ providerName: 'chat', providerNamespace: 'flux-system' });
  expect(existingOf(provider)).toEqual({ group: 'notification.toolkit.fluxcd.io', kind: 'Provider', name: 'chat', namespace: 'flux-system' });
  expect(FluxAlertProvider.fromProviderName(chart, 'other', 'chat', 'shop').providerNamespace).toBe('shop');
  expect(Testing.synth(chart)).toEqual([]);
  expect(() => FluxAlertProvider.fromProviderName(chart, 'none', undefined as any)).toThrow("chart/none: 'name' is missing. Give the name of the Provider.");
});
