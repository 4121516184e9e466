import { AppliedSet, checkClusters, checkObject, ClusterView, Finding, formatFinding } from '../../src/rules';

const API: { readonly [kind: string]: string } = {
  GitRepository: 'source.toolkit.fluxcd.io/v1',
  OCIRepository: 'source.toolkit.fluxcd.io/v1',
  HelmRepository: 'source.toolkit.fluxcd.io/v1',
  HelmChart: 'source.toolkit.fluxcd.io/v1',
  Bucket: 'source.toolkit.fluxcd.io/v1',
  Kustomization: 'kustomize.toolkit.fluxcd.io/v1',
  HelmRelease: 'helm.toolkit.fluxcd.io/v2',
  ImageRepository: 'image.toolkit.fluxcd.io/v1',
  ImagePolicy: 'image.toolkit.fluxcd.io/v1',
  ImageUpdateAutomation: 'image.toolkit.fluxcd.io/v1',
  Provider: 'notification.toolkit.fluxcd.io/v1beta3',
  Alert: 'notification.toolkit.fluxcd.io/v1beta3',
  Receiver: 'notification.toolkit.fluxcd.io/v1',
  ArtifactGenerator: 'source.extensions.fluxcd.io/v1beta1',
  CustomResourceDefinition: 'apiextensions.k8s.io/v1',
};

/** An object in namespace flux-system, or in the one before the slash. */
export function object(kind: string, id: string, fields: object = {}): any {
  const [name, namespace = 'flux-system'] = id.split('/').reverse();
  return { apiVersion: API[kind] ?? 'v1', kind, metadata: { name, namespace }, ...fields };
}

export function flux(kind: string, id: string, spec: object = {}): any {
  return object(kind, id, { spec });
}

/** A Kustomization of bootstrap's source, and the set that it applies. */
export function applier(id: string, objects: any[], spec: object = {}): { kustomization: any; set: AppliedSet } {
  const kustomization = flux('Kustomization', id, { sourceRef: { kind: 'GitRepository', name: 'flux-system', namespace: 'flux-system' }, prune: true, ...spec });
  const { namespace, name } = kustomization.metadata;
  return { kustomization, set: setOf(objects, { by: `${namespace}/${name}`, targetNamespace: (spec as any).targetNamespace }) };
}

export function setOf(objects: any[], more: Partial<AppliedSet> = {}): AppliedSet {
  return { ...more, objects: objects.map((one) => ({ object: one, at: `at/${one?.kind}-${one?.metadata?.name}` })) };
}

export function view(objects: any[], more: Partial<ClusterView> = {}): ClusterView {
  return { existing: [], ...more, applied: [setOf(objects), ...more.applied ?? []] };
}

/** What the rules say, each as `rule: line`; the namespaces of tests are nobody's concern unless a rule is named. */
export function found(cluster: ClusterView | ClusterView[], ...rules: string[]): string[] {
  return findings(cluster).filter(({ rule: { id } }) => (rules.length ? rules.includes(id) : id !== 'missing-namespace')).map(formatFinding);
}

export function findings(cluster: ClusterView | ClusterView[]): Finding[] {
  return checkClusters([cluster].flat());
}

/** The ids of the rules that found something, sorted. */
export function rulesBroken(cluster: ClusterView): string[] {
  return [...new Set(findings(cluster).map(({ rule: { id } }) => id))].sort();
}

/** What the rules for one object say of a `spec`: `<rule> (<severity>) <field>: <problem>. <remedy>.` */
export function said(kind: string, spec: any): string[] {
  return [...checkObject(flux(kind, 'shop', spec))].map(({ rule, field, problem, remedy }) => `${rule.id} (${rule.severity}) ${field}: ${problem}. ${remedy}.`);
}
