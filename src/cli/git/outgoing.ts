/** What the remote is called here: a name that no user's configuration has a section for. */
export const REMOTE = 'cdk8s-fluxcd-remote';
export const REFS = 'refs/';
export const HEADS = 'refs/heads/';
/** Where git keeps its picture of the remote. */
export const TRACKING = 'refs/remotes/' + REMOTE + '/';
// Windows takes 32 KiB in all, macOS 1 MiB together with the environment.
const LONGEST_ARGUMENTS = process.platform === 'win32' ? 24_000 : 500_000;

/** A ref of the remote that is to be moved. */
export interface OutgoingRef {
  /** In full, `refs/heads/main`. */
  readonly ref: string;
  /** Where to; undefined to delete it. */
  readonly commit?: string;
  /** The commit that it must still be at; undefined if it must not be there. */
  readonly expected?: string;
}

/**
 * Tells git at which commit each branch still must be, for else a branch that was deleted or put back meanwhile would come
 * again. A branch that must not exist needs no telling: git makes a new one only where there is none.
 *
 * As arguments they have to fit a command line; beyond that git takes them from a picture of the remote, which it also keeps
 * up, at the price of a file for each branch.
 */
export function leases(refs: OutgoingRef[]): { config: string[]; options: string[]; pictured: OutgoingRef[] } {
  const known = refs.filter(({ expected }) => expected);
  const options = known.map(({ ref, expected }) => `--force-with-lease=${ref}:${expected}`);
  return options.reduce((length, option) => length + Buffer.byteLength(option) + 1, 0) < LONGEST_ARGUMENTS
    ? { config: [], options, pictured: [] }
    : { config: ['-c', `remote.${REMOTE}.fetch=+${REFS}*:${TRACKING}*`], options: ['--force-with-lease'], pictured: known };
}
