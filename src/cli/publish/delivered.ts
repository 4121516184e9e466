import { DeliveryManifest, TargetManifest } from '../../manifest';

/** What the record of a config directory says of one delivery of the app: a directory of a branch, or a tag of an artifact. */
export interface DeliveredRecord {
  /** Name of the repository or registry. */
  readonly repository: string;
  /** The branch, or `<artifact>/<tag>`. */
  readonly branch: string;
  readonly path: string;
  /** `namespace/name` of the Kustomizations in the directory that apply it. */
  readonly kustomizations: readonly string[];
  /** Those of them that apply to another cluster, with the kubeconfig that says which. */
  readonly clusters?: { readonly [kustomization: string]: string };
  /** `Kind.group namespace/name`, as far as the app said. */
  readonly objects?: readonly string[];
  /** Those that Flux leaves when it drops them. */
  readonly kept?: readonly string[];
  /** Whether Flux leaves all of them when the Kustomization goes. */
  readonly orphans?: boolean;
  readonly suspended?: boolean;
  /** It is no longer delivered, and what was published is still there. */
  readonly left?: boolean;
}

type Place = Pick<DeliveredRecord, 'repository' | 'branch' | 'path'>;

/** One text for one place. */
export function placeKey({ repository, branch, path }: Place): string {
  return [repository, branch, path].join('\0');
}

/** As messages name it. */
export function placeName({ repository, branch, path }: Place): string {
  return `'${branch}'${path && ` path '${path}'`} of '${repository}'`;
}

/** All that the app delivers to be applied, whoever applies it. */
export function deliveredPlaces(manifest: DeliveryManifest): (Place & Pick<DeliveredRecord, 'objects' | 'kept'>)[] {
  return [
    ...manifest.repositories.flatMap(({ name, targets }) => targets.filter(({ role }) => role === 'manifests').map(({ branch, path, objects, kept }) => (
      { repository: name, branch, path, objects, kept }
    ))),
    ...(manifest.registries ?? []).flatMap(({ name, artifacts }) => artifacts.map(({ artifact, tag, objects, kept }) => (
      { repository: name, branch: `${artifact}/${tag}`, path: '', objects, kept }
    ))),
  ];
}

/** What the record of each config directory is to say: what it applies, and what no directory applies, for somebody does by hand. */
export function deliveredBy(manifest: DeliveryManifest): (target: TargetManifest) => DeliveredRecord[] {
  const places = deliveredPlaces(manifest);
  const applied = new Set(manifest.repositories.flatMap(({ targets }) => targets.flatMap(({ applies = [] }) => applies.map(placeKey))));
  return ({ applies = [] }) => {
    const here = new Map<string, typeof applies>();
    applies.forEach((one) => here.set(placeKey(one), [...here.get(placeKey(one)) ?? [], one]));
    return places.filter((place) => here.has(placeKey(place)) || !applied.has(placeKey(place))).map(({ repository, branch, path, objects, kept }) => {
      const by = here.get(placeKey({ repository, branch, path })) ?? [];
      const remote = by.flatMap(({ kustomization, cluster }) => cluster === undefined ? [] : [[kustomization, cluster]]);
      return {
        repository,
        branch,
        path,
        kustomizations: by.map(({ kustomization }) => kustomization),
        clusters: remote.length ? Object.fromEntries(remote) : undefined,
        objects,
        kept,
        orphans: by.some(({ orphans }) => orphans) || undefined,
        suspended: by.some(({ suspended }) => suspended) || undefined,
      };
    });
  };
}

/**
 * What a record is to say after what it said: what has left the app stays in it until it is deleted, for nothing else knows of it.
 *
 * @param rendered keys of all places that the app delivers to now, for this cluster or another
 * @param gone keys of places that are deleted
 */
export function withLeft(
  now: readonly DeliveredRecord[], former: readonly DeliveredRecord[], rendered: ReadonlySet<string>, gone: ReadonlySet<string>,
): DeliveredRecord[] {
  const left = former.filter((one) => !rendered.has(placeKey(one)) && !gone.has(placeKey(one)));
  return [...now, ...left.map(({ repository, branch, path }) => ({ repository, branch, path, kustomizations: [], left: true }))];
}
