import * as fc from 'fast-check';
import { FluxSecret } from '../../src/flux';
import { FluxReceiver, ReceiverResource, ReceiverType } from '../../src/notification';
import { apiVersionOf } from '../../src/notification/flux-kind';
import * as schema from '../../src/schema/data/Receiver.json';
import { expectFieldsCovered } from '../flux/coverage';
import { duration } from '../flux/go-duration';
import { specArbitrary } from '../schema/spec-arbitrary';

const WITH_EVENTS = ['github', 'gitlab', 'bitbucket', 'cdevents'];
const TYPES: string[] = schema.schema.properties.spec.properties.type.enum;

function factoryOf(type: string): (...args: any[]) => ReceiverType {
  return (ReceiverType as any)[type.replace(/-(.)/g, (_, letter) => letter.toUpperCase())];
}

/** A spec that the rules of the API server allow, without what the type does not read. */
function consistent({ type, secretRef, events, oidcProviders, resources, ...spec }: any): any {
  return {
    ...spec,
    type,
    ...type === 'generic-oidc'
      ? { oidcProviders: (oidcProviders ?? [{ validations: [{ expression: 'true', message: 'm' }] }]).map(issuedBy) }
      : { secretRef: secretRef ?? { name: 's' } },
    ...WITH_EVENTS.includes(type) && events ? { events } : {},
    resources: resources.map(({ matchLabels, ...resource }: any) => ({
      ...resource, apiVersion: apiVersionOf(resource.kind), ...matchLabels ? { name: '*', matchLabels } : {},
    })),
  };
}

/** Each issuer may be there once. */
function issuedBy(provider: any, index: number): any {
  return { ...provider, issuerURL: `https://issuer-${index}.example` };
}

function resourceOf({ kind, name, namespace, matchLabels, filter }: any): ReceiverResource {
  return matchLabels
    ? ReceiverResource.forAll(kind, matchLabels, { namespace, filter })
    : ReceiverResource.forName(kind, name, { namespace, filter });
}

function typeOf({ type, secretRef, events, oidcProviders }: any): ReceiverType {
  return type === 'generic-oidc'
    ? ReceiverType.genericOidc(oidcProviders.map(({ issuerURL, ...provider }: any) => ({ ...provider, issuerUrl: issuerURL })))
    : factoryOf(type)(FluxSecret.fromSecretName(secretRef.name), events);
}

test('every field of a Receiver can be written, and comes out as it was meant', () => {
  const expression = fc.constantFrom('claims.repository_owner == "team"', 'res.metadata.name == req.tag');
  expectFieldsCovered({
    kind: 'Receiver',
    specs: specArbitrary('Receiver', {
      'type': fc.constantFrom(...TYPES, 'generic-oidc', 'generic-oidc', 'generic-oidc'),
      'resourceFilter': expression,
      'resources.filter': expression,
      'oidcProviders.issuerURL': fc.constant('https://issuer.example'),
      'oidcProviders.validations.expression': expression,
      'oidcProviders.variables.expression': expression,
    }).map(consistent),
    construct(scope, spec) {
      const { resources, resourceFilter, interval, suspend } = spec;
      new FluxReceiver(scope, 'receiver', {
        type: typeOf(spec), resources: resources.map(resourceOf), resourceFilter, suspend, interval: duration(interval),
      });
    },
  });
});

test('each type has a factory', () => {
  const oidcProviders = [{ issuerUrl: 'https://x', validations: [{ expression: 'true', message: 'm' }] }];
  expect(TYPES.map((type) => factoryOf(type)(type === 'generic-oidc' ? oidcProviders : FluxSecret.token('s')).type)).toEqual(TYPES);
  const factories = Object.getOwnPropertyNames(ReceiverType).filter((name) => typeof (ReceiverType as any)[name] === 'function');
  expect(factories).toHaveLength(TYPES.length);
});
