/** What the API server would refuse at one place of an object; the texts fit a sentence each, without a full stop. */
export interface SchemaComplaint {
  /** One of SCHEMA_RULES. */
  readonly rule: SchemaRuleId;
  /** Path of the field in the object, such as `spec.ref.branch`. */
  readonly field: string;
  readonly problem: string;
  readonly remedy: string;
}

export type SchemaRuleId = (typeof SCHEMA_RULES)[number]['id'];

const CRD = 'the API server, by the CRDs of Flux 2.9';
const META = 'the API server, for objects of every kind';

/** The rules that the schema of a kind consists of. All are errors: the API server takes no object that breaks one. */
export const SCHEMA_RULES = [
  { id: 'unknown-kind', severity: 'error', summary: 'Flux 2.9 has no such kind, or not in this version of its API', source: CRD },
  { id: 'unknown-field', severity: 'error', summary: 'The kind has no such field', source: CRD },
  { id: 'missing-field', severity: 'error', summary: 'A field is missing that the kind must have', source: CRD },
  { id: 'wrong-type', severity: 'error', summary: 'A value is of another type than its field, such as a number where text is wanted', source: CRD },
  { id: 'pattern', severity: 'error', summary: 'A text is not written as its field wants it, such as a duration in days', source: CRD },
  { id: 'enum', severity: 'error', summary: 'A value is none of those that its field may have', source: CRD },
  { id: 'bounds', severity: 'error', summary: 'A value is too long, too short, too large or too small', source: CRD },
  { id: 'duplicate', severity: 'error', summary: 'Two entries of a list have the same key', source: CRD },
  { id: 'cel-rule', severity: 'error', summary: 'Fields contradict each other, by a rule in CEL', source: CRD },
  { id: 'metadata', severity: 'error', summary: 'A name, namespace, label or annotation is not written as Kubernetes wants it', source: META },
] as const;
