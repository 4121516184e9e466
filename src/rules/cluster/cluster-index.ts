import { AppliedSet, ClusterView, ExistingObject, RuledObject } from '../cluster-view';
import { objectKey } from '../known-objects';
import { fluxGroupOf, groupOf } from '../objects';
import { mapsOf } from '../shared/json';

/** An object as it ends up in the cluster. */
export interface IndexedObject extends RuledObject {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** The namespace it gets; empty if it has none. */
  readonly namespace: string;
  readonly set: AppliedSet;
}

/** In place of a name: there are objects whose names are known in the cluster only. */
const ANY_NAME = '*';

/** What `flux bootstrap` and the Flux operator make in every cluster. */
const BOOTSTRAP: readonly ExistingObject[] = [
  ...['GitRepository', 'OCIRepository', 'Bucket'].map((kind) => ({ group: 'source.toolkit.fluxcd.io', kind, namespace: 'flux-system', name: 'flux-system' })),
  { group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization', namespace: 'flux-system', name: 'flux-system' },
];

/** What rules between objects ask of a cluster; made once, in one pass. */
export class ClusterIndex {
  public readonly objects: readonly IndexedObject[];
  /** The objects of Flux's kinds. */
  public readonly flux: readonly IndexedObject[];
  private readonly byKey = new Map<string, IndexedObject[]>();
  private readonly existing: Set<string>;

  constructor(public readonly view: ClusterView) {
    this.objects = view.applied.flatMap((set) => set.objects.map((ruled) => indexed(ruled, set)));
    this.flux = this.objects.filter(({ group, kind }) => fluxGroupOf(kind) === group);
    for (const object of this.objects) {
      const key = objectKey(object.group, object.kind, object.namespace, object.name);
      const same = this.byKey.get(key);
      same ? same.push(object) : this.byKey.set(key, [object]);
    }
    this.existing = new Set([...BOOTSTRAP, ...view.existing, ...this.flux.flatMap(generatedBy)].map(({ group, kind, namespace, name }) => objectKey(group, kind, namespace ?? '', name)));
  }

  /** The objects that are one to the API server, in the order they are met. */
  public get groups(): Iterable<readonly IndexedObject[]> {
    return this.byKey.values();
  }

  /** An object that is made here. */
  public find(group: string, kind: string, namespace: string, name: string): IndexedObject | undefined {
    return this.byKey.get(objectKey(group, kind, namespace, name))?.[0];
  }

  /** Whether an object is made here, or is known to be made elsewhere. */
  public has(group: string, kind: string, namespace: string, name: string): boolean {
    const key = objectKey(group, kind, namespace, name);
    const anyKey = objectKey(group, kind, namespace, ANY_NAME);
    return this.byKey.has(key) || this.existing.has(key) || this.existing.has(anyKey) || (this.view.known?.has(key) ?? false);
  }

  /** The Flux Kustomization that applies a set, if it is among the objects. */
  public applierOf({ by }: AppliedSet): IndexedObject | undefined {
    const [namespace, name] = by?.split('/') ?? [];
    return name === undefined ? undefined : this.find('kustomize.toolkit.fluxcd.io', 'Kustomization', namespace, name);
  }
}

function indexed({ object, at, substituted, uncertain }: RuledObject, set: AppliedSet): IndexedObject {
  const { kind: named, apiVersion, metadata } = object ?? {};
  const kind = String(named);
  const group = groupOf(apiVersion);
  const { name, namespace } = metadata ?? {};
  const bare = isNamespaceless(group, kind);
  // Written out, and always alike: there may be a hundred thousand of them.
  return {
    object,
    at,
    substituted,
    uncertain,
    set,
    group,
    kind,
    name: bare || !set.namePrefix && !set.nameSuffix ? String(name) : `${set.namePrefix ?? ''}${name}${set.nameSuffix ?? ''}`,
    namespace: bare ? '' : set.targetNamespace ?? (typeof namespace === 'string' ? namespace : ''),
  };
}

/** What controllers make of an object in the cluster: the artifacts of an ArtifactGenerator, the HelmChart of a HelmRelease. */
function generatedBy({ kind, namespace, name, object }: IndexedObject): ExistingObject[] {
  const group = 'source.toolkit.fluxcd.io';
  const sourceRef = object.spec?.chart?.spec?.sourceRef;
  if (kind === 'HelmRelease' && sourceRef) {
    return [{ group, kind: 'HelmChart', namespace: sourceRef.namespace ?? namespace, name: `${namespace}-${name}` }];
  }
  return kind !== 'ArtifactGenerator' ? [] : mapsOf(object.spec?.artifacts).map((artifact) => (
    { group, kind: 'ExternalArtifact', namespace, name: object.spec.pathPattern ? ANY_NAME : String(artifact.name) }
  ));
}

/** What is never in a namespace, and so is left alone by a targetNamespace: the kinds that rules ask for. */
function isNamespaceless(group: string, kind: string): boolean {
  return group === '' && kind === 'Namespace' || group === 'apiextensions.k8s.io' && kind === 'CustomResourceDefinition';
}
