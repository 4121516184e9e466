import { AlertSource, FluxAlert, FluxAlertProvider } from '../../src/notification';
import { expectFieldsCovered } from '../flux/coverage';
import { specArbitrary } from '../schema/spec-arbitrary';

/** Labels go with all of a kind. */
function consistent({ apiVersion, matchLabels, ...source }: any): any {
  return matchLabels ? { ...source, name: '*', matchLabels } : source;
}

function sourceOf({ kind, name, namespace, matchLabels }: any): AlertSource {
  return name === '*' ? AlertSource.forAll(kind, { namespace, matchLabels }) : AlertSource.forName(kind, name, namespace);
}

test('every field of an Alert can be written, and comes out as it was meant', () => {
  expectFieldsCovered({
    kind: 'Alert',
    specs: specArbitrary('Alert').map(({ eventSources, ...spec }) => ({ ...spec, eventSources: eventSources.map(consistent) })),
    unwritable: { 'eventSources.apiVersion': 'notification-controller goes by kind, name and namespace' },
    construct(scope, { providerRef, eventSources, ...spec }) {
      const provider = FluxAlertProvider.fromProviderName(scope, 'provider', providerRef.name);
      new FluxAlert(scope, 'alert', { provider, eventSources: eventSources.map(sourceOf), ...spec });
    },
  });
});
