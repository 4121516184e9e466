import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { FluxObject, FluxObjectOptions } from '../../src/flux';

class Probe extends FluxObject {
  constructor(scope: Construct, id: string, options: FluxObjectOptions = {}, defaultName = 'probe', private readonly spec: any = {}) {
    super(scope, id, { ...options, apiVersion: 'example.org/v1', kind: 'Probe', defaultName });
  }

  protected _toSpec(): any {
    return this.spec;
  }
}

function newChart(): Chart {
  return new Chart(new App(), 'chart', { namespace: 'shop' });
}

test('it is in flux-system whatever the namespace of its chart, and has its default name', () => {
  const chart = newChart();
  const probe = new Probe(chart, 'probe', {}, 'by-default', { field: 1 });
  expect([probe.objectName, probe.objectNamespace, FluxObject.DEFAULT_NAMESPACE]).toEqual(['by-default', 'flux-system', 'flux-system']);
  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "example.org/v1",
    "kind": "Probe",
    "metadata": {
      "name": "by-default",
      "namespace": "flux-system",
    },
    "spec": {
      "field": 1,
    },
  },
]
`);
});

test('name, namespace, labels and annotations are those given, beside the labels of the chart', () => {
  const chart = new Chart(new App(), 'chart', { labels: { team: 'blue' } });
  new Probe(chart, 'probe', { name: 'given', namespace: 'elsewhere', labels: { tier: 'web' }, annotations: { note: 'x' } });
  expect(Testing.synth(chart)[0].metadata).toEqual({
    name: 'given', namespace: 'elsewhere', labels: { team: 'blue', tier: 'web' }, annotations: { note: 'x' },
  });
});

test('its object is its default child, and a patch reaches every field of it', () => {
  const chart = newChart();
  const probe = new Probe(chart, 'probe', {}, 'probe', { field: 1 });
  expect(ApiObject.of(probe)).toBe(probe.apiObject);
  expect(probe.node.defaultChild).toBe(probe.apiObject);
  ApiObject.of(probe).addJsonPatch(JsonPatch.replace('/spec/field', 2), JsonPatch.add('/spec/unthought', { of: true }));
  expect(Testing.synth(chart)[0].spec).toEqual({ field: 2, unthought: { of: true } });
});

test('the spec is made when it is rendered, not before', () => {
  const chart = newChart();
  const spec: any = {};
  new Probe(chart, 'probe', {}, 'probe', spec);
  spec.late = true;
  expect(Testing.synth(chart)[0].spec).toEqual({ late: true });
});

test.each(['Cart', 'a.b', 'a_b', '-a', 'a'.repeat(64)])('it cannot be named %s', (name) => {
  expect(() => new Probe(newChart(), 'probe', { name })).toThrow(
    `chart/probe: '${name}' cannot be the name of a Probe. Give a 'name' of lower-case letters, digits and hyphens, at most 63 characters.`,
  );
});

test.each([
  ['neither given nor implied', {}],
  ['given but empty', { name: '' }],
])('a missing name is asked for (%s)', (_, options) => {
  expect(() => new Probe(newChart(), 'probe', options, '')).toThrow(
    "chart/probe: the Probe has no name. Give a 'name' of lower-case letters, digits and hyphens, at most 63 characters.",
  );
});

test.each(['Shop', '', 'a.b', 'a'.repeat(64)])('it cannot be in a namespace %j', (namespace) => {
  expect(() => new Probe(newChart(), 'probe', { namespace })).toThrow(`chart/probe: '${namespace}' is no namespace. Give a DNS label of at most 63 characters.`);
});
