import { topFolder, unreadable } from './source-repository';
import { CliError, ExitCode } from '../cli-error';
import { Signature } from '../git/commit-import';
import { GitResult, runGit } from '../git/git';

// Git refuses to make up a name and an address from the machine's; who has configured none gets ours.
const FALLBACK = 'cdk8s-fluxcd <noreply@cdk8s-fluxcd.invalid>';

const NO_SUCH_SETTING = 1;
const UNSURE = 'Mend it, or publish with --no-gpg-sign.';

/** Git's own settings, as the current folder's repository has them, as far as they say who commits and how commits are signed. */
export interface Identity extends Signature {
  /** What to sign commits with, as configuration; undefined where they are not signed. */
  readonly signing?: [string, string][];
}

export interface IdentityOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** `Name <address>`, in place of git's own. */
  readonly author?: string;
  /** Whether to sign where git is configured to. */
  readonly sign: boolean;
}

/** @throws CliError if it is no name and address */
export function requireAuthor(author: string | undefined): void {
  if (author !== undefined && !/^[^<>\u0000-\u001f\u007f]*[^<>\u0000-\u001f\u007f\s] <[^<>\u0000-\u0020\u007f]+>$/.test(author)) {
    throw new CliError(ExitCode.USAGE, `--author: ${JSON.stringify(author)} is no author. Give a name and an address: 'Ann <ann@example.com>'.`);
  }
}

/** @throws CliError if git's configuration cannot be read, or does not say whether to sign */
export async function identityOf(options: IdentityOptions): Promise<Identity> {
  const { author, sign } = options;
  const [committer, own, signing] = await Promise.all([
    ident('GIT_COMMITTER_IDENT', options), author === undefined ? ident('GIT_AUTHOR_IDENT', options) : undefined, sign ? signingOf(options) : undefined,
  ]);
  return { committer, author: own ?? author + committer.replace(/^.*>/, ''), signing };
}

async function ident(variable: string, options: IdentityOptions): Promise<string> {
  const { code, stdout } = await ask(['-c', 'user.useConfigOnly=true', 'var', variable], options);
  return code === 0 ? stdout.toString().trim() : `${FALLBACK} ${Math.floor(Date.now() / 1000)} +0000`;
}

/** The current folder's repository may have a key of its own, and ours would not know of it. */
async function signingOf(options: IdentityOptions): Promise<[string, string][] | undefined> {
  const top = topFolder(process.cwd());
  const [own, { code, stdout, stderr }] = await Promise.all([
    // Git passes over the configuration of a repository that it does not trust.
    top === undefined ? undefined : ask(['rev-parse', '--git-dir'], options),
    ask(['config', '-z', '--get-regexp', '^(commit\\.gpgsign|user\\.signingkey|gpg\\..*)$'], options),
  ]);
  if (options.signal.aborted) {
    return undefined;
  } else if (top !== undefined && own?.code !== 0) {
    throw unreadable(top, own!.stderr, 'publish with --no-gpg-sign');
  } else if (code !== 0 && code !== NO_SUCH_SETTING) {
    throw new CliError(ExitCode.USAGE, `git's configuration cannot be read (${stderr.trim().split('\n').pop()}), so that it is unknown whether to sign. ${UNSURE}`);
  }
  const settings = stdout.toString().split('\0').filter(Boolean).map((entry): [string, string] => {
    const end = entry.indexOf('\n');
    // A key without a value means true.
    return end < 0 ? [entry, 'true'] : [entry.slice(0, end), entry.slice(end + 1)];
  });
  const [, wanted] = settings.filter(([key]) => key === 'commit.gpgsign').pop() ?? [];
  return wanted !== undefined && await isTrue(wanted, options) ? settings : undefined;
}

async function isTrue(text: string, options: IdentityOptions): Promise<boolean> {
  if (/^(true|false|yes|no|on|off|)$/i.test(text)) {
    return /^(true|yes|on)$/i.test(text);
  }
  // Numbers as only git reads them: `1k`, `0x0`.
  const { code, stdout } = await ask(['config', '--type=bool', '--get', 'commit.gpgSign'], options);
  if (code !== 0) {
    throw new CliError(ExitCode.USAGE, `git's configuration: commit.gpgSign is ${JSON.stringify(text)}, which is neither true nor false. ${UNSURE}`);
  }
  return stdout.toString().trim() === 'true';
}

/** @throws CliError if git was ended before it could answer, and not by us: that is no answer */
async function ask(args: string[], { environment, signal }: IdentityOptions): Promise<GitResult> {
  const result = await runGit(args, { environment, signal });
  if (result.code === undefined && !signal.aborted) {
    throw new CliError(ExitCode.USAGE, 'git: was ended by a signal when it was asked who commits and whether to sign. Publish again.');
  }
  return result;
}
