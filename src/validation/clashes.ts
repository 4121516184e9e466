import { IConstruct } from 'constructs';
import { complaint } from '../format';
import { isWithin, NameClash, nameClashes } from '../manifest';
import { Destination } from '../routing';

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

/** Finds directories of one branch that lie in each other: whoever fills the outer one would take the inner one's files for stale. */
export function checkOverlaps(destinations: readonly Destination[]): string[] {
  const branches = new Map<string, Destination[]>();
  for (const destination of destinations) {
    const key = `${destination.repository.name}\0${destination.branch}`;
    branches.set(key, [...branches.get(key) ?? [], destination]);
  }
  return [...branches.values()].flatMap((inBranch) => inBranch.flatMap((inner) => inBranch
    .filter((outer) => outer !== inner && isWithin(inner.path, outer.path))
    .map((outer) => complaint(
      inner.owner,
      `'${inner.path}' of branch '${inner.branch}' lies in what '${outer.owner.node.path}' fills`,
      'Deliver one of the two to another branch',
    ))));
}
