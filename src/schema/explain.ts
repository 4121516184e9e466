import type { ErrorObject } from 'ajv';
import { BrokenRule } from './cel-rules';
import { schemaUnder } from './completed';
import { Duplicate } from './duplicates';
import { Schema } from './kinds';
import { SchemaComplaint } from './schema-complaint';
import { fieldPath, listed, meant, shown } from './texts';

/** A part of an object with a schema of its own. */
export interface Part {
  readonly kind: string;
  /** Where the part is in the object. */
  readonly place: readonly string[];
  readonly schema: Schema;
  readonly value: any;
}

type Said = Pick<SchemaComplaint, 'rule' | 'problem' | 'remedy'>;

const TYPES: { readonly [type: string]: string } = {
  string: 'text', integer: 'an integer', number: 'a number', boolean: 'true or false', array: 'a list', object: 'a map',
};
/** Which units a duration may have. */
const UNITS: { readonly [pattern: string]: string } = {
  '^([0-9]+(\\.[0-9]+)?(ms|s|m))+$': 'm, s and ms',
  '^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$': 'h, m, s and ms',
};

/** What an error of ajv means, in our words. */
export function explainError({ instancePath, keyword, params, data, parentSchema }: ErrorObject, part: Part): SchemaComplaint {
  const place = placeOf(instancePath, part);
  const schema = schemaAt(place.slice(part.place.length), part.schema);
  const at = (said: Said, field?: string): SchemaComplaint => ({ field: fieldPath(field === undefined ? place : [...place, field]), ...said });
  switch (keyword) {
    case 'additionalProperties':
      return at(unknownField(params.additionalProperty, place, schema, part), params.additionalProperty);
    case 'required':
      return at(missingField(params.missingProperty, schema), params.missingProperty);
    case 'type':
      return at(wrongType(data, schema));
    case 'enum':
      return at(noneOf(data, (parentSchema as Schema).enum!.map(String)));
    case 'pattern':
      return at(otherPattern(data as string, schema.pattern!));
    default:
      return at(outOfBounds(keyword, params.limit, data));
  }
}

/** What a broken rule in CEL means. */
export function explainRule({ rule, message, place, fields, failure }: BrokenRule, part: Part): SchemaComplaint {
  return {
    rule: 'cel-rule',
    field: fieldPath([...part.place, ...place]),
    problem: oneLine(failure === undefined ? message ?? `it breaks the rule ${rule}` : `the rule ${rule} cannot be evaluated: ${failure}`),
    remedy: oneLine(`${fields.length ? `Change ${listed(fields)}` : 'Change it'} so that this is true: ${rule}`),
  };
}

/** What it means that an entry is there twice. */
export function explainDuplicate({ place, first, keys }: Duplicate, part: Part): SchemaComplaint {
  return {
    rule: 'duplicate',
    field: fieldPath([...part.place, ...place]),
    problem: keys.length ? `entry ${first} has the same ${keys.join(' and ')}` : `it is the same as entry ${first}`,
    remedy: 'Leave out one of them',
  };
}

function unknownField(name: string, place: readonly (string | number)[], schema: Schema, { kind, schema: root, place: start }: Part): Said {
  const known = Object.keys(schema.properties ?? {}).sort();
  const near = meant(name, known);
  const elsewhere = near === undefined ? pathsTo(name, root, start) : [];
  const remedy = near !== undefined ? `Write ${near}`

    : elsewhere.length === 1 || elsewhere.length === 2 ? `Move it to ${elsewhere.map(fieldPath).join(' or ')}`
      : known.length ? `Leave it out; what may be there: ${listed(known)}` : 'Leave it out';
  return { rule: 'unknown-field', problem: `a ${kind} has no field ${shown(name)}${place.length ? ` in ${fieldPath(place)}` : ''}`, remedy };
}

function missingField(name: string, schema: Schema): Said {
  const { pattern, enum: allowed, type } = schemaUnder(schema, name) ?? {};
  const example = pattern !== undefined && pattern in UNITS ? ' to a duration such as 10m' : allowed ? `, to one of: ${listed(allowed.map(String))}`
    : type === 'boolean' ? ' to true or false' : '';
  return { rule: 'missing-field', problem: `${name} is missing`, remedy: `Set ${name}${example}` };
}

