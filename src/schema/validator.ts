import { createRequire } from 'module';
import type { Ajv, ErrorObject, ValidateFunction } from 'ajv';
import { Schema } from './kinds';

let ajv: Ajv | undefined;

/** A function that says what is wrong with a value by a schema, every field that the schema does not know included. */
export function validator(schema: Schema): (value: unknown) => readonly ErrorObject[] {
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= loadedAjv().compile(strict(schema));
    return validate(value) ? [] : validate.errors!;
  };
}

function loadedAjv(): Ajv {
  if (!ajv) {
    // Loaded only here, for most programs that open this room have no object to validate.
    const library: typeof import('ajv') = createRequire(__filename)('ajv');
    ajv = new library.Ajv({
      allErrors: true,
      verbose: true,
      messages: false,
      meta: false,
      validateSchema: false,
      validateFormats: false,
      strict: false,
      unicodeRegExp: false,
    });
  }
  return ajv;
}

/** The schema as JSON Schema, which by itself does not mind unknown fields. */
function strict(schema: Schema): object {
  const { properties, additionalProperties, items, pattern, required } = schema;
  const { type, enum: allowed, minLength, maxLength, minItems, maxItems, minProperties, maxProperties, minimum, maximum } = schema;
  return present({
    type: schema.nullable && type ? [type, 'null'] : type,
    required,
    minLength,
    maxLength,
    minItems,
    maxItems,
    minProperties,
    maxProperties,
    minimum,
    maximum,
    enum: allowed,
    pattern: pattern && goPattern(pattern),
    // Larger numbers are no integers to the API server.
    exclusiveMaximum: type === 'integer' && maximum === undefined ? 2 ** 63 : undefined,
    exclusiveMinimum: type === 'integer' && minimum === undefined ? -(2 ** 63) : undefined,
    items: items && strict(items),
    properties: properties && Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, strict(inner)])),
    additionalProperties: type !== 'object' || schema['x-kubernetes-preserve-unknown-fields'] ? undefined
      : typeof additionalProperties === 'object' ? strict(additionalProperties) : additionalProperties ?? false,
  });
}

/** In Go a dot stands for all characters but the line feed; in JavaScript there are more that it does not stand for. */
function goPattern(pattern: string): string {
  return pattern.replace(/\\[^]|\[(?:\\[^]|[^\]])*\]|\./g, (part) => part === '.' ? '[^\\n]' : part);
}

function present(keywords: { [keyword: string]: unknown }): object {
  return Object.fromEntries(Object.entries(keywords).filter(([, value]) => value !== undefined));
}
