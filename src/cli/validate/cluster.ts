import { posix } from 'path';
import { copiedFrom } from './artifacts';
import { Build, BuildProblem, BuiltObject, joined } from './build';
import { FILE_RULES } from './file-rules';
import { KustomizeBuilder, transformed } from './kustomize-build';
import { identity, isMap, nameOf } from './objects';
import { originOf } from './place';
import { hasVariables, substituted } from './substitution';
import { isBelow, parentOf } from './tree';
import { Waiting } from './waiting';
import { canonicalGitUrl } from '../../git';
import { ExistingObject, groupOf, isFluxObject } from '../../rules';

/** What one Flux Kustomization applies. */
export interface AppliedFolder {
  /** The Kustomization as `namespace/name`; absent for what is applied by nobody knows whom. */
  readonly by?: string;
  readonly targetNamespace?: string;
  readonly objects: readonly BuiltObject[];
}

/** What a cluster holds, as far as the files tell. */
export interface Cluster {
  readonly name: string;
  readonly applied: readonly AppliedFolder[];
  readonly existing: readonly ExistingObject[];
  /** What brings objects that are not among the files: another repository, a remote base. */
  readonly unseen: readonly string[];
  readonly problems: readonly BuildProblem[];
}

/** Where a cluster begins: with what a Flux Kustomization applies. */
export interface ClusterRoot extends Step {
  readonly name: string;
  /** The source from which it is applied, as `[kind, namespace, name]`. */
  readonly source: readonly [string, string, string];
}

/** Where a cluster begins of which nobody knows who applies its first objects. */
export interface LooseRoot {
  readonly name: string;
  readonly builder: KustomizeBuilder;
  readonly build: Build;
}

/** A Flux Kustomization, and the folder that it applies. */
interface Step {
  readonly builder: KustomizeBuilder;
  readonly folder: string;
  readonly by: string;
  /** Absent if no file has it. */
  readonly kustomization?: BuiltObject;
}

/** An artifact that an ArtifactGenerator makes of others. */
interface GeneratedArtifact {
  readonly generator: any;
  readonly artifact: any;
}

interface KnownSource {
  readonly spec?: any;
  readonly artifact?: GeneratedArtifact;
}

type Resolved = 'unseen' | 'missing' | { readonly builder: KustomizeBuilder; readonly folder: string };

/** Follows the Flux Kustomizations from a root; what each applies, and what comes of it. */
export class ClusterWalk {
  private readonly applied: AppliedFolder[] = [];
  private readonly sources = new Map<string, KnownSource>();
  private readonly seen = new Set<string>();
  /** Kustomizations by their source: one whose source is not there yet may have it from another. */
  private readonly waiting = new Waiting<BuiltObject>();
  private readonly unseen: string[] = [];
  private readonly existing: ExistingObject[] = [];
  private readonly problems: BuildProblem[] = [];
  private readonly missing: BuildProblem[] = [];
  /** Kustomizations that apply to other clusters. */
  private readonly elsewhere: Cluster[] = [];
  private hasResolved = false;

  constructor(private readonly root: ClusterRoot | LooseRoot, private readonly builders: readonly KustomizeBuilder[]) {}

  public walk(): Cluster[] {
    const { root } = this;
    if ('build' in root) {
      this.take(root.build, {});
    } else {
      if (root.kustomization) {
        this.seen.add(identity(root.kustomization.object));
        this.hasResolved = true;
      }
      this.apply(root);
    }
    for (let next = this.waiting.take(); next; next = this.waiting.take()) {
      this.follow(next);
    }
    const certain = this.hasResolved ? this.missing : [];
    return [{
      name: root.name,
      applied: this.applied,
      existing: this.existing,
      unseen: [...this.unseen, ...this.hasResolved ? [] : this.missing.map(({ on }) => nameOf(on))],
      problems: [...this.problems, ...certain],
    }, ...this.elsewhere];
  }

