import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { CONTROLLERS, KindSchema, readSchemas } from '../../scripts/read-schemas';
import { fluxKinds } from '../../src/schema/kinds';

const ROOT = join(__dirname, '..', '..');
const DATA = join(ROOT, 'src', 'schema', 'data');
const PROGRAMS = join(ROOT, 'test', 'e2e', 'programs');
/** Kinds whose controller is no Go module that can be had; their data is written by hand. */
const BY_HAND = ['ArtifactGenerator'];

function committed(): KindSchema[] {
  return readdirSync(DATA).map((file) => JSON.parse(readFileSync(join(DATA, file), 'utf8'))).filter(({ kind }) => !BY_HAND.includes(kind));
}

function byKind(schemas: readonly KindSchema[]): { [kind: string]: KindSchema } {
  return Object.fromEntries(schemas.map((schema) => [schema.kind, schema]));
}

test('the schemas are those of the controllers: if not, run npm run schemas', () => {
  const read = readSchemas();
  expect(byKind(committed())).toEqual(byKind(read));
  // A file holds one version of a kind.
  expect(new Set(read.map(({ kind }) => kind)).size).toBe(read.length);
});

test('the controllers that end-to-end tests run are of the same versions', () => {
  const built = readdirSync(PROGRAMS).flatMap((program) => {
    const requirement = new RegExp(`^\\tgithub\\.com/fluxcd/${program} (v\\S+)`, 'm').exec(readFileSync(join(PROGRAMS, program, 'go.mod'), 'utf8'));
    return requirement ? [`${program}@${requirement[1]}`] : [];
  });
  expect(built).not.toEqual([]);
  expect(CONTROLLERS).toEqual(expect.arrayContaining(built));
});

test('every kind is where the compiler finds it', () => {
  const source = readFileSync(join(ROOT, 'src', 'schema', 'kinds.ts'), 'utf8');
  const copied = [...source.matchAll(/import\('\.\/data\/(\w+)\.json'\)/g)].map(([, kind]) => kind);
  expect(copied).toEqual(readdirSync(DATA).map((file) => file.replace('.json', '')).sort());
  expect(fluxKinds().map(({ kind }) => kind)).toEqual(copied);
});

/** What src/schema makes of structural schemas; a keyword that it does not know would go unnoticed. */
test('no schema has a keyword that is not looked at', () => {
  const looked = [
    'type', 'properties', 'additionalProperties', 'items', 'required', 'default', 'enum', 'pattern', 'minLength', 'maxLength', 'minItems', 'maxItems', 'minimum', 'maximum',
    'x-kubernetes-preserve-unknown-fields', 'x-kubernetes-list-type', 'x-kubernetes-list-map-keys', 'x-kubernetes-validations',
    // It matters only to who owns which field.
    'x-kubernetes-map-type',
    // All formats are of numbers in a status, and of its times; the server forgets the status of what is applied.
    'format',
  ];
  const unknown = new Set<string>();
  const visit = (schema: any, path: string): void => {
    Object.keys(schema).filter((keyword) => !looked.includes(keyword) || keyword === 'format' && !/^\w+\.status\./.test(path)).forEach((keyword) => unknown.add(`${path} ${keyword}`));
    Object.entries(schema.properties ?? {}).forEach(([name, inner]) => visit(inner, `${path}.${name}`));
    [schema.items, schema.additionalProperties].forEach((inner) => typeof inner === 'object' && visit(inner, path));
  };
  fluxKinds().forEach(({ kind, schema }) => visit(schema, kind));
  expect([...unknown]).toEqual([]);
});
