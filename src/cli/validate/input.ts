import { existsSync, readFileSync, realpathSync, statSync } from 'fs';
import { dirname, join, posix, relative, resolve, sep } from 'path';
import { sameUrl, sourcePath } from './cluster';
import { objectsOf } from './objects';
import { KnownRoots } from './repository';
import { isBelow, TooLarge, Tree } from './tree';
import { AcknowledgedManifest, artifactFolder, DELIVERY_MANIFEST_FILE, DeliveryManifest, ExistingManifest, InvalidDeliveryError, readDeliveryManifest } from '../../manifest';
import { isFluxObject } from '../../rules';
import { CliError, ExitCode } from '../cli-error';

export interface Input {
  readonly trees: readonly Tree[];
  readonly roots: readonly KnownRoots[];
  /** What an app that rendered them declares as made elsewhere, and the warnings that it acknowledges. */
  readonly existing: readonly ExistingManifest[];
  readonly acknowledged: readonly AcknowledgedManifest[];
  /** Whether findings of a file are told: it lies in one of the paths that were given. */
  isAsked(tree: Tree, path: string): boolean;
}

/**
 * The trees of the paths that were given. A path within a Git repository is seen as a part of it: the rest tells which cluster it belongs
 * to, but what is wrong there is not told.
 *
 * @throws CliError
 */
export function readInput(paths: readonly string[], readStandardInput: () => string): Input {
  const given = paths.length ? paths : [existsSync('dist') ? 'dist' : '.'];
  const trees: Tree[] = [];
  const roots: KnownRoots[] = [];
  const asked = new Map<Tree, string[]>();
  const ordinary: string[] = [];
  const existing: ExistingManifest[] = [];
  const acknowledged: AcknowledgedManifest[] = [];
  for (const path of new Set(given)) {
    if (path === '-') {
      const tree = Tree.ofText('<stdin>', readStandardInput());
      trees.push(tree);
      asked.set(tree, ['']);
      continue;
    }
    const real = realPath(path);
    if (existsSync(join(real, DELIVERY_MANIFEST_FILE))) {
      const manifest = readManifest(real);
      const rendered = renderedTrees(manifest, real, shownPath(real));
      existing.push(...manifest.existing ?? []);
      acknowledged.push(...manifest.acknowledged ?? []);
      rendered.trees.forEach((tree) => asked.set(tree, ['']));
      trees.push(...rendered.trees);
      roots.push(...rendered.roots);
    } else {
      ordinary.push(real);
    }
  }
  for (const { tree, inner } of ordinaryTrees(ordinary)) {
    trees.push(tree);
    asked.set(tree, inner);
  }
  return { trees, roots, existing, acknowledged, isAsked: (tree, path) => asked.get(tree)!.some((folder) => folder === '' || path === folder || path.startsWith(`${folder}/`)) };
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CliError(ExitCode.INVALID_INPUT, code === 'ENOENT' || code === 'ENOTDIR'
      ? `${path}: no such file or folder. Name one that exists, or '-' for the standard input.`
      : `${path}: cannot be read (${code}). Name another, or give yourself the right to read it.`);
  }
}

/** Trees of one repository each, or else of the folder that holds all. */
function ordinaryTrees(paths: readonly string[]): { tree: Tree; inner: string[] }[] {
  const byRoot = new Map<string, string[]>();
  for (const path of paths) {
    const root = gitRoot(path) ?? '';
    byRoot.set(root, [...byRoot.get(root) ?? [], path]);
  }
  return [...byRoot].map(([gitFolder, inside]) => {
    if (gitFolder !== '') {
      try {
        const tree = new Tree(gitFolder, { shown: shownPath(gitFolder), urls: originOf(gitFolder) });
        tree.add('');
        const inner = inside.map((path) => tree.inside(path)!);
        inner.filter((path) => !tree.includes(path)).forEach((path) => tree.add(path));
        return inner.length === 1 && isOwnRoot(tree, inner[0]) ? plainTree(inside) : { tree, inner };
      } catch (error) {
        if (!(error instanceof TooLarge)) {
          throw error;
        }
      }
    }
    return plainTree(inside);
  });
}

