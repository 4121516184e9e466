import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { FluxSecret } from '../../src/flux';
import { AlertProviderType, FluxAlertProvider } from '../../src/notification';
import { checkObject } from '../../src/rules';
import * as schema from '../../src/schema/data/Provider.json';
import { expectFieldsCovered } from '../flux/coverage';
import { duration } from '../flux/go-duration';
import { flux } from '../rules/support';
import { nameArbitrary, specArbitrary } from '../schema/spec-arbitrary';

/** What each factory takes: what it must be given, and what it may be given. */
const TAKEN: { readonly [type: string]: [required: string, optional: string] } = {
  'slack': ['', 'address secretRef channel username'],
  'discord': ['', 'address secretRef username'],
  'msteams': ['', 'address secretRef'],
  'rocket': ['', 'address secretRef channel username'],
  'generic': ['', 'address secretRef'],
  'generic-hmac': ['secretRef', 'address'],
  'github': ['address secretRef', 'commitStatusExpr'],
  'gitlab': ['address secretRef', 'commitStatusExpr'],
  'gitea': ['address secretRef', 'commitStatusExpr'],
  'giteapullrequestcomment': ['address secretRef', ''],
  'bitbucketserver': ['address secretRef', 'commitStatusExpr username'],
  'bitbucket': ['address secretRef', 'commitStatusExpr'],
  'azuredevops': ['address', 'commitStatusExpr secretRef serviceAccountName'],
  'googlechat': ['', 'address secretRef'],
  'googlepubsub': ['channel', 'address secretRef serviceAccountName'],
  'webex': ['address channel secretRef', ''],
  'sentry': ['', 'address secretRef channel'],
  'azureeventhub': ['', 'address secretRef channel serviceAccountName'],
  'telegram': ['channel secretRef', ''],
  'lark': ['', 'address secretRef'],
  'matrix': ['address channel secretRef', ''],
  'opsgenie': ['address secretRef', ''],
  'alertmanager': ['', 'address secretRef'],
  'grafana': ['', 'address secretRef'],
  'githubdispatch': ['address secretRef', ''],
  'githubpullrequestcomment': ['address secretRef', ''],
  'gitlabmergerequestcomment': ['address secretRef', ''],
  'pagerduty': ['channel', 'address secretRef'],
  'datadog': ['address secretRef', ''],
  'nats': ['channel', 'address secretRef'],
  'zulip': ['address channel secretRef', ''],
  'otel': ['', 'address secretRef username'],
  'zoom': ['secretRef', 'address'],
  'incident.io': ['address secretRef', ''],
};

const OF_A_TYPE = ['address', 'channel', 'username', 'secretRef', 'serviceAccountName', 'commitStatusExpr'];

function factoryOf(type: string): (props: any) => AlertProviderType {
  return (AlertProviderType as any)[type.replace(/[-.](.)/g, (_, letter) => letter.toUpperCase())];
}

/** A spec with what its type must have, and without what it cannot have. */
function consistent(spec: any): any {
  const [required, optional] = TAKEN[spec.type].map((fields) => fields.split(' '));
  const result = { ...spec };
  for (const field of OF_A_TYPE) {
    if (required.includes(field)) {
      result[field] ??= field === 'secretRef' ? { name: 's' } : 'x';
    } else if (!optional.includes(field)) {
      delete result[field];
    }
  }
  if (result.type === 'zulip') {
    result.channel += '/topic';
  }
  if (!result.address && !result.secretRef) {
    result.address = 'x';
  }
  return result;
}

function secret(reference: any): FluxSecret | undefined {
  return reference && FluxSecret.fromSecretName(reference.name);
}

function construct(scope: Construct, { type, address, channel, username, secretRef, serviceAccountName, commitStatusExpr, ...spec }: any): void {
  new FluxAlertProvider(scope, 'provider', {
    type: factoryOf(type)({ address, channel, username, secret: secret(secretRef), serviceAccountName, commitStatusExpr }),
    certSecret: secret(spec.certSecretRef),
    proxySecret: secret(spec.proxySecretRef),
    proxy: spec.proxy,
    interval: duration(spec.interval),
    timeout: duration(spec.timeout),
    suspend: spec.suspend,
  });
}

const specs = specArbitrary('Provider', {
  proxy: nameArbitrary.map((name) => `http://${name}:3128`),
  commitStatusExpr: fc.constantFrom('event.reason', 'alert.metadata.name'),
}).map(consistent);

test('every field of a Provider can be written, and comes out as it was meant', () => {
  expectFieldsCovered({ kind: 'Provider', specs, construct });
});

test('no type is given a field that it does not read', () => {
  fc.assert(fc.property(specs, ({ certSecretRef, proxySecretRef, proxy, interval, ...ofItsType }) => {
    expect([...checkObject(flux('Provider', 'provider', ofItsType))]).toEqual([]);
  }), { numRuns: 300 });
});

test('each type has a factory', () => {
  const types = schema.schema.properties.spec.properties.type.enum;
  expect(Object.keys(TAKEN).sort()).toEqual([...types].sort());
  for (const [type, [required]] of Object.entries(TAKEN)) {
    const made = factoryOf(type)({ address: 'x', secret: required.includes('secretRef') ? FluxSecret.fromSecretName('s') : undefined });
    expect(made.type).toBe(type);
  }
  const factories = Object.getOwnPropertyNames(AlertProviderType).filter((name) => typeof (AlertProviderType as any)[name] === 'function');
  expect(factories).toHaveLength(Object.keys(TAKEN).length);
});
