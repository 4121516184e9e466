import { Schema } from './kinds';

/**
 * A value as the API server sees it when it validates: nulls are gone where the schema allows none, and defaults are filled in.
 * What is not changed is shared with the value given, which stays as it is.
 */
export function completed(value: any, schema: Schema): any {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? completedItems(value, items) : value;
  }
  return isMap(value) ? completedMap(value, schema) : value;
}

function completedItems(list: readonly any[], items: Schema): readonly any[] {
  const result = list.map((item) => completed(isDroppedNull(item, items) ? items.default ?? null : item, items));
  return result.some((item, index) => item !== list[index]) ? result : list;
}

export function isMap(value: unknown): value is { readonly [key: string]: any } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** The schema of what is under a key; nothing if it may be anything, or nothing at all. */
export function schemaUnder({ properties, additionalProperties }: Schema, key: string): Schema | undefined {
  return properties && Object.hasOwn(properties, key) ? properties[key] : typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

function completedMap(map: { readonly [key: string]: any }, schema: Schema): any {
  let changed: { [key: string]: any } | undefined;
  for (const key of Object.keys(map)) {
    const under = schemaUnder(schema, key);
    const given = under && isDroppedNull(map[key], under) ? under.default : map[key];
    const value = under ? completed(given, under) : given;
    if (value === undefined) {
      delete (changed ??= { ...map })[key];
    } else if (value !== map[key]) {
      (changed ??= { ...map })[key] = value;
    }
  }
  for (const [key, under] of defaultsOf(schema)) {
    if (!Object.hasOwn(map, key)) {
      (changed ??= { ...map })[key] = completed(under.default, under);
    }
  }
  return changed ?? map;
}

const DEFAULTS = new WeakMap<Schema, readonly [string, Schema][]>();

function defaultsOf(schema: Schema): readonly [string, Schema][] {
  let defaults = DEFAULTS.get(schema);
  if (!defaults) {
    defaults = Object.entries(schema.properties ?? {}).filter(([, under]) => under.default !== undefined);
    DEFAULTS.set(schema, defaults);
  }
  return defaults;
}

function isDroppedNull(value: unknown, { nullable }: Schema): boolean {
  return value === undefined || value === null && !nullable;
}
