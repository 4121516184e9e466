import { Dice } from './dice';
import { METADATA_VARIANTS } from './metadata-variants';
import { isMap, Spot, spotsOf } from './spots';
import { FluxKind, fluxKinds, Schema } from '../../src/schema/kinds';

/** Changes an object at one place. Returns false if the object has no such place. */
type Mutation = (object: any, kind: FluxKind, dice: Dice) => boolean | void;

const VALUES = [
  'text', '', 'true', '5', '1m', 5, 0, -1, 1.5, 2 ** 53, 2 ** 63, 1e300, true, false, null, [], ['a'], [null], [1], {}, { name: 'a' }, { a: { b: 1 } },
];
const NUMBERS = [0, -1, -2, 1, 1.5, 0.1, 1e15, 1e18, 1e19, -1e18, -1e19, 1e21, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 62, 2 ** 63, -(2 ** 63), '1', null];
const TEXTS = [
  '', ' ', '1d', '1 m', '1h', '10', '-1m', '1.5h', '.5s', '1.m', '1m1', '1M', 'm', '1m\n', '\n1m',
  'http://', 'https://a b', 'HTTPS://a', 'git@host:a', 'oci://a\nb', 'ssh://a\u2028b', 'https://a\r', 'oci://', 'sha256:abc',
  '/a', '*', 'a b', 'a_b', 'a[0]', 'a[123456]', 'a..b', 'é', '😀', '+a', ':', ...[63, 64, 253, 254, 300].map((length) => 'x'.repeat(length)),
];
/** Among them what every map of JavaScript seems to have. */
const FIELDS = ['unknown', 'Spec', 'name ', '__proto__x', 'constructor', 'toString', 'valueOf', 'hasOwnProperty', 'status', 'ref', 'namespace'];
const KEYS = ['', ' ', 'a b', 'a/b', 'é', 'constructor', '0'];
const STATUSES = [
  null, {}, [], 'Ready', { other: 1 }, { lastHandledReconcileAt: 'now' }, { artifact: { digest: 'x', size: 1.5 } }, { artifact: { url: 5 } },
  ...[1, '1', 1.5, null].map((observedGeneration) => ({ observedGeneration })),
  ...[
    null, [], {}, [null], [{ type: 'Ready' }], [{ type: 5 }], [{ type: '', status: 'Maybe', other: 1 }], [{ type: 'Ready' }, { type: 'Ready' }],
    [{ type: 'Ready', status: 'Maybe', lastTransitionTime: 'now' }],
  ].map((conditions) => ({ conditions })),
];

