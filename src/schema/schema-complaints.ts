import type { ErrorObject } from 'ajv';
import { celRules } from './cel-rules';
import { completed, isMap } from './completed';
import { duplicates } from './duplicates';
import { explainDuplicate, explainError, explainRule, Part } from './explain';
import { FluxKind, fluxKinds, Schema } from './kinds';
import { METADATA_SCHEMA, metadataComplaints } from './metadata';
import { SchemaComplaint } from './schema-complaint';
import { statusSchema } from './status-schema';
import { listed, meant, shown } from './texts';
import { validator } from './validator';

/** How an object is looked at. */
export interface SchemaComplaintOptions {
  /** Whether Flux fills in `${...}` before it applies the object, so that nothing can be said of values that have it. */
  readonly substituted?: boolean;
}

/**
 * What the API server would refuse an object of a kind of Flux for: fields that there are not, missing ones, wrong values, rules of the CRD.
 * An object of another group has no complaints. The object is not changed. It may be any JSON.
 */
export function schemaComplaints(object: any, { substituted = false }: SchemaComplaintOptions = {}): SchemaComplaint[] {
  if (!isMap(object) || typeof object.apiVersion !== 'string' || !object.apiVersion.includes('.fluxcd.io/')) {
    return [];
  }
  const known = fluxKinds().find(({ kind, apiVersion }) => kind === object.kind && apiVersion === object.apiVersion);
  return known ? checkOf(known)(object, substituted) : unknownKind(object, substituted);
}

function unknownKind({ apiVersion, kind }: { readonly [field: string]: any }, substituted: boolean): SchemaComplaint[] {
  const siblings = fluxKinds().filter((each) => each.apiVersion.split('/')[0] === apiVersion.split('/')[0]).map((each) => each.kind);
  if (!siblings.length || substituted && (isOpen(apiVersion) || isOpen(kind))) {
    return [];
  }
  const right = fluxKinds().find((each) => each.kind === kind);
  if (right) {
    return [{
      rule: 'unknown-kind', field: 'apiVersion', problem: `Flux 2.9 has no ${right.kind} in ${shown(apiVersion)}`, remedy: `Write apiVersion: ${right.apiVersion}`,
    }];
  }
  const near = typeof kind === 'string' ? meant(kind, siblings) : undefined;
  return [{
    rule: 'unknown-kind',
    field: 'kind',
    problem: kind === undefined ? 'kind is missing' : `Flux 2.9 has no kind ${shown(kind)} in ${shown(apiVersion)}`,
    remedy: near === undefined ? `Choose one of: ${listed(siblings)}` : `Write kind: ${near}`,
  }];
}

type Check = (object: any, substituted: boolean) => SchemaComplaint[];
const CHECKS = new WeakMap<FluxKind, Check>();
let metadataCheck: PartCheck | undefined;

function checkOf(kind: FluxKind): Check {
  const check = CHECKS.get(kind) ?? newCheck(kind);
  CHECKS.set(kind, check);
  return check;
}

function newCheck({ kind, schema }: FluxKind): Check {
  const { metadata: _metadata, status, ...properties } = schema.properties!;
  // They have checks of their own.
  const rest: Schema = { ...schema, properties: { ...properties, metadata: {}, ...status && { status: {} } } };
  const main = partCheck(rest);
  const ofStatus = status && partCheck(statusSchema(status));
  return (object, substituted) => {
    const complaints = [
      ...metadataOf(object, kind, substituted),
      ...main({ kind, place: [], schema: rest, value: completed(object, rest) }, substituted),
      ...object.status === undefined || !ofStatus ? [] : ofStatus({ kind, place: ['status'], schema: status, value: object.status }, substituted),
    ];
    // To the API server an object without a spec is as good as one with all that it must have.
    return (object.spec ?? undefined) === undefined && properties.spec?.required?.length
      ? [...complaints, { rule: 'missing-field', field: 'spec', problem: 'spec is missing', remedy: `Set it, with at least: ${properties.spec.required.join(', ')}` }]
      : complaints;
  };
}

function metadataOf({ metadata }: any, kind: string, substituted: boolean): SchemaComplaint[] {
  const value = completed(metadata ?? {}, METADATA_SCHEMA);
  metadataCheck ??= partCheck(METADATA_SCHEMA);
  const complaints = metadataCheck({ kind, place: ['metadata'], schema: METADATA_SCHEMA, value }, substituted);
  return isMap(value) ? [...complaints, ...metadataComplaints(substituted ? filledIn(value) : value)] : complaints;
}

type PartCheck = (part: Part, substituted: boolean) => SchemaComplaint[];

function partCheck(schema: Schema): PartCheck {
  const validate = validator(schema);
  const repeated = duplicates(schema);
  const brokenRules = celRules(schema);
  return (part, substituted) => {
    const errors = validate(part.value).filter((error) => !substituted || !isOpen(judged(error)));
    const complaints = [
      ...errors.map((error) => explainError(error, part)),
      ...repeated(part.value).map((duplicate) => explainDuplicate(duplicate, part)),
    ];
    // A rule that cannot be evaluated because of another mistake says nothing new.
    const broken = brokenRules(part.value).filter(({ failure, self, fields }) => (
      !(failure !== undefined && complaints.length) && !(substituted && isOpen(fields.map((field) => self[field])))
    ));
    return [...complaints, ...broken.map((rule) => explainRule(rule, part))];
  };
}

/** The texts that an error is about. */
function judged({ keyword, params, data }: ErrorObject): unknown {
  return keyword === 'additionalProperties' ? params.additionalProperty
    : keyword === 'required' ? Object.keys(data as object) : typeof data === 'string' && data;
}

/** Whether a value has `${...}` in it. */
function isOpen(value: unknown): boolean {
  const waiting = [value];
  while (waiting.length) {
    const next = waiting.pop();
    if (typeof next === 'string' && next.includes('${')) {
      return true;
    } else if (next !== null && typeof next === 'object') {
      Object.entries(next).forEach((entry) => waiting.push(...entry));
    }
  }
  return false;
}

/** With a letter in place of each `${...}`: what is around it must do as well. */
function filledIn(value: any): any {
  if (typeof value === 'string') {
    const text = value.replace(/\$\{[^{}]*\}/g, 'x');
    return text !== value && /[${}]/.test(text) ? 'x' : text;
  }
  return Array.isArray(value) ? value.map(filledIn)
    : isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [filledIn(key), filledIn(inner)])) : value;
}
