import { existsSync, statSync } from 'fs';
import { dirname, join } from 'path';
import { CliError, ExitCode } from '../cli-error';

/** What makes a folder called `.git` a repository, be it a damaged one, which git itself takes for none. */
const PARTS = ['HEAD', 'config', 'objects', 'refs'];

/** The folder of the repository that a folder lies in. Asking git costs more than looking, and in CI there is often no repository. */
export function topFolder(folder: string): string | undefined {
  return isRepository(join(folder, '.git')) ? folder : dirname(folder) === folder ? undefined : topFolder(dirname(folder));
}

/** Taken for none, a repository would let an older build replace a newer one, and commits go unsigned. */
export function unreadable(top: string, answer: string, otherwise: string): CliError {
  const reason = /^(?:fatal|error): (.*)/m.exec(answer)?.[1] ?? 'it gave no answer';
  return new CliError(ExitCode.USAGE, `the current folder's repository '${top}': git cannot read it (${reason}). ` +
    `Mend it, or run as the user who owns it or add it to git's safe.directory; or ${otherwise}.`);
}

function isRepository(path: string): boolean {
  // That of a worktree or a submodule is a file, which says where it is.
  return PARTS.some((part) => existsSync(join(path, part))) || statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