/** Whether the paths of Flux Kustomizations start at a folder rather than at its Git repository, as in a copy of another repository. */
function isOwnRoot(tree: Tree, folder: string): boolean {
  const files = tree.paths().filter((path) => isBelow(path, folder)).flatMap((path) => tree.file(path) ?? []);
  const paths = files.flatMap((file) => objectsOf(file)).filter(({ object }) => isFluxObject(object, 'Kustomization'))
    .flatMap(({ object }) => sourcePath(object.spec?.path) || []);
  const starting = (root: string) => paths.filter((path) => tree.hasFolder(posix.join(root, path))).length;
  return starting(folder) > starting('');
}

function plainTree(paths: readonly string[]): { tree: Tree; inner: string[] } {
  const folders = paths.map((path) => statSync(path).isDirectory() ? path : dirname(path));
  const root = folders.reduce(commonFolder);
  const tree = new Tree(root, { shown: shownPath(root) });
  const inner = paths.map((path) => tree.inside(path)!);
  try {
    inner.forEach((path) => tree.add(path));
  } catch (error) {
    throw error instanceof TooLarge ? new CliError(ExitCode.INVALID_INPUT, `${shownPath(root) || '.'}: holds too many files for a repository of Flux. Name the folders that matter.`) : error;
  }
  return { tree, inner };
}

/** The trees that an app of this library has rendered: each branch of each repository is one, and each artifact; so are the files that no delivery claimed. */
function renderedTrees(manifest: DeliveryManifest, dist: string, shown: string): { trees: Tree[]; roots: KnownRoots[] } {
  const unclaimed = new Tree(dist, { shown });
  manifest.unclaimed.filter((file) => existsSync(join(dist, file))).forEach((file) => unclaimed.add(file));
  const trees = [unclaimed];
  const roots: KnownRoots[] = [];
  for (const { name, url, targets } of manifest.repositories) {
    for (const branch of new Set(targets.map((target) => target.branch))) {
      const tree = new Tree(join(dist, name, branch), { shown: posix.join(shown, name, branch), urls: [sameUrl(url)], branch });
      tree.add('');
      trees.push(tree);
      const own = targets.filter((target) => target.branch === branch);
      const folders = own.filter(({ role }) => role === 'config').flatMap(({ path, files }) => files.filter((file) => !file.startsWith(`${path}/`)).map((file) => posix.dirname(file)));
      if (folders.length) {
        roots.push({ tree, folders: [...new Set(folders)] });
      }
    }
  }
  for (const { name, url, artifacts } of manifest.registries ?? []) {
    for (const { artifact, tag } of artifacts) {
      const folder = artifactFolder({ artifact, tag });
      const tree = new Tree(join(dist, name, folder), { shown: posix.join(shown, name, folder), urls: [sameUrl(`${url}/${artifact}`)], tag });
      tree.add('');
      trees.push(tree);
    }
  }
  return { trees, roots };
}

function readManifest(dist: string): DeliveryManifest {
  try {
    return readDeliveryManifest(dist);
  } catch (error) {
    throw error instanceof InvalidDeliveryError ? new CliError(ExitCode.INVALID_INPUT, error.problems) : error;
  }
}

/** The nearest folder around a path that is a Git repository. */
export function gitRoot(path: string): string | undefined {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) {
      return folder;
    } else if (folder === dirname(folder)) {
      return undefined;
    }
  }
}

/** The URL of `origin`, by which a GitRepository that means this repository is known. */
function originOf(gitFolder: string): string[] {
  try {
    const url = /^\[remote "origin"\]\s*\n(?:[ \t]+.*\n)*?[ \t]+url\s*=\s*(\S+)/m.exec(readFileSync(join(gitFolder, '.git', 'config'), 'utf8'))?.[1];
    return url === undefined ? [] : [sameUrl(url)];
  } catch {
    // A worktree has none of its own.
    return [];
  }
}

function commonFolder(one: string, other: string): string {
  let folder = one;
  while (other !== folder && !other.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`)) {
    folder = dirname(folder);
  }
  return folder;
}

/** A path as messages have it: from the current folder on, or whole if it is elsewhere. */
function shownPath(path: string): string {
  const inner = relative(realpathSync('.'), resolve(path)).split(sep).join('/');
  return inner.startsWith('../../') ? path.split(sep).join('/') : inner;
}

