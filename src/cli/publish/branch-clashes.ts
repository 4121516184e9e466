import { nameClashes } from '../../manifest';

/**
 * Branches of the remote that keep new ones of ours from being made.
 *
 * @param remedy what helps against a branch of the remote
 * @returns why not, by our branch
 */
export function branchClashes(heads: readonly string[], ours: readonly string[], remedy: (branch: string) => string): Map<string, string[]> {
  const known = new Set(heads);
  const fresh = new Set(ours.filter((branch) => !known.has(branch)));
  return new Map(nameClashes([...heads, ...fresh]).flatMap(({ one, other, kind }) => {
    const own = [other, one].find((branch) => fresh.has(branch));
    const theirs = own === one ? other : one;
    const problem = kind === 'folder' ? 'one is a folder of the other' : 'they differ only in case';
    return own === undefined ? [] : [[
      own, [`branch '${own}': cannot be made beside branch '${theirs}' of the remote: ${problem}. ${remedy(theirs)}.`],
    ]];
  }));
}
