import { App, Chart, Duration, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { FluxSecret } from '../../src/flux';
import { FluxImageRepository } from '../../src/image';
import { RegistryProvider, RegistryProviderOptions } from '../../src/source';
import { fieldPaths } from '../flux/field-paths';
import { duration } from '../flux/go-duration';
import { nameArbitrary, specArbitrary, specFieldPaths } from '../schema/spec-arbitrary';

const KIND = 'ImageRepository';
const FIELDS = specFieldPaths(KIND);

const PROVIDERS: { readonly [provider: string]: (options: RegistryProviderOptions) => RegistryProvider } = {
  generic: RegistryProvider.generic, aws: RegistryProvider.aws, azure: RegistryProvider.azure, gcp: RegistryProvider.gcp,
};

const secret = (reference: any, make: (name: string) => FluxSecret) => reference && make(reference.name);

function construct(scope: Chart, spec: any): void {
  new FluxImageRepository(scope, 'app', {
    image: spec.image,
    interval: duration(spec.interval),
    timeout: duration(spec.timeout),
    secret: secret(spec.secretRef, FluxSecret.registry),
    provider: spec.provider && PROVIDERS[spec.provider](spec),
    certSecret: secret(spec.certSecretRef, FluxSecret.tls),
    proxySecret: secret(spec.proxySecretRef, FluxSecret.proxy),
    insecure: spec.insecure,
    exclusionList: spec.exclusionList,
    accessFrom: spec.accessFrom,
    suspend: spec.suspend,
  });
}

function rendered(spec: any): any {
  const chart = new Chart(new App(), 'chart');
  construct(chart, spec);
  return Testing.synth(chart)[0].spec;
}

/** Specs that hold together: a service account goes with a provider, and a login by Secret with the generic one or none. */
const specs = specArbitrary(KIND, {
  image: fc.tuple(fc.constantFrom('', 'registry.example.com/', 'registry:5000/'), nameArbitrary).map(([host, name]) => `${host}team/${name}`),
}).map(({ provider, serviceAccountName, secretRef, ...spec }) => ({
  ...spec,
  ...provider && { provider },
  ...provider && serviceAccountName && { serviceAccountName },
  ...secretRef && (!provider || provider === 'generic') && { secretRef },
}));

test('whatever the CRD lets one write comes out as it was meant', () => {
  const reached = new Set<string>();
  fc.assert(fc.property(specs, (spec) => {
    const result = rendered(spec);
    expect(result).toEqual(spec);
    fieldPaths(result, FIELDS).forEach((path) => reached.add(path));
  }), { numRuns: 200 });
  expect([...reached].sort()).toEqual(FIELDS);
});

test('what is not given is left to Flux, but for the interval', () => {
  expect(rendered({ image: 'team/app' })).toEqual({ image: 'team/app', interval: '1m' });
});

test('the timeout is written without hours, which the API server refuses there', () => {
  const chart = new Chart(new App(), 'chart');
  new FluxImageRepository(chart, 'app', { image: 'team/app', timeout: Duration.hours(2), interval: Duration.hours(2) });
  expect(Testing.synth(chart)[0].spec).toMatchObject({ timeout: '120m', interval: '2h' });
});