/** Ways to change an object, each by its name; most of them break it, some only nearly. */
export const MUTATIONS: { readonly [name: string]: Mutation } = {
  'nothing': () => true,
  'unknown field': (object, kind, dice) => {
    const maps = spotsOf(object, kind).filter(({ schema }) => schema.properties).map(({ value }) => value);
    dice.pick([object, object.metadata, object.spec, ...maps].filter(isMap))[dice.pick(FIELDS)] = dice.pick(VALUES);
  },
  'misspelt field': anywhere(isField, (dice, { holder, key, value }) => {
    const name = String(key);
    delete holder[key];
    holder[dice.pick([`${name}s`, name.toLowerCase(), name.slice(1)])] = value;
  }),
  'missing field': anywhere(({ required }) => required, (_, { holder, key }) => delete holder[key]),
  'left out field': anywhere(isField, (_, { holder, key }) => delete holder[key]),
  'new field': anywhere(({ schema }) => schema.properties, (dice, { value, schema }) => {
    const [field, inner] = dice.pick(Object.entries(schema.properties!));
    value[field] = filled(inner, dice);
  }),
  'other type': put(() => true, VALUES),
  'null': put(() => true, [null]),
  'pattern': put(({ schema }) => schema.pattern, TEXTS),
  'any text': put(isText, TEXTS),
  'empty text': put(isText, ['']),
  'number': put(({ schema }) => schema.type === 'integer', NUMBERS),
  'enum': anywhere(({ schema }) => schema.enum, (dice, { holder, key, value }) => {
    holder[key] = dice.pick(['', 'other', String(value).toLowerCase(), String(value).toUpperCase(), `${value} `, `${value}s`, 'constructor']);
  }),
  'bounds of a text': anywhere(({ schema }) => schema.maxLength ?? schema.minLength, (dice, { holder, key, schema: { maxLength = 300, minLength = 0 } }) => {
    const lengths = [maxLength, maxLength + 1, Math.ceil(maxLength / 2) + 1, minLength, Math.max(0, minLength - 1)];
    holder[key] = dice.pick(['x', '😀', 'é']).repeat(dice.pick(lengths));
  }),
  'bounds of a list': anywhere(({ schema }) => schema.maxItems ?? schema.minItems, (dice, { holder, key, value, schema: { maxItems = 30, minItems = 0 } }) => {
    holder[key] = Array(dice.pick([maxItems, maxItems + 1, minItems, Math.max(0, minItems - 1)])).fill(value[0]);
  }),
  'empty map or list': anywhere(({ value }) => value !== null && typeof value === 'object', (_, { holder, key, value }) => {
    holder[key] = Array.isArray(value) ? [] : {};
  }),
  'entry twice': anywhere(({ value }) => Array.isArray(value), (_, { value }) => value.push(structuredClone(value[0]))),
  'another entry': anywhere(({ value }) => Array.isArray(value), (dice, { value }) => value.push(structuredClone(dice.pick(VALUES)))),
  'another key': anywhere(({ schema }) => schema.additionalProperties ?? schema['x-kubernetes-preserve-unknown-fields'], (dice, { value }) => {
    value[dice.pick(KEYS)] = structuredClone(dice.pick(VALUES));
  }),
  'fields against each other': (object, kind, dice) => {
    const spec = { value: object.spec, schema: kind.schema.properties!.spec };
    const ruled = [spec, ...spotsOf(object, kind)].filter(({ value, schema }) => isMap(value) && schema['x-kubernetes-validations']);
    if (!ruled.length) {
      return false;
    }
    const { value, schema } = dice.pick(ruled);
    const fields = [...new Set([...dice.pick(schema['x-kubernetes-validations']!).rule.matchAll(/\bself\.(\w+)/g)].map(([, field]) => field))];
    const set = (field: string) => value[field] = filled(schema.properties![field], dice);
    const unset = (field: string) => delete value[field];
    dice.pick([
      () => fields.forEach(unset), () => fields.forEach(set), () => unset(dice.pick(fields)), () => set(dice.pick(fields)),
    ])();
    return true;
  },
  'metadata': (object, _, dice) => {
    const field = dice.pick(Object.keys(METADATA_VARIANTS));
    object.metadata[field] = structuredClone(dice.pick(METADATA_VARIANTS[field]));
  },
  'no metadata': (object, _, dice) => {
    object.metadata = dice.pick([null, {}, [], 'a', undefined]);
  },
  'status': (object, _, dice) => {
    object.status = structuredClone(dice.pick(STATUSES));
  },
  'spec': (object, _, dice) => {
    object.spec = dice.pick([{}, [], 'a', 5, true, null, undefined]);
  },
  'field of the object': (object, _, dice) => {
    object[dice.pick(['data', 'Spec', 'status ', 'items', 'constructor', 'apiversion'])] = dice.pick(VALUES);
  },
  'version or kind': (object, { apiVersion, kind }, dice) => {
    const group = apiVersion.split('/')[0];
    Object.assign(object, dice.pick([
      ...['/v1alpha1', '/v1beta1', '/v1beta2', '/v2beta1', '/V1', '/', '', '/v1/x'].map((version) => ({ apiVersion: `${group}${version}` })),
      ...[dice.pick(fluxKinds()).kind, kind.toLowerCase(), `${kind}s`, `${kind}List`, '', 5, null].map((other) => ({ kind: other })),
      { apiVersion: dice.pick(fluxKinds()).apiVersion },
    ]));
  },
};

/** A mutation of one of those values in the spec that fit. */
function anywhere(fits: (spot: Spot) => unknown, change: (dice: Dice, spot: Spot) => unknown): Mutation {
  return (object, kind, dice) => {
    const spots = spotsOf(object, kind).filter(fits);
    if (spots.length) {
      change(dice, dice.pick(spots));
    }
    return spots.length > 0;
  };
}

/** A mutation that puts one of the values in the place of one that fits. */
function put(fits: (spot: Spot) => unknown, values: readonly unknown[]): Mutation {
  return anywhere(fits, (dice, { holder, key }) => {
    holder[key] = structuredClone(dice.pick(values));
  });
}

function isField({ key }: Spot): boolean {
  return typeof key === 'string';
}

function isText({ schema }: Spot): boolean {
  return schema.type === 'string';
}

/** A value that has all that is required, and nothing else. */
function filled(schema: Schema, dice: Dice): any {
  switch (schema.type) {
    case 'object':
      return Object.fromEntries((schema.required ?? []).map((field) => [field, filled(schema.properties![field], dice)]));
    case 'array':
      return dice.pick([[], [filled(schema.items!, dice)]]);
    case 'boolean':
      return true;
    case 'integer':
      return 1;
    default:
      return schema.enum ? dice.pick(schema.enum) : schema.pattern?.includes('://') ? 'https://a.example' : '5m';
  }
}
