import { posix } from 'path';
import { applyPatch, Patch } from './apply-patch';
import { Build, BuiltObject, emptyBuild, joined } from './build';
import { FILE_RULES } from './file-rules';
import { isClusterScoped, isMap, isObject, objectsOf } from './objects';
import { KUSTOMIZATION_FILES, Tree } from './tree';
import { SourceDocument, SourceFile, Token } from './yaml-file';
import { ExistingObject, Rule } from '../../rules';

/** Fields that do more than is followed here. */
const UNFOLLOWED = ['replacements', 'transformers', 'vars', 'configurations'];
/** Fields that name files which are no objects to apply. */
const FILES = ['replacements', 'transformers', 'generators', 'validators', 'configurations', 'crds', 'openapi'];

/**
 * Builds folders of a tree as far as it is certain: which objects there are, their names and namespaces, and patches of Flux's kinds.
 * What cannot be followed is said of each object that it may concern.
 */
export class KustomizeBuilder {
  /** Documents that a build took in. */
  public readonly used = new Set<SourceDocument>();
  /** Paths of files that are patches and the like. */
  public readonly auxiliary = new Set<string>();
  /** Folders that another one takes in. */
  public readonly bases = new Set<string>();
  private readonly builds = new Map<string, Build>();
  private readonly underWay = new Set<string>();

  constructor(public readonly tree: Tree) {}

  /** What kustomize-controller makes of a path of a source. */
  public folder(folder: string): Build {
    let build = this.builds.get(folder);
    if (!build) {
      this.underWay.add(folder);
      const file = this.tree.kustomization(folder);
      build = file ? this.kustomized(folder, file, []) : this.generated(folder);
      this.underWay.delete(folder);
      this.builds.set(folder, build);
    }
    return build;
  }

  /** A folder of components, on top of what is there. */
  public component(folder: string, objects: readonly BuiltObject[]): Build {
    const file = this.tree.kustomization(folder);
    return file && !this.underWay.has(folder) ? this.kustomized(folder, file, objects) : { ...emptyBuild(), objects: [...objects] };
  }

  /** Applies patches as they stand in a list of `patches`; `path` is where that list is in the document. */
  public patched(build: Build, document: SourceDocument, patches: unknown, path: readonly Token[], folder?: string): Build {
    return this.patches(folder, document, patches, path).reduce((before, patch) => applyPatch(before, patch), build);
  }

  /** All files of a folder that has no kustomization.yaml, as the controller takes them in. */
  private generated(folder: string): Build {
    const { files, folders } = this.tree.folder(folder);
    const builds = files.map((path) => this.file(path, true));
    for (const inner of folders) {
      const isBuilt = this.tree.kustomization(inner) !== undefined;
      if (isBuilt) {
        this.bases.add(inner);
      }
      builds.push(isBuilt && !this.underWay.has(inner) ? this.folder(inner) : isBuilt ? emptyBuild() : this.generated(inner));
    }
    return joined(builds);
  }

  private file(path: string, isGenerated: boolean): Build {
    const file = this.tree.file(path);
    const build = emptyBuild();
    for (const document of file?.documents ?? []) {
      this.used.add(document);
      if (isGenerated && document.value !== undefined && document.value !== null && !isObject(document.value)) {
        build.problems.push({
          rule: FILE_RULES.noObject,
          document,
          path: [],
          problem: 'Flux applies all files of this folder, and this one holds no Kubernetes object, so the build fails',
          remedy: 'Move the file away, name it in .sourceignore, or list the resources in a kustomization.yaml',
        });
      }
    }
    build.objects.push(...(file ? objectsOf(file) : []).filter(({ object }) => !isLocal(object)).map((object) => ({ ...object, patches: [] })));
    return build;
  }

  private kustomized(folder: string, file: SourceFile, incoming: readonly BuiltObject[]): Build {
    const [document] = file.documents;
    this.used.add(document);
    const spec: any = isMap(document.value) ? document.value : {};
    let build = joined([{ ...emptyBuild(), objects: [...incoming] }, ...this.resources(folder, document, spec)]);
    for (const [index, entry] of list(spec.components)) {
      const path = local(folder, entry);
      if (path === undefined || !this.tree.hasFolder(path)) {
        build = joined([build, this.resource(folder, document, entry, ['components', index])]);
      } else {
        this.bases.add(path);
        const component = this.component(path, build.objects);
        build = { ...joined([{ ...build, objects: [] }, component]) };
      }
    }
    build.generated.push(...generatedObjects(spec));
    FILES.forEach((field) => this.setAside(folder, spec[field]));
    for (const field of ['patchesStrategicMerge', 'patches', 'patchesJson6902']) {
      build = this.patched(build, document, spec[field], [field], folder);
    }
    build = transformed(build, { namespace: spec.namespace, prefix: spec.namePrefix, suffix: spec.nameSuffix });
    const unfollowed = UNFOLLOWED.find((field) => spec[field] !== undefined);
    const unseen = ['generators', 'helmCharts', 'helmChartInflationGenerator', ...spec.configurations ? ['configurations'] : []].filter((field) => spec[field] !== undefined);
    return {
      ...build,
      objects: unfollowed ? build.objects.map((object) => ({ ...object, partly: `${unfollowed} of ${file.shown}` })) : build.objects,
      unseen: [...build.unseen, ...unseen.map((field) => `${field} of ${file.shown}`)],
    };
  }

  private resources(folder: string, document: SourceDocument, spec: any): Build[] {
    return ['resources', 'bases'].flatMap((field) => list(spec[field]).map(([index, entry]) => this.resource(folder, document, entry, [field, index])));
  }

