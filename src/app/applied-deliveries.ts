import { ApiObject } from 'cdk8s';
import { RoutedDestination } from './route';
import { canonicalGitUrl } from '../git';
import { AppliedManifest } from '../manifest';
import { Destination } from '../routing';
import { isFluxObject, itemsOf, RuledObject } from '../rules';

/** The objects of something rendered, and where they are from. */
export type ObjectReader = (objects: readonly ApiObject[]) => RuledObject[];

/** What is delivered to one place. */
export interface DeliveredObjects {
  readonly destination: Destination;
  readonly objects: readonly RuledObject[];
}

/** A Flux Kustomization, and the delivery that it applies. */
export interface Application {
  readonly kustomization: RuledObject;
  readonly delivered: DeliveredObjects;
}

/** The deliveries of an app, found by what a source follows and the path that a Kustomization applies of it. */
export class Deliveries {
  private readonly byPlace = new Map<string, DeliveredObjects>();
  private readonly applied = new Set<DeliveredObjects>();

  constructor(routed: readonly RoutedDestination[], ruled: ObjectReader) {
    for (const { destination, files } of routed) {
      if (destination.role === 'manifests') {
        this.byPlace.set(placeOf(destination), { destination, objects: ruled(objectsOf(files)) });
      }
    }
  }

  /** Those that no Kustomization of the app has been seen to apply. */
  public get stray(): DeliveredObjects[] {
    return [...this.byPlace.values()].filter((delivered) => !this.applied.has(delivered));
  }

  /** What the Kustomizations among the objects apply. */
  public appliedAmong(flux: readonly RuledObject[]): Application[] {
    const sources = new Map(flux.map(({ object }) => object).filter((object) => placesOf.has(object?.kind) && isFluxObject(object))
      .map((object) => [sourceId(object.kind, idOf(object)), object]));
    return flux.filter(({ object }) => isFluxObject(object, 'Kustomization')).flatMap((kustomization) => {
      const { metadata, spec } = kustomization.object;
      const { kind, namespace = metadata?.namespace, name } = spec?.sourceRef ?? {};
      const source = sources.get(sourceId(kind, `${namespace}/${name}`));
      const applied = source && placesOf.get(kind)!(source.spec ?? {}, spec.path);
      const delivered = applied === undefined ? undefined : this.byPlace.get(applied);
      if (!delivered) {
        return [];
      }
      this.applied.add(delivered);
      return [{ kustomization, delivered }];
    });
  }
}

/** The objects of all files of a destination. */
export function objectsOf(files: RoutedDestination['files']): ApiObject[] {
  return [...files.values()].flatMap(({ objects }) => objects.map(({ object }) => object));
}

/** Reads the objects of constructs by what each renders. */
export function objectReader(jsonOf: (object: ApiObject) => any): ObjectReader {
  return (objects) => objects.flatMap((object) => itemsOf(jsonOf(object)).map((json) => ({ object: json, at: object.node.path })));
}

/** An application as `delivery.json` says it. */
export function appliedManifest({ kustomization: { object }, delivered: { destination } }: Application): AppliedManifest {
  const { prune, deletionPolicy, suspend, kubeConfig } = object.spec;
  const cluster = kubeConfig?.secretRef?.name ?? kubeConfig?.configMapRef?.name;
  const mirrors = deletionPolicy === undefined || deletionPolicy === 'MirrorPrune';
  return {
    kustomization: idOf(object),
    repository: destination.repository.name,
    branch: destination.branch,
    path: destination.path,
    orphans: deletionPolicy === 'Orphan' || mirrors && prune !== true ? true : undefined,
    suspended: suspend === true ? true : undefined,
    cluster: kubeConfig ? `${object.metadata?.namespace}/${cluster}` : undefined,
  };
}

/** `namespace/name`. */
export function idOf({ metadata }: any): string {
  return `${metadata?.namespace}/${metadata?.name}`;
}

/** A path as a Kustomization may write it, without what says nothing. */
export function directory(path: unknown): string {
  return typeof path === 'string' ? path.split('/').filter((part) => part && part !== '.').join('/') : '';
}

/** By the kind of a source: which place a path of it is. Undefined where it follows neither a branch nor a tag. */
const placesOf: ReadonlyMap<unknown, (spec: any, path: unknown) => string | undefined> = new Map([
  ['GitRepository', ({ url, ref }: any, path: unknown) => typeof url === 'string' ? place(url, ref?.branch, path) : undefined],
  ['OCIRepository', ({ url, ref }: any, path: unknown) => (
    typeof url === 'string' && !ref?.digest && !ref?.semver ? place(url, ref?.tag ?? 'latest', path) : undefined
  )],
]);

function placeOf({ repository, branch, path, artifact }: Destination): string {
  return artifact ? place(`${repository.url}/${artifact.artifact}`, artifact.tag, '') : place(repository.url, branch, path);
}

function place(url: string, ref: unknown, path: unknown): string {
  return [canonicalGitUrl(url), ref, directory(path)].join('\0');
}

function sourceId(kind: unknown, id: string): string {
  return `${kind} ${id}`;
}
