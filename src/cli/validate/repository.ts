import { Build, BuildProblem, BuiltObject, emptyBuild, joined } from './build';
import { appliesItself, Cluster, ClusterRoot, ClusterWalk, sameUrl, sourcePath } from './cluster';
import { KustomizeBuilder } from './kustomize-build';
import { identity, isMap, isObject, objectsOf } from './objects';
import { isBelow, parentOf, Tree } from './tree';
import { SourceDocument, SourceFile } from './yaml-file';
import { ExistingObject, groupOf, isFluxObject } from '../../rules';

/** What the files of all trees come to. */
export interface Repository {
  readonly clusters: readonly Cluster[];
  /** Objects that no cluster reaches. */
  readonly loose: readonly BuiltObject[];
  readonly problems: readonly BuildProblem[];
}

/** Where a rendered tree has its clusters, where no file tells. */
export interface KnownRoots {
  readonly tree: Tree;
  readonly folders: readonly string[];
}

/** Finds the clusters of trees, and what belongs to each. */
export class RepositoryReader {
  public readonly builders: readonly KustomizeBuilder[];
  private readonly all: ReadonlyMap<KustomizeBuilder, readonly BuiltObject[]>;

  /** @param isAsked whether a file is one of those to check; where no cluster tells what belongs together, only these count */
  constructor(
    trees: readonly Tree[],
    private readonly known: readonly KnownRoots[],
    private readonly isAsked: (tree: Tree, path: string) => boolean,
  ) {
    this.builders = trees.map((tree) => new KustomizeBuilder(tree));
    this.all = new Map(this.builders.map((builder) => [builder, builder.tree.paths().flatMap((path) => read(builder.tree.file(path)))]));
  }

  public read(): Repository {
    const roots = this.builders.flatMap((builder) => this.roots(builder));
    const clusters = roots.flatMap((root) => new ClusterWalk(root, this.builders).walk());
    const withRoots = new Set(roots.map(({ builder }) => builder));
    const loose: Part[] = [];
    for (const builder of this.builders) {
      // Told by who reaches it: what an earlier tree has reached is nobody's beginning.
      const isReached = withRoots.has(builder) || builder.used.size > 0;
      const parts = this.rest(builder);
      if (isReached) {
        loose.push(...parts);
      } else {
        clusters.push(...this.asClusters(builder, parts));
      }
    }
    return { clusters, loose: loose.flatMap(({ objects }) => objects), problems: loose.flatMap(({ problems }) => problems) };
  }

  /** Whether a file is something other than objects: a patch, a kustomization. */
  public isAuxiliary(tree: Tree, path: string): boolean {
    return this.builders.some((builder) => builder.tree === tree && builder.auxiliary.has(path));
  }

  public isUsed(document: SourceDocument): boolean {
    return this.builders.some(({ used }) => used.has(document));
  }

  private roots(builder: KustomizeBuilder): ClusterRoot[] {
    const known = this.known.find(({ tree }) => tree === builder.tree);
    if (known) {
      return known.folders.map((folder) => virtualRoot(builder, folder));
    }
    const objects = this.all.get(builder)!;
    const kustomizations = objects.filter(({ object }) => isFluxObject(object, 'Kustomization') && isMap(object.metadata) && isMap(object.spec));
    const candidates = kustomizations.filter(appliesItself);
    const bootstrapped = candidates.filter(({ object }) => object.metadata.name === object.spec.sourceRef?.name);
    const applying = bootstrapped.length ? bootstrapped : candidates;
    const own = [...applying.map((built) => ownRoot(builder, built)), ...objects.flatMap((built) => instanceRoot(builder, built))];
    // The outermost applies the ones within.
    const isWithin = (root: ClusterRoot, other: ClusterRoot) => isBelow(root.folder, other.folder) && root.folder !== other.folder;
    const isSame = (root: ClusterRoot, other: ClusterRoot) => root.folder === other.folder;
    const roots = own.filter((root) => !own.some((other) => isWithin(root, other)) && own.find((other) => isSame(root, other)) === root);
    roots.forEach((root) => learnUrl(builder.tree, root, objects));
    const byName = this.clusterFolders(builder.tree, kustomizations)
      .filter((folder) => !roots.some((root) => isBelow(folder, root.folder) || isBelow(root.folder, folder)));
    return [...roots, ...byName.map((folder) => virtualRoot(builder, folder))];
  }

  /** `clusters/<name>` that hold a Flux Kustomization. */
  private clusterFolders(tree: Tree, kustomizations: readonly BuiltObject[]): string[] {
    const folders = kustomizations.flatMap(({ document: { file } }) => {
      const segments = file.path.split('/');
      const at = segments.indexOf('clusters');
      return at >= 0 && segments.length > at + 2 ? [segments.slice(0, at + 2).join('/')] : [];
    });
    return [...new Set(folders)].filter((folder) => tree.hasFolder(folder)).sort();
  }

  /** What no root has reached: builds of folders that no other names, and the files of each folder. */
  private rest(builder: KustomizeBuilder): Part[] {
    const { tree } = builder;
    const folders = new Set(tree.paths().map((path) => parentOf(path)!));
    const unused = [...folders].filter((folder) => {
      const file = tree.kustomization(folder);
      return file && !builder.used.has(file.documents[0]) && (file.documents[0].value as any)?.kind !== 'Component';
    });
    const built = unused.map((folder) => ({ folder, ...builder.folder(folder) }));
    const tops = built.filter(({ folder }) => !builder.bases.has(folder));
    const single = this.all.get(builder)!.filter(({ document }) => !builder.used.has(document) && !builder.auxiliary.has(document.file.path));
    const byFolder = new Map<string, BuiltObject[]>();
    for (const object of single) {
      const folder = parentOf(object.document.file.path)!;
      byFolder.set(folder, [...byFolder.get(folder) ?? [], object]);
    }
    return [
      ...tops.map(({ folder, objects, problems, generated, unseen }) => ({ folder, objects, problems, generated, unseen })),
      ...[...byFolder].map(([folder, objects]) => ({ ...emptyBuild(), folder, objects: objects.map((object) => asPart(tree, folder, object)) })),
    ];
  }