  private resource(folder: string, document: SourceDocument, entry: unknown, path: readonly Token[]): Build {
    if (typeof entry !== 'string') {
      return emptyBuild();
    }
    const target = local(folder, entry);
    if (target === undefined) {
      return { ...emptyBuild(), unseen: [entry] };
    } else if (this.tree.hasFolder(target)) {
      this.bases.add(target);
      return this.underWay.has(target)
        ? withProblem(FILE_RULES.kustomizeCycle, document, path, `'${entry}' leads back to this folder, so the build fails`, 'Leave it out')
        : this.tree.kustomization(target)
          ? this.folder(target)
          : withProblem(FILE_RULES.kustomizeMissing, document, path, `the folder '${entry}' has no kustomization.yaml, so the build fails`, 'Add one, or name its files');
    } else if (!this.tree.exists(target)) {
      return /[?]|^[\w-]+(\.[\w-]+)+\//.test(entry)
        ? { ...emptyBuild(), unseen: [entry] }
        : withProblem(FILE_RULES.kustomizeMissing, document, path, `'${entry}' does not exist, so the build fails`, 'Correct the name, or leave it out');
    }
    return KUSTOMIZATION_FILES.includes(posix.basename(target)) ? emptyBuild() : this.file(target, false);
  }

  private patches(folder: string | undefined, document: SourceDocument, patches: unknown, at: readonly Token[]): Patch[] {
    return list(patches).flatMap(([index, entry]): Patch[] => {
      const path = [...at, index];
      if (typeof entry === 'string') {
        // patchesStrategicMerge: a file, or the patch itself.
        return /\n/.test(entry) ? inline(entry, document, path) : this.fromFile(folder, entry);
      } else if (!isMap(entry)) {
        return [];
      }
      const target = isMap(entry.target) ? entry.target : undefined;
      const content = typeof entry.path === 'string' ? this.fromFile(folder, entry.path)
        : typeof entry.patch === 'string' ? inline(entry.patch, document, [...path, 'patch'])
          : Array.isArray(entry.patch) ? [{ content: entry.patch, document, prefix: [...path, 'patch'], isInline: false }] : [];
      return content.map((patch) => ({ ...patch, target }));
    });
  }

  private fromFile(folder: string | undefined, entry: string): Patch[] {
    const path = folder === undefined ? undefined : local(folder, entry);
    if (path === undefined) {
      return [];
    }
    this.auxiliary.add(path);
    return this.tree.file(path)?.documents.map((document) => ({ content: document.value, document, prefix: [], isInline: false })) ?? [];
  }

  private setAside(folder: string, value: unknown): void {
    const texts = typeof value === 'string' ? [value] : isMap(value) || Array.isArray(value) ? Object.values(value) : [];
    for (const text of texts) {
      if (typeof text === 'string') {
        const path = local(folder, text);
        if (path !== undefined) {
          [path, ...this.tree.paths().filter((file) => file.startsWith(`${path}/`))].forEach((file) => this.auxiliary.add(file));
        }
      } else if (isMap(text)) {
        this.setAside(folder, text.path);
      }
    }
  }
}

/** What a kustomization, or a Flux Kustomization, does to all objects. */
export function transformed(build: Build, by: { namespace?: unknown; prefix?: unknown; suffix?: unknown }): Build {
  const [namespace, prefix, suffix] = [by.namespace, by.prefix, by.suffix].map((text) => typeof text === 'string' ? text : '');
  if (!namespace && !prefix && !suffix) {
    return build;
  }
  const change = (object: any) => {
    const renamed = ['Namespace', 'CustomResourceDefinition', 'APIService'].includes(object.kind) ? undefined : `${prefix}${object.metadata?.name}${suffix}`;
    const name = object.kind === 'Namespace' && namespace ? namespace : renamed ?? object.metadata?.name;
    return { ...object, metadata: { ...object.metadata, name, ...namespace && !isClusterScoped(object) ? { namespace } : {} } };
  };
  return {
    ...build,
    objects: build.objects.map((built) => isMap(built.object.metadata) ? { ...built, object: change(built.object) } : built),
    generated: build.generated.map((object) => ({ ...object, name: `${prefix}${object.name}${suffix}`, namespace: namespace || object.namespace })),
  };
}

function inline(text: string, document: SourceDocument, prefix: readonly Token[]): Patch[] {
  return new SourceFile('', '', text).documents.map(({ value }) => ({ content: value, document, prefix, isInline: true }));
}

function generatedObjects(spec: any): ExistingObject[] {
  return [['configMapGenerator', 'ConfigMap'], ['secretGenerator', 'Secret']].flatMap(([field, kind]) => list(spec[field]).flatMap(([, entry]: [number, any]) => (
    typeof entry?.name === 'string' ? [{ group: '', kind, name: entry.name, namespace: typeof entry.namespace === 'string' ? entry.namespace : undefined }] : []
  )));
}

function isLocal(object: any): boolean {
  return object.metadata?.annotations?.['config.kubernetes.io/local-config'] === 'true';
}

/** The path of an entry in its tree; undefined for what is elsewhere. */
function local(folder: string, entry: unknown): string | undefined {
  if (typeof entry !== 'string' || /:\/\/|^[\w.-]+@/.test(entry) || entry.startsWith('/')) {
    return undefined;
  }
  const path = posix.join(folder, entry).replace(/\/+$/, '');
  return path === '..' || path.startsWith('../') ? undefined : path === '.' ? '' : path;
}

function list(value: unknown): [number, unknown][] {
  return Array.isArray(value) ? value.map((item, index) => [index, item]) : [];
}

function withProblem(rule: Rule, document: SourceDocument, path: readonly Token[], problem: string, remedy: string): Build {
  return { ...emptyBuild(), problems: [{ rule, document, path, problem, remedy }] };
}
