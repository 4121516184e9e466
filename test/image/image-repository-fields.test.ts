import { App, Chart, Duration, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { FluxSecret } from '../../src/flux';
import { FluxImageRepository } from '../../src/image';
import { expectFieldsCovered } from '../flux/coverage';
import { duration } from '../flux/go-duration';
import { nameArbitrary, specArbitrary } from '../schema/spec-arbitrary';
import { registryProviderOf } from '../source/alternatives';

const KIND = 'ImageRepository';

const secret = (reference: any, make: (name: string) => FluxSecret) => reference && make(reference.name);

function construct(scope: Construct, spec: any): void {
  new FluxImageRepository(scope, 'app', {
    image: spec.image,
    interval: duration(spec.interval),
    timeout: duration(spec.timeout),
    secret: secret(spec.secretRef, FluxSecret.registry),
    provider: registryProviderOf(spec),
    certSecret: secret(spec.certSecretRef, FluxSecret.tls),
    proxySecret: secret(spec.proxySecretRef, FluxSecret.proxy),
    insecure: spec.insecure,
    exclusionList: spec.exclusionList,
    accessFrom: spec.accessFrom,
    suspend: spec.suspend,
  });
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

test('every field of an ImageRepository can be written, and comes out as it was meant', () => {
  expectFieldsCovered({ kind: KIND, specs, construct });
});

test('what is not given is left to Flux, but for the interval', () => {
  const chart = new Chart(new App(), 'chart');
  new FluxImageRepository(chart, 'app', { image: 'team/app' });
  expect(Testing.synth(chart)[0].spec).toEqual({ image: 'team/app', interval: '1m' });
});

test('the timeout is written without hours, which the API server refuses there', () => {
  const chart = new Chart(new App(), 'chart');
  new FluxImageRepository(chart, 'app', { image: 'team/app', timeout: Duration.hours(2), interval: Duration.hours(2) });
  expect(Testing.synth(chart)[0].spec).toMatchObject({ timeout: '120m', interval: '2h' });
});