  private follow(kustomization: BuiltObject): void {
    const { object } = kustomization;
    const by = `${object.metadata.namespace}/${object.metadata.name}`;
    const resolved = this.resolve(object);
    if (resolved === 'unseen') {
      this.unseen.push(`Kustomization ${by}`);
    } else if (resolved === 'missing') {
      this.missing.push({
        rule: FILE_RULES.pathMissing,
        on: object,
        field: 'spec.path',
        ...originOf(kustomization, ['spec', 'path']),
        problem: `the path '${object.spec.path}' does not exist in this repository, so nothing is applied`,
        remedy: 'Correct the path, or add the folder',
      });
    } else if (object.spec.kubeConfig !== undefined) {
      const name = `the cluster of Kustomization ${by}`;
      const [cluster, ...more] = new ClusterWalk({ ...resolved, name, by, source: this.ownSource, kustomization }, this.builders).walk();
      this.elsewhere.push({ ...cluster, unseen: [...cluster.unseen, name] }, ...more);
    } else {
      this.hasResolved = true;
      this.apply({ ...resolved, by, kustomization });
    }
  }

  private apply({ builder, folder, by, kustomization }: Step): void {
    const spec = isMap(kustomization?.object.spec) ? kustomization.object.spec : {};
    let build: Build = builder.folder(folder);
    for (const component of Array.isArray(spec.components) ? spec.components : []) {
      const path = typeof component === 'string' ? posix.join(folder, component).replace(/\/+$/, '') : undefined;
      if (path !== undefined && builder.tree.hasFolder(path)) {
        builder.bases.add(path);
        const made = builder.component(path, build.objects);
        build = joined([{ ...build, objects: [] }, made]);
      }
    }
    if (kustomization) {
      build = builder.patched(build, kustomization.document, spec.patches, [...kustomization.prefix, 'spec', 'patches']);
    }
    build = transformed(build, { namespace: spec.targetNamespace, prefix: spec.namePrefix, suffix: spec.nameSuffix });
    const targetNamespace = typeof spec.targetNamespace === 'string' ? spec.targetNamespace : undefined;
    this.take({ ...build, objects: withVariables(build.objects, spec.postBuild) }, { by, targetNamespace });
  }

  private take(build: Build, set: { by?: string; targetNamespace?: string }): void {
    this.applied.push({ ...set, objects: build.objects });
    this.problems.push(...build.problems);
    this.existing.push(...build.generated);
    this.unseen.push(...build.unseen);
    this.note(build.objects);
  }

  private note(objects: readonly BuiltObject[]): void {
    for (const built of objects) {
      const { object } = built;
      if (groupOf(object.apiVersion) === 'source.toolkit.fluxcd.io') {
        this.noteSource(key(object.kind, object.metadata?.namespace, object.metadata?.name), { spec: object.spec });
      } else if (isFluxObject(object, 'ArtifactGenerator')) {
        this.noteArtifacts(object);
      } else if (isFluxObject(object, 'Kustomization') && isMap(object.metadata) && isMap(object.spec) && !this.seen.has(identity(object))) {
        this.seen.add(identity(object));
        this.waiting.add(built, sourceOf(object));
      }
    }
  }

  private noteSource(name: string, source: KnownSource): void {
    this.sources.set(name, source);
    this.waiting.release(name);
  }

  private noteArtifacts(generator: any): void {
    const namespace = generator.metadata?.namespace;
    for (const artifact of listOf(generator.spec?.artifacts)) {
      this.noteSource(key('ExternalArtifact', namespace, artifact.name), { artifact: { generator, artifact } });
      this.existing.push({ group: 'source.toolkit.fluxcd.io', kind: 'ExternalArtifact', name: artifact.name, namespace });
    }
  }

  private get ownSource(): ClusterRoot['source'] {
    return 'build' in this.root ? ['', '', ''] : this.root.source;
  }

  private resolve(object: any): Resolved {
    const path = sourcePath(object.spec.path);
    if (path === undefined) {
      return 'unseen';
    }
    return this.folderOf(sourceOf(object), path);
  }

