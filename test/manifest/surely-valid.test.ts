import Ajv from 'ajv';
import * as fc from 'fast-check';
import schema from '../../src/manifest/delivery.schema.json';
import { surelyValid } from '../../src/manifest/surely-valid';

const validate = new Ajv({ meta: false, validateSchema: false }).compile(schema);

const target = { role: 'manifests', branch: 'a', path: '', files: ['x'], exceptions: [{ construct: 'a/b', object: 'Secret a/b', rule: 'r', reason: 'why' }] };
const valid = {
  version: 1,
  app: 'shop',
  inputs: { tag: '1' },
  repositories: [{ name: 'm', url: 'https://h/m.git', targets: [target, { role: 'config', branch: 'b', path: 'p', files: [] }] }],
  registries: [{ name: 'r', url: 'oci://h/r', artifacts: [{ artifact: 'a', tag: 'latest', files: ['x'] }] }],
  unclaimed: ['y'],
  existing: [{ group: '', kind: 'Namespace', name: 'n' }],
};

test('takes what is in order, without a word of what it does not know', () => {
  expect(surelyValid(schema, valid)).toBe(true);
});

test('is of one mind with a real implementation, whatever is put in the place of what', () => {
  const places: (string | number)[][] = [];
  JSON.stringify(valid, function (this: any, key, value) {
    places.push(key === '' ? [] : [...paths.get(this)!, key]);
    if (typeof value === 'object') {
      paths.set(value, places[places.length - 1]);
    }
    return value;
  });
  let taken = 0;
  fc.assert(fc.property(fc.constantFrom(...places), fc.oneof(fc.constant(undefined), fc.constantFrom<unknown>('config', 1, [], {}, true, null), fc.jsonValue()), fc.string(), (place, value, name) => {
    const once = changed(structuredClone(valid), place, structuredClone(value));
    const document = JSON.parse(JSON.stringify(changed(once, [...place, name], structuredClone(value), true)));
    const right = validate(document);
    taken += Number(right);
    expect(surelyValid(schema, document)).toBe(right);
  }), { numRuns: 500 });
  expect(taken).toBeGreaterThan(20);
});

test.each([
  ['a keyword that it does not know', { minLength: 3 }],
  ['a type that it does not know', { type: 'integer' }],
  ['a reference that leads nowhere', { $ref: '#/definitions/none' }],
  ['a reference to elsewhere', { $ref: 'https://example.com/schema' }],
  ['an object as constant', { const: {} }],
])('is not sure about %s', (_, part) => {
  expect(surelyValid(part, 'text')).toBe(false);
});

const paths = new WeakMap<object, (string | number)[]>([]);

/** Puts something in a place, or takes away what is there. */
function changed(document: any, place: (string | number)[], value: unknown, onlyNew = false): unknown {
  if (place.length === 0) {
    return value === undefined ? document : value;
  }
  const holder = place.slice(0, -1).reduce((part, key) => part?.[key], document);
  const key = place[place.length - 1];
  if (typeof holder !== 'object' || holder === null || onlyNew && (Array.isArray(holder) || key in holder)) {
    return document;
  } else if (value === undefined) {
    delete holder[key];
  } else {
    Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return document;
}
