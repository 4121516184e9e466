import { ObjectRule } from '../rule';
import { celComplaints } from '../shared/cel-complaints';

const SOURCE = 'notification-controller';

/**
 * The fields that a type reads, of those that not every type reads. `certSecretRef` is there for discord too, for which Flux's
 * documents promise what its program does not do. A type that is missing is not known, and nothing is said of it.
 */
const READ: { readonly [type: string]: string } = {
  'generic': 'address certSecretRef proxy',
  'generic-hmac': 'address certSecretRef proxy',
  'slack': 'address channel username certSecretRef proxy',
  'discord': 'address username certSecretRef proxy',
  'msteams': 'address certSecretRef proxy',
  'rocket': 'address channel username certSecretRef proxy',
  'googlechat': 'address proxy',
  'lark': 'address',
  'webex': 'address channel certSecretRef proxy',
  'matrix': 'address channel certSecretRef',
  'telegram': 'channel proxy',
  'zulip': 'address channel username certSecretRef proxy',
  'alertmanager': 'address username certSecretRef proxy',
  'grafana': 'address username certSecretRef proxy',
  'sentry': 'address channel certSecretRef',
  'opsgenie': 'address certSecretRef proxy',
  'pagerduty': 'address channel certSecretRef proxy',
  'datadog': 'address certSecretRef proxy',
  'otel': 'address username certSecretRef proxy',
  'nats': 'address channel username',
  'googlepubsub': 'address channel serviceAccountName proxy',
  'azureeventhub': 'address channel serviceAccountName proxy',
  'github': 'address certSecretRef proxy',
  'githubdispatch': 'address certSecretRef proxy',
  'githubpullrequestcomment': 'address certSecretRef proxy',
  'gitlab': 'address certSecretRef',
  'gitlabmergerequestcomment': 'address certSecretRef',
  'gitea': 'address certSecretRef proxy',
  'giteapullrequestcomment': 'address certSecretRef proxy',
  'bitbucket': 'address certSecretRef',
  'bitbucketserver': 'address username certSecretRef',
  'azuredevops': 'address serviceAccountName certSecretRef proxy',
};

/** Fields as a type reads them, by their names in `spec`. */
const OPTIONAL: readonly [field: string, readAs: string][] = [
  ['address', 'address'], ['channel', 'channel'], ['username', 'username'], ['serviceAccountName', 'serviceAccountName'],
  ['certSecretRef', 'certSecretRef'], ['proxySecretRef', 'proxy'], ['proxy', 'proxy'],
];

/** Types that make do without an address: telegram has its own, the others have a default in their libraries. */
const NO_ADDRESS = ['telegram', 'datadog', 'otel'];

/** Types that need a token, which only a Secret can give. */
const SECRET_NEEDED = [
  'generic-hmac', 'telegram', 'opsgenie', 'datadog', 'bitbucket', 'bitbucketserver', 'github', 'githubdispatch', 'githubpullrequestcomment',
  'gitlab', 'gitlabmergerequestcomment', 'gitea', 'giteapullrequestcomment',
];

/** Types that need a channel, by what it is to them. A Secret has none. */
const CHANNEL_NEEDED: { readonly [type: string]: string } = { telegram: 'a chat', nats: 'a subject', googlepubsub: 'a topic' };

/** Rules for Provider. */
export const providerRules: readonly ObjectRule[] = [
  {
    id: 'provider-without-address',
    severity: 'error',
    summary: 'A Provider needs an address, of its own or in its Secret',
    source: SOURCE,
    kinds: ['Provider'],
    *check({ type, address, secretRef }) {
      if (read(type) && !NO_ADDRESS.includes(type) && !address && !secretRef) {
        yield { field: 'spec.address', problem: `type '${type}' has no address to send to`, remedy: "Give an 'address', or a Secret that has one" };
      }
    },
  },
  {
    id: 'provider-without-secret',
    severity: 'error',
    summary: 'Some types need a token, which only a Secret can give',
    source: SOURCE,
    kinds: ['Provider'],
    *check({ type, secretRef }) {
      if (SECRET_NEEDED.includes(type) && !secretRef) {
        yield { field: 'spec.secretRef', problem: `type '${type}' needs a token, and there is no Secret`, remedy: "Give a Secret that has a 'token'" };
      }
    },
  },
  {
    id: 'provider-without-channel',
    severity: 'error',
    summary: 'The types telegram, nats and googlepubsub need a channel, zulip a channel and a topic',
    source: SOURCE,
    kinds: ['Provider'],
    *check({ type, channel }) {
      if (typeof type === 'string' && Object.hasOwn(CHANNEL_NEEDED, type) && !channel) {
        yield { field: 'spec.channel', problem: `type '${type}' needs ${CHANNEL_NEEDED[type]}`, remedy: `Give 'channel' ${CHANNEL_NEEDED[type]}` };
      }
      if (type === 'zulip' && !(typeof channel === 'string' && /^[^/]+\/[^]/.test(channel))) {
        yield { field: 'spec.channel', problem: "type 'zulip' needs a channel and a topic", remedy: "Give 'channel' both: '<channel>/<topic>'" };
      }
    },
  },
  {
    id: 'provider-field-not-read',
    severity: 'warning',
    summary: 'A type reads only the fields that its service knows',
    source: SOURCE,
    kinds: ['Provider'],
    *check(spec) {
      const fields = read(spec.type);
      for (const [field, readAs] of fields ? OPTIONAL : []) {
        if (spec[field] && !fields!.includes(readAs)) {
          yield { field: `spec.${field}`, problem: `type '${spec.type}' does not read it`, remedy: 'Leave it out' };
        }
      }
    },
  },
  {
    id: 'provider-deprecated-field',
    severity: 'warning',
    summary: 'The fields interval and proxy of a Provider are deprecated, and version v1 does not have them',
    source: SOURCE,
    kinds: ['Provider'],
    *check(spec) {
      if (spec.interval) {
        yield { field: 'spec.interval', problem: 'Flux has deprecated it, and reads it no more', remedy: 'Leave it out' };
      }
      if (spec.proxy) {
        yield { field: 'spec.proxy', problem: 'Flux has deprecated it', remedy: "Give 'proxySecretRef' a Secret with the 'address' of the proxy" };
      }
    },
  },
  {
    id: 'provider-commit-status-expression',
    severity: 'error',
    summary: 'The field commitStatusExpr must be a CEL expression',
    source: SOURCE,
    kinds: ['Provider'],
    *check({ commitStatusExpr }) {
      yield* celComplaints('spec.commitStatusExpr', commitStatusExpr);
    },
  },
];

function read(type: unknown): string[] | undefined {
  return typeof type === 'string' && Object.hasOwn(READ, type) ? READ[type].split(' ') : undefined;
}
