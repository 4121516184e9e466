import { CliError, ExitCode } from '../cli-error';
import { runGit } from './git';
import { GitObject, parseCommit } from './git-objects';
import { RemoteFault } from '../remote-fault';

const REMEDY = 'Give it a key that needs no question, or publish unsigned with --no-gpg-sign.';

export interface Signer {
  /** Options that say in which repository. */
  readonly base: readonly string[];
  /** With the configuration that says how to sign. */
  readonly environment: NodeJS.ProcessEnv;
  /** Ends the wait for a signature. */
  readonly signal: AbortSignal;
}

/**
 * Makes a commit once more, signed, for `git fast-import` cannot sign.
 *
 * @returns its id
 * @throws CliError if git cannot sign, RemoteFault if it does not in time
 */
export async function signedCommit(commit: GitObject, { base, environment, signal }: Signer): Promise<string> {
  const { tree, parents, author, committer, message } = parseCommit(commit);
  const { code, stdout, stderr } = await runGit([...base, 'commit-tree', '-S', ...parents.flatMap((parent) => ['-p', parent]), '-F', '-', tree], {
    environment: { ...environment, ...identityVariables('AUTHOR', author), ...identityVariables('COMMITTER', committer) }, input: message, signal,
  });
  if (code === undefined) {
    throw new RemoteFault({
      kind: 'unavailable', exitCode: ExitCode.USAGE, text: `git is configured to sign commits (commit.gpgSign), and the signature did not come in time. ${REMEDY}`,
    });
  } else if (code !== 0) {
    throw new CliError(ExitCode.USAGE, `git is configured to sign commits (commit.gpgSign), and cannot: ${stderr.trim().replace(/\s+/g, ' ')}. ${REMEDY}`);
  }
  return stdout.toString().trim();
}

function identityVariables(role: 'AUTHOR' | 'COMMITTER', identity: string): NodeJS.ProcessEnv {
  const [, name, address, date] = /^(.*) <(.*)> (\d+ [+-]\d+)$/.exec(identity)!;
  return { [`GIT_${role}_NAME`]: name, [`GIT_${role}_EMAIL`]: address, [`GIT_${role}_DATE`]: `@${date}` };
}
