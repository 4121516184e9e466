/** The objects of a rendered one: itself, or what kustomize takes out of a List. */
export function itemsOf(object: any): any[] {
  return Array.isArray(object?.items) && /List$/.test(object.kind ?? '') ? object.items.flatMap(itemsOf) : [object];
}

/** `Kind namespace/name`, as messages name an object. */
export function describeObject(object: any): string {
  const { name, namespace } = object?.metadata ?? {};
  return `${object?.kind} ${namespace ? `${namespace}/` : ''}${name}`;
}

const GROUPS = new Map<string, string>();

/** The API group of an apiVersion; empty for the core group. */
export function groupOf(apiVersion: unknown): string {
  if (typeof apiVersion !== 'string') {
    return '';
  }
  // There are few, and each object is asked many times.
  let group = GROUPS.get(apiVersion);
  if (group === undefined) {
    group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
    GROUPS.set(apiVersion, group);
  }
  return group;
}

/** The groups of Flux's kinds, each with the kinds in it. */
const FLUX_KINDS: { readonly [group: string]: readonly string[] } = {
  'source.toolkit.fluxcd.io': ['GitRepository', 'OCIRepository', 'Bucket', 'HelmRepository', 'HelmChart', 'ExternalArtifact'],
  'kustomize.toolkit.fluxcd.io': ['Kustomization'],
  'helm.toolkit.fluxcd.io': ['HelmRelease'],
  'image.toolkit.fluxcd.io': ['ImageRepository', 'ImagePolicy', 'ImageUpdateAutomation'],
  'notification.toolkit.fluxcd.io': ['Provider', 'Alert', 'Receiver'],
  'source.extensions.fluxcd.io': ['ArtifactGenerator'],
};

const GROUP_OF_KIND = new Map(Object.entries(FLUX_KINDS).flatMap(([group, kinds]) => kinds.map((kind) => [kind, group] as const)));

/** The group of a kind of Flux; undefined for other kinds. */
export function fluxGroupOf(kind: string): string | undefined {
  return GROUP_OF_KIND.get(kind);
}

/** Whether a group is one of Flux's. */
export function isFluxGroup(group: string): boolean {
  return Object.prototype.hasOwnProperty.call(FLUX_KINDS, group) || group.endsWith('.toolkit.fluxcd.io');
}

/** Whether an object is of a kind of Flux. */
export function isFluxObject(object: any, kind?: string): boolean {
  return (kind === undefined || object?.kind === kind) && GROUP_OF_KIND.get(object?.kind) === groupOf(object?.apiVersion);
}

/** Whether a label or an annotation of kustomize-controller says so, in whatever case: as its `AnyInMetadata` reads them. */
export function hasSetting(object: any, name: string, ...values: string[]): boolean {
  const key = `kustomize.toolkit.fluxcd.io/${name}`;
  return [object?.metadata?.annotations?.[key], object?.metadata?.labels?.[key]]
    .some((value) => typeof value === 'string' && values.some((wanted) => wanted.toLowerCase() === value.toLowerCase()));
}
