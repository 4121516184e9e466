import { App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { fieldPaths } from './field-paths';
import { schemaComplaints } from '../../src/schema';
import { specFieldPaths } from '../schema/spec-arbitrary';

/** How the specs of a kind come back from our constructs. */
export interface Coverage {
  readonly kind: string;

  /** Specs as this library can write them. */
  readonly specs: fc.Arbitrary<any>;

  /** Fields that cannot be written, each with the reason. */
  readonly unwritable?: { readonly [field: string]: string };

  /** Makes the object that a spec describes. */
  construct(scope: Construct, spec: any): void;
}

/** Tells whether every field of a kind can be written, and comes out as it was meant. */
export function expectFieldsCovered({ kind, specs, construct, unwritable = {} }: Coverage): void {
  const known = specFieldPaths(kind);
  const written = new Set<string>();
  // As JSON has them: maps of fast-check have no prototype, which cdk8s does not read.
  fc.assert(fc.property(specs.map((spec) => JSON.parse(JSON.stringify(spec))), (spec) => {
    const chart = new Chart(new App(), 'chart');
    construct(chart, spec);
    const [object, ...others] = Testing.synth(chart);
    expect(others).toEqual([]);
    expect({ kind: object.kind, spec: object.spec }).toEqual({ kind, spec });
    expect(schemaComplaints(object)).toEqual([]);
    fieldPaths(spec, known).filter((path) => path !== '').forEach((path) => written.add(path));
  }), { numRuns: 300 });
  expect([...written, ...Object.keys(unwritable)].sort()).toEqual(known);
}
