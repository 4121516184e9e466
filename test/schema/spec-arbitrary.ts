import { readFileSync } from 'fs';
import { join } from 'path';
import * as fc from 'fast-check';

/** What to generate at a path of `spec` in place of what the schema says. `undefined` from it leaves the field out. */
export type Overrides = { readonly [path: string]: fc.Arbitrary<any> };

const DURATIONS = ['500ms', '1s', '30s', '1m', '1m30s', '59m', '1m30s500ms'];
const PATTERNS: { readonly [pattern: string]: fc.Arbitrary<string> } = {
  '^([0-9]+(\\.[0-9]+)?(ms|s|m))+$': fc.constantFrom(...DURATIONS, '90m'),
  '^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$': fc.constantFrom(...DURATIONS, '1h', '26h30m'),
};

/** A name that will do for an object, a label and most texts. */
export const nameArbitrary = fc.stringMatching(/^[a-z]([-a-z0-9]{0,8}[a-z0-9])?$/);

/** Specs of a kind of Flux, each field there or not, as its schema has them. Durations are written as this library writes them. */
export function specArbitrary(kind: string, overrides: Overrides = {}): fc.Arbitrary<any> {
  return arbitrary(specSchema(kind), '', overrides);
}

/** The paths of all fields of `spec` that hold a value: `verify.secretRef.name`. Items of a list are taken together; below a map it does not look. */
export function specFieldPaths(kind: string): string[] {
  const paths: string[] = [];
  const visit = (schema: any, path: string): void => {
    if (schema.items) {
      visit(schema.items, path);
    } else if (schema.properties) {
      Object.entries(schema.properties).forEach(([name, inner]) => visit(inner, path ? `${path}.${name}` : name));
    } else {
      paths.push(path);
    }
  };
  visit(specSchema(kind), '');
  return paths.sort();
}

function specSchema(kind: string): any {
  return JSON.parse(readFileSync(join(__dirname, '..', '..', 'src', 'schema', 'data', `${kind}.json`), 'utf8')).schema.properties.spec;
}

function arbitrary(schema: any, path: string, overrides: Overrides): fc.Arbitrary<any> {
  if (overrides[path]) {
    return overrides[path];
  }
  if (schema.enum) {
    return fc.constantFrom(...schema.enum);
  }
  if (schema['x-kubernetes-preserve-unknown-fields']) {
    return fc.dictionary(nameArbitrary, fc.oneof(nameArbitrary, fc.integer(), fc.boolean()), { minKeys: 1, maxKeys: 3, noNullPrototype: true });
  }
  switch (schema.type) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: schema.minimum ?? 0, max: 10 });
    case 'array':
      return fc.array(arbitrary(schema.items, path, overrides), { minLength: 1, maxLength: 2 });
    case 'object':
      return schema.additionalProperties
        ? fc.dictionary(nameArbitrary, arbitrary(schema.additionalProperties, `${path}.*`, overrides), { minKeys: 1, maxKeys: 2, noNullPrototype: true })
        : objectArbitrary(schema, path, overrides);
    default:
      return textArbitrary(schema, path);
  }
}

function objectArbitrary({ properties = {}, required = [] }: any, path: string, overrides: Overrides): fc.Arbitrary<any> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, inner]) => {
    const value = arbitrary(inner, path ? `${path}.${name}` : name, overrides);
    return [name, required.includes(name) ? value : fc.option(value, { nil: undefined })];
  }));
  return fc.record(fields).map(present);
}

/** Without what was left out, and without what is empty of it. */
function present(fields: { [name: string]: any }): any {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => (
    value !== undefined && !(typeof value === 'object' && Object.keys(value).length === 0)
  )));
}

function textArbitrary({ pattern, maxLength = 20 }: any, path: string): fc.Arbitrary<string> {
  if (pattern === undefined) {
    return nameArbitrary.filter(({ length }) => length <= maxLength);
  }
  if (!PATTERNS[pattern]) {
    throw new Error(`spec.${path}: give an arbitrary for ${pattern}`);
  }
  return PATTERNS[pattern];
}
