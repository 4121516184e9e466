import { App, Chart, JsonPatch, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { FluxObject } from '../../src/flux';

describe('what is rendered is looked at in a plain App too', () => {
  class Source extends FluxObject {
    constructor(scope: Construct, private readonly spec: any) {
      super(scope, 'source', { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', defaultName: 'cart' });
    }

    protected _toSpec(): any {
      return this.spec;
    }
  }
  const SPEC = { interval: '1m', url: 'https://git.example/cart.git', ref: { branch: 'main' } };

  test('by the schema of its kind, patches and all', () => {
    const chart = new Chart(new App(), 'chart');
    new Source(chart, SPEC).apiObject.addJsonPatch(JsonPatch.add('/spec/intervall', '2m'));
    expect(() => Testing.synth(chart)).toThrow('chart/source: GitRepository flux-system/cart: spec.intervall: ');
  });

  test('by the rules for its kind', () => {
    const chart = new Chart(new App(), 'chart');
    new Source(chart, { ...SPEC, ref: { branch: 'main', tag: 'v1' } });
    expect(() => Testing.synth(chart)).toThrow("spec.ref.branch: Flux follows 'ref.tag'");
  });

  test('warnings stop nothing', () => {
    const chart = new Chart(new App(), 'chart');
    new Source(chart, { ...SPEC, ref: undefined });
    expect(Testing.synth(chart)).toHaveLength(1);
  });
});
