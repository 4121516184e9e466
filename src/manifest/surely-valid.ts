/** The part of JSON Schema that `delivery.schema.json` uses. */
interface Schema {
  readonly [keyword: string]: unknown;
}

type Check = (value: unknown) => boolean;

/** Keywords that refuse nothing. */
const SILENT = new Set(['$schema', '$id', 'title', 'description', 'definitions']);

const TYPES: Record<string, Check> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
};

/**
 * Whether a document obeys a schema, for a small part of JSON Schema: false also where it cannot tell. A real implementation takes a
 * tenth of a second to load and to get ready, and nearly every document is in order, so that only the others have to wait for it.
 */
export function surelyValid(schema: object, document: unknown): boolean {
  const named = new Map<string, Check>();
  try {
    return check(schema as Schema)(document);
  } catch {
    return false;
  }

  function check(part: Schema): Check {
    const checks = Object.entries(part).flatMap(([keyword, wanted]) => SILENT.has(keyword) ? [] : [checkOf(keyword, wanted, part)]);
    return (value) => checks.every((one) => one(value));
  }

  function checkOf(keyword: string, wanted: any, { properties = {} }: Schema): Check {
    switch (keyword) {
      case '$ref':
        return reference(wanted);
      case 'type':
        return TYPES[wanted] ?? unknown(keyword);
      case 'const':
        return typeof wanted === 'object' ? unknown(keyword) : (value) => value === wanted;
      case 'enum':
        return wanted.some((one: unknown) => typeof one === 'object') ? unknown(keyword) : (value) => wanted.includes(value);
      case 'pattern': {
        const pattern = new RegExp(wanted, 'u');
        return (value) => typeof value !== 'string' || pattern.test(value);
      }
      case 'items': {
        const item = check(wanted);
        return (value) => !Array.isArray(value) || value.every(item);
      }
      case 'required':
        return (value) => !isObject(value) || wanted.every((name: string) => Object.hasOwn(value, name));
      case 'properties': {
        const known = Object.entries(wanted as Record<string, Schema>).map(([name, one]) => [name, check(one)] as const);
        return (value) => !isObject(value) || known.every(([name, one]) => !Object.hasOwn(value, name) || one(value[name]));
      }
      case 'additionalProperties': {
        const other = wanted === false ? () => false : check(wanted);
        return (value) => !isObject(value) || Object.keys(value).every((name) => Object.hasOwn(properties as object, name) || other(value[name]));
      }
      default:
        return unknown(keyword);
    }
  }

  /** Made when it is first asked, for definitions may name each other in a circle. */
  function reference(name: string): Check {
    return (value) => {
      const known = named.get(name) ?? check(definition(name));
      named.set(name, known);
      return known(value);
    };
  }

  function definition(name: string): Schema {
    const [, key] = /^#\/definitions\/([^/~%]+)$/.exec(name) ?? [];
    return (schema as { definitions: Record<string, Schema> }).definitions[key];
  }
}

function unknown(keyword: string): never {
  throw new Error(keyword);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