  /** A folder of a source. */
  private folderOf(source: string, path: string): Resolved {
    const { root } = this;
    if (source === key(...this.ownSource)) {
      return folderIn(root.builder, path);
    }
    const { spec, artifact } = this.sources.get(source) ?? {};
    if (artifact) {
      return this.folderOfArtifact(artifact, path);
    }
    const url = typeof spec?.url === 'string' && !hasVariables(spec.url) ? sameUrl(spec.url) : undefined;
    const builder = url === undefined ? undefined : this.builders.find(({ tree }) => tree.urls.has(url) && tree.isAt(spec.ref));
    const found = folderIn(builder ?? root.builder, path);
    if (builder?.tree.isWhole) {
      return found;
    }
    // Nothing says where the source is; a folder of that name here will be it.
    const isGuess = builder === undefined && (path === '' || url !== undefined && isGit(source) && root.builder.tree.urls.size > 0);
    return found === 'missing' || isGuess ? 'unseen' : found;
  }

  private folderOfArtifact({ generator, artifact }: GeneratedArtifact, path: string): Resolved {
    const copied = copiedFrom(artifact, path);
    const from = copied && listOf(generator.spec?.sources).find(({ alias }) => alias === copied.alias);
    const found = from ? this.folderOf(key(from.kind, from.namespace ?? generator.metadata?.namespace, from.name), copied!.folder) : 'unseen';
    return found === 'missing' ? 'unseen' : found;
  }
}

function folderIn(builder: KustomizeBuilder, path: string): Resolved {
  return builder.tree.hasFolder(path) ? { builder, folder: path } : builder.tree.exists(path) ? 'unseen' : 'missing';
}

/** A path of a Flux Kustomization as one of a tree; undefined if it depends on what is not known. */
export function sourcePath(path: unknown): string | undefined {
  if (path !== undefined && typeof path !== 'string' || hasVariables(path)) {
    return undefined;
  }
  return posix.join('/', path ?? '').replace(/\/+$/, '').slice(1);
}

/** Whether a Kustomization applies the very folder that it lies in, as bootstrap's does. */
export function appliesItself({ object, document }: BuiltObject): boolean {
  const path = sourcePath(object.spec?.path);
  const isBootstrap = object.metadata?.name === 'flux-system' || object.spec?.sourceRef?.name === 'flux-system';
  const isHere = object.spec?.kubeConfig === undefined;
  return path !== undefined && isHere && isBelow(parentOf(document.file.path)!, path) && (path !== '' || isBootstrap);
}

/** One spelling for a repository, whatever the way to it; what is in a registry is none in git. */
export function sameUrl(url: string): string {
  return canonicalGitUrl(url.replace(/^(?:ssh:\/\/)?[\w.-]+@([^:/]+):(?!\d+\/)/, 'ssh://$1/')).replace(/^(?!oci:)[a-z+]+:\/\/(?:[^/@]*@)?/, '').replace(/:\d+\//, '/');
}

export function key(kind: unknown, namespace: unknown, name: unknown): string {
  return JSON.stringify([kind, namespace, name]);
}

function sourceOf({ metadata, spec }: any): string {
  const { kind, namespace, name } = isMap(spec.sourceRef) ? spec.sourceRef : {} as any;
  return key(kind, namespace ?? metadata.namespace, name);
}

function isGit(source: string): boolean {
  return source.startsWith('["GitRepository"');
}

function listOf(value: unknown): any[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}

function withVariables(objects: BuiltObject[], postBuild: unknown): BuiltObject[] {
  if (!isMap(postBuild)) {
    return objects;
  }
  const given = Object.entries(isMap(postBuild.substitute) ? postBuild.substitute : {});
  const variables = new Map(given.map(([name, value]): [string, string] => [name, String(value)]));
  // What an object elsewhere may give, no default stands for.
  const isAll = !Array.isArray(postBuild.substituteFrom) || postBuild.substituteFrom.length === 0;
  return objects.map((built) => {
    const isMeant = hasVariables(built.object) && !isSpared(built.object);
    return isMeant ? { ...built, object: substituted(built.object, variables, isAll) } : built;
  });
}

function isSpared({ metadata }: any): boolean {
  return [metadata?.labels, metadata?.annotations].some((map) => map?.['kustomize.toolkit.fluxcd.io/substitute'] === 'disabled');
}
