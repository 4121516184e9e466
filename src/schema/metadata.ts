import { isMap } from './completed';
import { Schema } from './kinds';
import { SchemaComplaint } from './schema-complaint';
import { fieldPath, shown } from './texts';

const TEXT: Schema = { type: 'string' };
const INTEGER: Schema = { type: 'integer' };
const BOOLEAN: Schema = { type: 'boolean' };
const TEXTS: Schema = { type: 'object', additionalProperties: TEXT };

/** What Kubernetes has in the `metadata` of every object. */
export const METADATA_SCHEMA: Schema = {
  type: 'object',
  properties: {
    name: TEXT,
    generateName: TEXT,
    namespace: TEXT,
    labels: TEXTS,
    annotations: TEXTS,
    finalizers: { type: 'array', items: TEXT },
    ownerReferences: {
      type: 'array',
      items: {
        type: 'object',
        properties: { apiVersion: TEXT, kind: TEXT, name: TEXT, uid: TEXT, controller: BOOLEAN, blockOwnerDeletion: BOOLEAN },
        required: ['apiVersion', 'kind', 'name', 'uid'],
      },
    },
    creationTimestamp: TEXT,
    deletionTimestamp: TEXT,
    deletionGracePeriodSeconds: INTEGER,
    generation: INTEGER,
    managedFields: { type: 'array', items: { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true } },
    resourceVersion: TEXT,
    selfLink: TEXT,
    uid: TEXT,
  },
};

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const DNS_LABEL = new RegExp(`^${LABEL}$`);
const DNS_SUBDOMAIN = new RegExp(`^${LABEL}(\\.${LABEL})*$`);
const NAME_PART = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const ANNOTATIONS_SIZE = 256 * 1024;
/** Fields that only the cluster can know; an object that has them cannot be made anew. */
const OF_THE_CLUSTER = ['uid', 'resourceVersion', 'managedFields'];

/** What is wrong with the texts of an object's `metadata`. Fields of other types than they should be are left to the schema. */
export function* metadataComplaints(metadata: any): Iterable<SchemaComplaint> {
  const { name, generateName, namespace, labels, annotations, finalizers, ownerReferences } = metadata;
  if (name === undefined || name === null || name === '') {
    yield { rule: 'metadata', field: 'metadata.name', problem: 'there is no name, and Flux applies an object by its name', remedy: 'Set metadata.name' };
  } else {
    yield* nameComplaints(name, 'metadata.name');
  }
  if (typeof generateName === 'string' && generateName) {
    yield* nameComplaints(`${generateName.slice(0, -1)}a`, 'metadata.generateName');
  }
  if (typeof namespace === 'string' && namespace && !(namespace.length <= 63 && DNS_LABEL.test(namespace))) {
    yield { rule: 'metadata', field: 'metadata.namespace', problem: `${shown(namespace)} is no name for a namespace`, remedy: `Use ${NAME_RULE}, at most 63` };
  }
  yield* keyComplaints(labels, 'labels', (key) => key);
  for (const [key, value] of texts(labels)) {
    if (value !== '' && !(value.length <= 63 && NAME_PART.test(value))) {
      yield {
        rule: 'metadata',
        field: fieldPath(['metadata', 'labels', key]),
        problem: `${shown(value)} is no value for a label`,
        remedy: `Use at most 63 ${PART_RULE}, or make it an annotation`,
      };
    }
  }
  yield* keyComplaints(annotations, 'annotations', (key) => key.toLowerCase());
  const size = texts(annotations).reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
  if (size > ANNOTATIONS_SIZE) {
    yield { rule: 'metadata', field: 'metadata.annotations', problem: `they are ${size} bytes long, and at most ${ANNOTATIONS_SIZE} are allowed`, remedy: 'Leave out the longest' };
  }
  yield* finalizerComplaints(Array.isArray(finalizers) ? finalizers : []);
  yield* ownerComplaints(Array.isArray(ownerReferences) ? ownerReferences.filter(isMap) : []);
  for (const field of ['creationTimestamp', 'deletionTimestamp']) {
    if (typeof metadata[field] === 'string' && !(TIME.test(metadata[field]) && !Number.isNaN(Date.parse(metadata[field])))) {
      yield { rule: 'metadata', field: `metadata.${field}`, problem: `${shown(metadata[field])} is no point in time`, remedy: `Leave ${field} out: the cluster sets it` };
    }
  }
  for (const field of OF_THE_CLUSTER.filter((each) => metadata[each]?.length > 0)) {
    yield { rule: 'metadata', field: `metadata.${field}`, problem: `${field} is what a cluster sets, and no other cluster takes it`, remedy: `Leave ${field} out` };
  }
}

const NAME_RULE = 'lower-case letters, digits and hyphens, with a letter or digit at both ends';
const PART_RULE = 'letters, digits, hyphens, dots and underscores, with a letter or digit at both ends';

function* nameComplaints(name: unknown, field: string): Iterable<SchemaComplaint> {
  if (typeof name === 'string' && !(name.length <= 253 && DNS_SUBDOMAIN.test(name))) {
    yield { rule: 'metadata', field, problem: `${shown(name)} is no name for an object`, remedy: `Use ${NAME_RULE}, dots between them, at most 253` };
  }
}

/** Keys of labels and annotations: a name, and maybe a domain and a slash before it. */
function* keyComplaints(map: unknown, field: string, normalized: (key: string) => string): Iterable<SchemaComplaint> {
  for (const key of isMap(map) ? Object.keys(map) : []) {
    if (!isQualifiedName(normalized(key))) {
      yield {
        rule: 'metadata',
        field: fieldPath(['metadata', field, key]),
        problem: `${shown(key)} is no key for ${field}`,
        remedy: `Use at most 63 ${PART_RULE}; a domain and a slash may come before`,
      };
    }
  }
}

function* finalizerComplaints(finalizers: readonly unknown[]): Iterable<SchemaComplaint> {
  for (const [index, finalizer] of finalizers.entries()) {
    if (typeof finalizer === 'string' && !isQualifiedName(finalizer)) {
      yield { rule: 'metadata', field: `metadata.finalizers[${index}]`, problem: `${shown(finalizer)} is no name for a finalizer`, remedy: 'Write a domain, a slash and a name' };
    }
  }
  if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion')) {
    yield { rule: 'metadata', field: 'metadata.finalizers', problem: 'orphan and foregroundDeletion exclude each other', remedy: 'Leave out one of them' };
  }
}

function* ownerComplaints(owners: readonly { readonly [field: string]: any }[]): Iterable<SchemaComplaint> {
  for (const [index, owner] of owners.entries()) {
    for (const field of ['apiVersion', 'kind', 'name', 'uid'].filter((each) => owner[each] === '')) {
      yield { rule: 'metadata', field: `metadata.ownerReferences[${index}].${field}`, problem: `an owner has no ${field}`, remedy: `Set ${field}` };
    }
  }
  if (owners.filter(({ controller }) => controller === true).length > 1) {
    yield { rule: 'metadata', field: 'metadata.ownerReferences', problem: 'more than one owner is the controller', remedy: 'Set controller for one of them' };
  }
}

function isQualifiedName(text: string): boolean {
  const parts = text.split('/');
  const name = parts.pop()!;
  return parts.length < 2 && name.length <= 63 && NAME_PART.test(name) && parts.every((domain) => domain.length <= 253 && DNS_SUBDOMAIN.test(domain));
}

function texts(map: unknown): [string, string][] {
  return isMap(map) ? Object.entries(map).filter((entry): entry is [string, string] => typeof entry[1] === 'string') : [];
}
