import { Applier, applierOf, directoryOf, isFluxKustomization } from './appliers';
import { Files } from './change';
import { FileObject, readObjects } from './object-file';
import { DeliveryManifest, isWithin, TargetManifest } from '../../manifest';
import { FormerTarget } from '../publish/branch-plan';
import { BranchContents, RepositoryContents } from '../publish/contents';

/** A directory that the app owns, with what changes in it. */
export interface Place {
  readonly repository: string;
  readonly branch: string;
  readonly path: string;
  readonly change: BranchContents['change'];
  readonly before: Files;
  readonly after: Files;
  /** Whether the app no longer delivers it. */
  readonly left?: boolean;
  /** What a Kustomization of this directory has applied when it was published last, and would prune. */
  readonly taken: (kustomization: string) => readonly string[];
  /** The Kustomizations of the app that apply it; empty where none is known. */
  readonly appliers: readonly Applier[];
  /** The directories of Flux objects through which a cluster gets it; undefined where none is known. */
  readonly clusters: readonly string[] | undefined;
}

/** The content of a rendered file. */
type Rendered = (repository: string, branch: string, file: string) => Buffer;

/** The directories that the app owns and in which something changes. */
export function placesOf(manifest: DeliveryManifest, contents: readonly RepositoryContents[], rendered: Rendered): Place[] {
  const targets = allTargets(manifest);
  const configs = targets.flatMap((one) => one.target.role === 'config' ? [new ConfigDirectory(one, rendered)] : []);
  return contents.flatMap(({ name, branches }) => branches.flatMap(({ branch, change, before, after, former, left }): Place[] => {
    const here = targets.filter((one) => one.repository === name && one.target.branch === branch).map(({ target }) => target);
    if (left) {
      // No Kustomization applies it any more.
      const going = { repository: name, branch, path: '', change, before, after: new Map(), left, taken: () => [], appliers: [], clusters: undefined };
      return before.size ? [going] : [];
    }
    return here.flatMap((target, index) => {
      const [old, fresh] = [before, after].map((files) => new Map([...files].filter(([path]) => ownerOf(path, here) === index)));
      const isConfig = target.role === 'config';
      const reading = configs.filter((config) => isConfig ? config.is(name, target) : config.applies(name, target));
      return old.size + fresh.size === 0 ? [] : [{
        repository: name,
        branch,
        path: target.path,
        change,
        before: old,
        after: fresh,
        taken: (kustomization) => takenWith(kustomization, former.find(({ path }) => path === target.path)),
        appliers: distinct(reading.flatMap((config) => isConfig ? config.own() : config.appliersOf(name, target))),
        clusters: reading.length ? reading.map(({ id }) => id) : undefined,
      }];
    });
  }));
}

/** The objects that the record of a directory says a Kustomization in it applies, without those that Flux leaves. */
function takenWith(kustomization: string, former: FormerTarget | undefined): string[] {
  return (former?.ownership.delivered ?? []).filter(({ kustomizations }) => kustomizations.includes(kustomization))
    .flatMap(({ objects = [], kept = [] }) => objects.filter((object) => !kept.includes(object)));
}

interface PlacedTarget {
  readonly repository: string;
  readonly target: Pick<TargetManifest, 'role' | 'branch' | 'path' | 'files' | 'applies'>;
}

function allTargets({ repositories, registries = [] }: DeliveryManifest): PlacedTarget[] {
  return [
    ...repositories.flatMap(({ name, targets }) => targets.map((target) => ({ repository: name, target }))),
    ...registries.flatMap(({ name, artifacts }) => artifacts.map(({ artifact, tag, files }) => (
      { repository: name, target: { role: 'manifests' as const, branch: `${artifact}/${tag}`, path: '', files } }
    ))),
  ];
}

/** Whose file it is: who renders it, else whose directory it is in, else the first who may have files elsewhere. */
function ownerOf(path: string, targets: readonly PlacedTarget['target'][]): number {
  const found = [
    targets.findIndex(({ files }) => files.includes(path)),
    targets.findIndex((target) => isWithin(path, target.path)),
    targets.findIndex(({ role }) => role === 'config'),
  ];
  return found.find((index) => index >= 0) ?? 0;
}

/** A directory of Flux objects, as it is rendered: what it says of others. */
class ConfigDirectory {
  public readonly id: string;
  private found?: FileObject[];

  constructor(private readonly place: PlacedTarget, private readonly rendered: Rendered) {
    this.id = JSON.stringify([place.repository, place.target.branch, place.target.path]);
  }

  public is(repository: string, { branch, path }: PlacedTarget['target']): boolean {
    return this.id === JSON.stringify([repository, branch, path]);
  }

  public applies(repository: string, target: PlacedTarget['target']): boolean {
    return this.applying(repository, target).length > 0;
  }

  public appliersOf(repository: string, target: PlacedTarget['target']): Applier[] {
    const names = this.applying(repository, target).map(({ kustomization }) => kustomization);
    return this.kustomizations().map(applierOf).filter(({ name }) => names.includes(name));
  }

  /** The Kustomization that applies this directory itself; it lies outside, where bootstrap's finds it. */
  public own(): Applier[] {
    const { path } = this.place.target;
    return this.kustomizations().filter(({ file, object }) => !isWithin(file, path) && directoryOf(object.spec?.path) === path).map(applierOf);
  }

  private applying(repository: string, { branch, path }: PlacedTarget['target']) {
    const { applies = [] } = this.place.target;
    return applies.filter((one) => one.repository === repository && one.branch === branch && directoryOf(one.path) === path);
  }

  private kustomizations(): FileObject[] {
    const { repository, target: { branch, files } } = this.place;
    this.found ??= files.flatMap((file) => readObjects(file, this.rendered(repository, branch, file)).objects);
    return this.found.filter(({ object }) => isFluxKustomization(object));
  }
}

function distinct(appliers: readonly Applier[]): Applier[] {
  return [...new Map(appliers.map((applier) => [JSON.stringify(applier), applier])).values()];
}
