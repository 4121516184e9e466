import { FluxSecretLayout } from './secret-layout';

type Layouts = { readonly [type: string]: readonly FluxSecretLayout[] };

const { ADDRESS, ANY, BASIC_AUTH, GITHUB_APP, HEADERS, NATS_CREDENTIALS, TLS, TOKEN } = FluxSecretLayout;

/** Types whose Secret must log in, by what they log in with. The same Secret may have the address too. */
const LOGINS: Layouts = {
  'generic-hmac': [TOKEN],
  'opsgenie': [TOKEN],
  'datadog': [TOKEN],
  'telegram': [TOKEN],
  'matrix': [TOKEN],
  'webex': [TOKEN],
  'zoom': [TOKEN],
  'incident.io': [TOKEN],
  'zulip': [BASIC_AUTH],
  // Of user name and password these take the password for a token.
  'github': [TOKEN, GITHUB_APP, BASIC_AUTH],
  'githubdispatch': [TOKEN, GITHUB_APP, BASIC_AUTH],
  'githubpullrequestcomment': [TOKEN, GITHUB_APP, BASIC_AUTH],
  'gitlab': [TOKEN, BASIC_AUTH],
  'gitlabmergerequestcomment': [TOKEN, BASIC_AUTH],
  'gitea': [TOKEN, BASIC_AUTH],
  'giteapullrequestcomment': [TOKEN, BASIC_AUTH],
  'bitbucket': [TOKEN],
  'bitbucketserver': [TOKEN, BASIC_AUTH],
};

/** Types whose Secret may have the address, and what else it may have. */
const ADDRESSES: Layouts = {
  generic: [HEADERS],
  slack: [TOKEN],
  discord: [],
  msteams: [],
  rocket: [],
  googlechat: [],
  lark: [],
  sentry: [],
  pagerduty: [],
  alertmanager: [TOKEN, BASIC_AUTH],
  grafana: [TOKEN, BASIC_AUTH],
  otel: [TOKEN, BASIC_AUTH, HEADERS],
  nats: [NATS_CREDENTIALS, BASIC_AUTH],
  googlepubsub: [TOKEN, HEADERS],
  azureeventhub: [TOKEN],
  // With workload identity the Secret has nothing to say but which authority to trust.
  azuredevops: [TOKEN, TLS],
};

/** The layouts that notification-controller reads from the Secret of a Provider, which depend on where the messages go. */
export function providerSecret({ type, address }: any): readonly FluxSecretLayout[] {
  const name = typeof type === 'string' ? type : '';
  if (Object.hasOwn(LOGINS, name)) {
    return LOGINS[name];
  }
  if (Object.hasOwn(ADDRESSES, name)) {
    // Where the address is known, the Secret need have none of these keys: it may have a `proxy`, which is deprecated.
    return [ADDRESS, ...ADDRESSES[name], ...address ? [ANY] : []];
  }
  // A type of a later Flux.
  return [ANY];
}