  /**
   * Where nothing tells the clusters, all is taken for one, unless folders hold the same object: these are for different clusters, and
   * each may refer to what any other folder holds.
   */
  private asClusters(builder: KustomizeBuilder, all: readonly Part[]): Cluster[] {
    const reached = new Set(all.flatMap((part) => this.reachedFrom(builder, part)));
    const isOurs = ({ folder, objects }: Part) => (
      [folder, ...objects.map(({ document }) => document.file.path)].some((path) => this.isAsked(builder.tree, path))
    );
    const ours = all.filter(isOurs);
    const parts = ours.filter(({ objects }) => !objects.length || objects.some(({ document }) => !reached.has(document)));
    const others = all.filter((part) => !ours.includes(part)).flatMap(({ objects }) => objects.map(asExisting));
    const groups: { ids: Set<string>; parts: Part[] }[] = [];
    for (const part of parts) {
      const ids = part.objects.map(({ object }) => identity(object));
      const group = groups.find((one) => !ids.some((id) => one.ids.has(id)));
      if (group) {
        ids.forEach((id) => group.ids.add(id));
        group.parts.push(part);
      } else {
        groups.push({ ids: new Set(ids), parts: [part] });
      }
    }
    return groups.flatMap((group) => {
      const elsewhere = groups.filter((other) => other !== group).flatMap((other) => joined(other.parts).objects.map(asExisting));
      const root = { name: builder.tree.shown(group.parts[0].folder), builder, build: joined(group.parts) };
      const [own, ...more] = new ClusterWalk(root, this.builders).walk();
      return [{ ...own, existing: [...own.existing, ...others, ...elsewhere] }, ...more];
    });
  }

  /** Documents that a part's Kustomizations lead to. */
  private reachedFrom(builder: KustomizeBuilder, part: Part): SourceDocument[] {
    if (!part.objects.some(({ object }) => isFluxObject(object, 'Kustomization'))) {
      return [];
    }
    const own = new Set(part.objects.map(({ document }) => document));
    const applied = new ClusterWalk({ name: '', builder, build: part }, this.builders).walk().flatMap((cluster) => cluster.applied);
    return applied.flatMap(({ objects }) => objects.map(({ document }) => document)).filter((document) => !own.has(document));
  }
}

/** Objects that are applied together, though nobody knows by whom. */
interface Part extends Build {
  readonly folder: string;
}

function asExisting({ object }: BuiltObject): ExistingObject {
  const { name, namespace } = object.metadata ?? {};
  return { group: groupOf(object.apiVersion), kind: object.kind, name, namespace };
}

/** What a kustomization.yaml beside it does not name, or a component that nobody takes in, is a part of something that is not known. */
function asPart(tree: Tree, folder: string, object: BuiltObject): BuiltObject {
  const kustomization = tree.kustomization(folder);
  return kustomization ? { ...object, partly: `left out by ${kustomization.shown}` } : object;
}

function read(file: SourceFile | undefined): BuiltObject[] {
  return file ? objectsOf(file).map((object) => ({ ...object, patches: [] })) : [];
}

function virtualRoot(builder: KustomizeBuilder, folder: string): ClusterRoot {
  return { name: builder.tree.shown(folder), builder, folder, source: ['GitRepository', 'flux-system', 'flux-system'], by: 'flux-system/flux-system' };
}

function ownRoot(builder: KustomizeBuilder, kustomization: BuiltObject): ClusterRoot {
  const { metadata, spec } = kustomization.object;
  const folder = sourcePath(spec.path)!;
  const namespace = metadata.namespace ?? 'flux-system';
  const { kind = 'GitRepository', name = 'flux-system' } = isMap(spec.sourceRef) ? spec.sourceRef : {} as any;
  return {
    name: builder.tree.shown(folder),
    builder,
    folder,
    kustomization,
    by: `${namespace}/${metadata.name}`,
    source: [kind, spec.sourceRef?.namespace ?? namespace, name],
  };
}

/** What the operator of Flux is told to sync. */
function instanceRoot(builder: KustomizeBuilder, { object }: BuiltObject): ClusterRoot[] {
  const { sync } = isObject(object) && object.kind === 'FluxInstance' && isMap(object.spec) ? object.spec : {} as any;
  const folder = isMap(sync) ? sourcePath(sync.path) : undefined;
  if (folder === undefined || !builder.tree.hasFolder(folder)) {
    return [];
  }
  const namespace = object.metadata?.namespace ?? 'flux-system';
  const name = sync.name ?? namespace;
  return [{ name: builder.tree.shown(folder), builder, folder, by: `${namespace}/${name}`, source: [sync.kind ?? 'GitRepository', namespace, name] }];
}

/** The URL of the source that a root is applied from is the tree's own. */
function learnUrl(tree: Tree, { source: [kind, , name] }: ClusterRoot, objects: readonly BuiltObject[]): void {
  for (const { object } of objects) {
    if (object.kind === kind && object.metadata?.name === name && typeof object.spec?.url === 'string') {
      tree.urls.add(sameUrl(object.spec.url));
      if (typeof object.spec.ref?.branch === 'string') {
        tree.branches.add(object.spec.ref.branch);
      }
    }
  }
}
