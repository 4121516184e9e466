import * as fc from 'fast-check';
import { Dice } from './dice';
import { MUTATIONS } from './mutations';
import { GENERATED_KINDS, objectArbitrary } from './object-arbitrary';
import { SCHEMA_RULES, SchemaComplaint, schemaComplaints } from '../../src/schema';
import { METADATA_SCHEMA } from '../../src/schema/metadata';

const IDS: readonly string[] = SCHEMA_RULES.map(({ id }) => id);

/** What schemaComplaints says, and whether it says it as it should. */
function judged(object: any): SchemaComplaint[] {
  const before = JSON.stringify(object);
  const complaints = schemaComplaints(object);
  expect(JSON.stringify(object)).toBe(before);
  for (const { rule, field, problem, remedy } of complaints) {
    expect(IDS).toContain(rule);
    expect(field).toMatch(/^\S.*$/);
    [problem, remedy].forEach((text) => expect(text).toMatch(/^.*[^. \n]$/));
  }
  schemaComplaints(object, { substituted: true });
  return complaints;
}

describe('generated objects', () => {
  const kinds = GENERATED_KINDS.map((kind) => [kind.kind, kind] as const);

  test.each(kinds)('nothing is said of any %s that its CRD takes', (_, kind) => {
    fc.assert(fc.property(objectArbitrary(kind), (object) => {
      expect(judged(object)).toEqual([]);
    }));
  });

  test.each(kinds)('what is said of a broken %s is fit to be read', (_, kind) => {
    const seeds = fc.integer({ min: 1, max: 1e6 });
    fc.assert(fc.property(objectArbitrary(kind), fc.constantFrom(...Object.values(MUTATIONS)), seeds, (object, mutation, seed) => {
      mutation(object, kind, new Dice(seed));
      judged(object);
    }), { numRuns: 300 });
  });

  test('any JSON may be given', () => {
    const fieldsOf = (schema: any = {}) => (
      fc.record(Object.fromEntries(Object.keys(schema.properties ?? {}).map((field) => [field, fc.jsonValue()])), { requiredKeys: [] })
    );
    const kind = fc.oneof(fc.constantFrom(...GENERATED_KINDS.map((each) => each.kind)), fc.jsonValue());
    const object = fc.constantFrom(...GENERATED_KINDS).chain(({ apiVersion, schema: { properties } }) => fc.record({
      apiVersion: fc.constant(apiVersion),
      kind,
      metadata: fc.oneof(fc.jsonValue(), fieldsOf(METADATA_SCHEMA)),
      spec: fc.oneof(fc.jsonValue(), fieldsOf(properties!.spec)),
      status: fc.oneof(fc.jsonValue(), fieldsOf(properties!.status)),
    }));
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), object), (any: any) => {
      judged(any);
    }), { numRuns: 300 });
  });

  test.each([
    ['nested deeply', JSON.parse(`${'{"a":['.repeat(20_000)}1${']}'.repeat(20_000)}`)],
    ['a long list', Array(2000).fill('${a}')],
    ['no JSON', 10n],
    ['a key that is more than a key', JSON.parse('{"__proto__": {"a": 1}, "constructor": null}')],
  ])('so may be what is unusual: %s', (_, value) => {
    for (const { apiVersion, kind, schema } of GENERATED_KINDS) {
      const fields = Object.fromEntries(Object.keys(schema.properties!.spec.properties!).map((field) => [field, value]));
      const metadata = { labels: value };
      for (const object of [{ apiVersion, kind, metadata, spec: value, status: value }, { apiVersion, kind, metadata: value, spec: fields }]) {
        expect(schemaComplaints(object)).not.toEqual([]);
        expect(schemaComplaints(object, { substituted: true })).not.toEqual([]);
      }
    }
  });
});
