import { SourceDocument, SourceFile, Token } from './yaml-file';
import { groupOf } from '../../rules';


/** An object as a file has it. */
export interface SourceObject {
  readonly document: SourceDocument;
  /** Where in the document it is: below `items` of a List, or nowhere below. */
  readonly prefix: readonly Token[];
  readonly object: any;
}

const KUSTOMIZE_GROUP = 'kustomize.config.k8s.io';

/** Kinds that are in no namespace, as kustomize knows them. */
const CLUSTER_SCOPED = new Set([
  'APIService', 'CSIDriver', 'CSINode', 'CertificateSigningRequest', 'ClusterRole', 'ClusterRoleBinding', 'ComponentStatus', 'CustomResourceDefinition',
  'DeviceClass', 'FlowSchema', 'IngressClass', 'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding', 'MutatingWebhookConfiguration', 'Namespace', 'Node',
  'PersistentVolume', 'PodSecurityPolicy', 'PriorityClass', 'PriorityLevelConfiguration', 'RuntimeClass', 'StorageClass', 'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding', 'ValidatingWebhookConfiguration', 'VolumeAttachment',
]);

/** The Kubernetes objects of a file: those of its Lists one by one, and without kustomize's own files. */
export function objectsOf(file: SourceFile): SourceObject[] {
  return file.documents.flatMap((document) => objectsIn(document));
}

function objectsIn(document: SourceDocument): SourceObject[] {
  const { value } = document;
  if (!isObject(value)) {
    return [];
  }
  const isList = value.kind.endsWith('List') && Array.isArray(value.items);
  const all = isList
    ? value.items.map((object: any, index: number) => ({ document, prefix: ['items', index], object }))
    : [{ document, prefix: [], object: value }];
  return all.filter(({ object }: SourceObject) => isObject(object) && !isKustomizeFile(object));
}

/** Whether a document is of kustomize itself: a kustomization, a component, a configuration. */
export function isKustomizeFile(value: unknown): boolean {
  return isMap(value) && typeof value.apiVersion === 'string' && value.apiVersion.startsWith(`${KUSTOMIZE_GROUP}/`);
}

export function isObject(value: unknown): value is { apiVersion: string; kind: string; [field: string]: any } {
  return isMap(value) && typeof value.apiVersion === 'string' && typeof value.kind === 'string';
}

export function isMap(value: unknown): value is Record<string, any> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether an object is of a group of Flux (or of what belongs to it), so of a custom kind. */
export function isFlux(object: any): boolean {
  return /(^|\.)fluxcd\.(io|controlplane\.io)$/.test(groupOf(object.apiVersion));
}

export function isClusterScoped({ kind }: any): boolean {
  return CLUSTER_SCOPED.has(kind);
}

/** One text for an object in a cluster. */
export function identity(object: any): string {
  const { name, namespace } = object.metadata ?? {};
  return JSON.stringify([groupOf(object.apiVersion), object.kind, isClusterScoped(object) ? '' : namespace ?? '', name]);
}

/** `Kind namespace/name`, as messages name an object. */
export function nameOf(object: any): string {
  const { name, namespace, generateName } = object.metadata ?? {};
  return `${object.kind} ${typeof namespace === 'string' ? `${namespace}/` : ''}${name ?? generateName ?? '(without a name)'}`;
}
