import { isMap, schemaUnder } from './completed';
import { Schema } from './kinds';

/** An entry of a list that has the same key as one before it. */
export interface Duplicate {
  /** Where the entry is. */
  readonly place: readonly (string | number)[];
  /** Number of the first that has the key. */
  readonly first: number;
  /** Fields that make the key; none if the entry as a whole does. */
  readonly keys: readonly string[];
}

/** A function that finds entries which are there twice in lists that the API server takes for maps or sets. */
export function duplicates(schema: Schema): (value: any) => readonly Duplicate[] {
  return hasKeys(schema) ? (value) => inside(value, schema, []) : () => [];
}

function inside(value: any, schema: Schema, place: readonly (string | number)[]): readonly Duplicate[] {
  if (Array.isArray(value)) {
    const { items = {} } = schema;
    return [...duplicateItems(value, schema, place), ...value.flatMap((item, index) => inside(item, items, [...place, index]))];
  }
  return isMap(value) ? Object.keys(value).flatMap((key) => {
    const under = schemaUnder(schema, key);
    return under ? inside(value[key], under, [...place, key]) : [];
  }) : [];
}

/** Whether there is such a list in the schema. */
function hasKeys({ items, properties, additionalProperties, ...rest }: Schema): boolean {
  return ['map', 'set'].includes(rest['x-kubernetes-list-type'] ?? '')
    || [items, additionalProperties, ...Object.values(properties ?? {})].some((inner) => typeof inner === 'object' && hasKeys(inner));
}

function duplicateItems(list: readonly any[], schema: Schema, place: readonly (string | number)[]): Duplicate[] {
  const type = schema['x-kubernetes-list-type'];
  if (type !== 'map' && type !== 'set') {
    return [];
  }
  const keys = type === 'map' ? schema['x-kubernetes-list-map-keys'] ?? [] : [];
  const seen = new Map<string, number>();
  return list.flatMap((item, index) => {
    const parts = type === 'set' ? [item] : keys.map((each) => item?.[each]);
    if (parts.some((part) => part === null || !['string', 'number', 'boolean'].includes(typeof part))) {
      return [];
    }
    const key = JSON.stringify(parts);
    const first = seen.get(key);
    seen.set(key, first ?? index);
    return first === undefined ? [] : [{ place: [...place, index], first, keys }];
  });
}