function wrongType(value: any, { type = '', pattern }: Schema): Said {
  const wanted = TYPES[type];
  const problem = value === null ? `there is null where ${wanted} is wanted` : `${shown(value)} is ${typeName(value)}, and ${wanted} is wanted`;
  const said = (remedy: string): Said => ({ rule: 'wrong-type', problem: problem.replace(/^(a list|a map) is \1/, 'it is $1'), remedy });
  if (type === 'string' && pattern !== undefined && pattern in UNITS && typeof value === 'number') {
    return said(`Write text with a unit, such as '${value}s'`);
  } else if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    // The number is not always what was written: 1.10 is 1.1.
    return said('Write it in quotes, as text');
  } else if (typeof value === 'string' && (type === 'boolean' && /^(true|false)$/.test(value) || type === 'integer' && /^-?\d{1,15}$/.test(value))) {
    return said(`Write ${value} without quotes`);
  } else if (type === 'array' && value !== null) {
    return said('Make it a list, if only of one');
  }
  return said(value === null ? `Write ${wanted}, or leave it out` : `Write ${wanted}`);
}

function typeName(value: unknown): string {
  return typeof value === 'string' ? 'text' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'a map' : `a ${typeof value}`;
}

function noneOf(value: unknown, allowed: readonly string[]): Said {
  const near = typeof value === 'string' ? meant(value, allowed) : undefined;
  return {
    rule: 'enum',
    problem: `${shown(value)} is none of the values that it may have`,
    remedy: near === undefined ? `Choose one of: ${listed(allowed)}` : `Write ${near}; it may be: ${listed(allowed)}`,
  };
}

function otherPattern(value: string, pattern: string): Said {
  const units = Object.hasOwn(UNITS, pattern) ? UNITS[pattern] : undefined;
  const schemes = /^\^\(?([a-z?|]+)\)?:\/\//.exec(pattern)?.[1].replace('https?', 'http|https').split('|').map((scheme) => `${scheme}://`);
  if (units) {
    return { rule: 'pattern', problem: `${shown(value)} is no duration that may be here: its units are ${units}`, remedy: `Write it in these, such as ${inUnits(value, units)}` };
  } else if (schemes) {
    const [, user, host, path] = /^(\w+@)([\w.-]+):([^/].*)$/.exec(value) ?? [];
    return {
      rule: 'pattern',
      problem: `${shown(value)} does not begin with ${schemes.join(' or ')}`,
      remedy: user && schemes.includes('ssh://') ? `Write ${oneLine(`ssh://${user}${host}/${path}`)}` : `Write a URL that begins with ${schemes.join(' or ')}`,
    };
  }
  return { rule: 'pattern', problem: `${shown(value)} is not written as it must be there`, remedy: `Write it so that it matches ${pattern}` };
}

/** The same duration in allowed units, if it is one of days, weeks or hours; else an example. */
function inUnits(value: string, units: string): string {
  const [, amount, unit] = /^\s*(\d{1,4})\s*([wdh])\s*$/.exec(value) ?? [];
  const hours = Number(amount) * ({ w: 168, d: 24, h: 1 }[unit] ?? NaN);
  return Number.isNaN(hours) ? (units.startsWith('h') ? '1h30m' : '1m30s') : units.startsWith('h') ? `${hours}h` : `${hours * 60}m`;
}

function outOfBounds(keyword: string, limit: number, value: any): Said {
  const isLeast = /^(min|exclusiveMin)/.test(keyword);
  const most = isLeast ? 'at least' : 'at most';
  if (/imum$/.test(keyword)) {
    const remedy = keyword.startsWith('exclusive') ? `Write ${isLeast ? 'a larger' : 'a smaller'} one` : `Write ${most} ${limit}`;
    return { rule: 'bounds', problem: `${shown(value)} is too ${isLeast ? 'small' : 'large'}`, remedy };
  }
  const [size, what] = typeof value === 'string' ? [[...value].length, 'characters'] : [Object.keys(value as object).length, 'entries'];
  return { rule: 'bounds', problem: `it has ${size} ${what}`, remedy: `Give it ${most} ${limit}` };
}

/** Where a JSON pointer of ajv leads to; the entries of lists as numbers. */
function placeOf(instancePath: string, { place, value }: Part): (string | number)[] {
  const result: (string | number)[] = [...place];
  let inner = value;
  for (const part of instancePath.split('/').slice(1)) {
    const key = part.replace(/~1/g, '/').replace(/~0/g, '~');
    result.push(Array.isArray(inner) ? Number(key) : key);
    inner = inner[key];
  }
  return result;
}

function schemaAt(place: readonly (string | number)[], schema: Schema): Schema {
  return place.reduce<Schema>((at, part) => (typeof part === 'number' ? at.items : schemaUnder(at, part)) ?? {}, schema);
}

/** Where fields of that name are. */
function pathsTo(name: string, schema: Schema, place: readonly string[]): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([field, inner]) => [
    ...field === name ? [[...place, field]] : [], ...pathsTo(name, inner, [...place, field]),
  ]);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
