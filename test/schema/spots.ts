import { schemaUnder } from '../../src/schema/completed';
import { FluxKind, Schema } from '../../src/schema/kinds';

/** A value in an object, whose schema is known. */
export interface Spot {
  readonly holder: any;
  readonly key: string | number;
  readonly value: any;
  readonly schema: Schema;
  /** Whether the holder must have it. */
  readonly required: boolean;
}

/** All values in the spec of an object. */
export function spotsOf({ spec }: any, { schema }: FluxKind): Spot[] {
  return spotsIn(spec, schema.properties!.spec);
}

function spotsIn(holder: any, schema: Schema): Spot[] {
  const keys: readonly (string | number)[] = Array.isArray(holder) ? [...holder.keys()] : isMap(holder) ? Object.keys(holder) : [];
  return keys.flatMap((key) => {
    const under = typeof key === 'number' ? schema.items : schemaUnder(schema, key);
    const value = holder[key];
    return under ? [{ holder, key, value, schema: under, required: schema.required?.includes(String(key)) ?? false }, ...spotsIn(value, under)] : [];
  });
}

export function isMap(value: unknown): value is any {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
