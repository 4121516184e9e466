import { IConstruct } from 'constructs';
import { complaint } from '../format';
import { NameClash, nameClashes } from '../manifest';
import { describePlace, Destination } from '../routing';

const CLASH: { readonly [kind in NameClash['kind']]: string } = {
  case: 'differ only in case, and some file systems hold them for one',
  folder: 'cannot stand side by side: one would be a folder in the other',
  same: 'are one',
};

/**
 * Finds names that git or a file system cannot hold apart: of the branches of a repository, of the files of a branch.
 *
 * @param what what the names are, such as `branch`
 * @param owners the construct that each name is of
 */
export function checkClashes(what: string, owners: ReadonlyMap<string, IConstruct>): string[] {
  return nameClashes([...owners.keys()]).map(({ one, other, kind }) => complaint(
    owners.get(other)!,
    `${what} '${other}' and ${what} '${one}' of '${owners.get(one)!.node.path}' ${CLASH[kind]}`,
    'Give one of the two another name',
  ));
}

/** A directory that somebody fills, and the files outside of it that are his too. */
export interface FilledDirectory {
  readonly destination: Destination;
  readonly outside: readonly string[];
}

/**
 * Finds directories of one branch that lie in each other, for whoever fills the outer one would take the inner one's files for stale; and directories
 * that bootstrap watches, for it would apply what is delivered there a second time. Linear: there may be thousands on a branch.
 */
export function checkOverlaps(filled: readonly FilledDirectory[]): string[] {
  const branches = new Map<string, FilledDirectory[]>();
  for (const directory of filled) {
    const { repository, branch } = directory.destination;
    const key = `${repository.name}\0${branch}`;
    const own = branches.get(key);
    own ? own.push(directory) : branches.set(key, [directory]);
  }
  return [...branches.values()].filter(({ length }) => length > 1).flatMap(overlapsInBranch);
}

function overlapsInBranch(filled: readonly FilledDirectory[]): string[] {
  const byPath = new Map(filled.map(({ destination }) => [destination.path, destination]));
  const whole = byPath.get('');
  if (whole) {
    return filled.filter(({ destination }) => destination !== whole).map(({ destination }) => overlap(destination.owner, `'${destination.path}'`, whole));
  }
  const errors = nameClashes([...byPath.keys()]).map(({ one, other, kind }) => {
    const [outer, inner] = [byPath.get(one)!, byPath.get(other)!];
    return kind === 'folder' ? overlap(inner.owner, `'${other}'`, outer) : complaint(
      inner.owner, `${describePlace(inner)} and '${one}' of '${outer.owner.node.path}' ${CLASH[kind]}`, 'Give one of the two another name',
    );
  });
  const watched = new Map(filled.flatMap(({ destination: { cluster, owner } }) => cluster ? [[cluster.path, owner]] : []));
  for (const { destination, outside } of filled) {
    const { owner, role, path } = destination;
    for (const file of outside) {
      const outer = foldersAround(file).map((folder) => byPath.get(folder)).find((around) => around && around !== destination);
      errors.push(...outer ? [overlap(owner, `its file '${file}'`, outer)] : []);
    }
    const by = role === 'manifests' ? [path, ...foldersAround(path)].map((folder) => watched.get(folder)).find((cluster) => cluster) : undefined;
    errors.push(...by ? [complaint(
      owner, `${describePlace(destination)} lies in what bootstrap watches for '${by.node.path}', and would be applied twice`, 'Deliver it to another directory',
    )] : []);
  }
  return errors;
}

function overlap(inner: IConstruct, what: string, outer: Destination): string {
  return complaint(inner, `${what} of branch '${outer.branch}' lies in what '${outer.owner.node.path}' fills`, 'Deliver one of the two to another branch');
}

function foldersAround(path: string): string[] {
  const folders: string[] = [];
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    folders.push(path.slice(0, slash));
  }
  return folders;
}
