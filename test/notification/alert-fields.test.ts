import { App, Chart, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { AlertSource, FluxAlert, FluxAlertProvider } from '../../src/notification';
import { schemaComplaints } from '../../src/schema';
import { fieldPaths } from '../flux/field-paths';
import { specArbitrary, specFieldPaths } from '../schema/spec-arbitrary';

// The controller goes by kind, name and namespace alone.
const LEFT_OUT = ['eventSources.apiVersion'];

/** Labels go with all of a kind. */
function consistent({ apiVersion, matchLabels, ...source }: any): any {
  return matchLabels ? { ...source, name: '*', matchLabels } : source;
}

function sourceOf({ kind, name, namespace, matchLabels }: any): AlertSource {
  return name === '*' ? AlertSource.forAll(kind, { namespace, matchLabels }) : AlertSource.forName(kind, name, namespace);
}

test('every spec that the schema allows can be said, and every field of it', () => {
  const reached: any[] = [];
  const specs = specArbitrary('Alert').map(({ eventSources, ...spec }) => ({ ...spec, eventSources: eventSources.map(consistent) }));
  fc.assert(fc.property(specs, ({ providerRef, eventSources, ...spec }) => {
    const chart = new Chart(new App(), 'chart');
    const provider = FluxAlertProvider.fromProviderName(chart, 'provider', providerRef.name);
    new FluxAlert(chart, 'alert', { provider, eventSources: eventSources.map(sourceOf), ...spec });
    const [object] = Testing.synth(chart);
    expect(object.spec).toEqual({ providerRef, eventSources, ...spec });
    expect(schemaComplaints(object)).toEqual([]);
    reached.push(object.spec);
  }), { numRuns: 200 });
  const fields = specFieldPaths('Alert');
  expect(fieldPaths(reached, fields)).toEqual(fields.filter((field) => !LEFT_OUT.includes(field)));
});
