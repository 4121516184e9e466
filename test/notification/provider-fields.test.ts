import { App, Chart, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { FluxSecret } from '../../src/flux';
import { AlertProviderType, FluxAlertProvider } from '../../src/notification';
import { checkObject } from '../../src/rules';
import { schemaComplaints } from '../../src/schema';
import * as schema from '../../src/schema/data/Provider.json';
import { fieldPaths } from '../flux/field-paths';
import { duration } from '../flux/go-duration';
import { nameArbitrary, specArbitrary, specFieldPaths } from '../schema/spec-arbitrary';

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

function construct(scope: Chart, { type, address, channel, username, secretRef, serviceAccountName, commitStatusExpr, ...spec }: any): void {
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

test('every spec that the schema allows can be said, and every field of it', () => {
  const reached: any[] = [];
  const overrides = { proxy: nameArbitrary.map((name) => `http://${name}:3128`), commitStatusExpr: fc.constantFrom('event.reason', 'alert.metadata.name') };
  fc.assert(fc.property(specArbitrary('Provider', overrides).map(consistent), (spec) => {
    const chart = new Chart(new App(), 'chart');
    construct(chart, spec);
    const [object] = Testing.synth(chart);
    expect(object.spec).toEqual(spec);
    const { certSecretRef, proxySecretRef, proxy, interval, ...ofItsType } = object.spec;
    expect([...checkObject({ ...object, spec: ofItsType })]).toEqual([]);
    expect(schemaComplaints(object)).toEqual([]);
    reached.push(object.spec);
  }), { numRuns: 300 });
  const fields = specFieldPaths('Provider');
  expect(fieldPaths(reached, fields)).toEqual(fields);
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
