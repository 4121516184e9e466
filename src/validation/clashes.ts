import { IConstruct } from 'constructs';
import { complaint } from '../format';
import { NameClash, nameClashes } from '../manifest';

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
