import { relative, resolve, sep } from 'path';
import { isDate } from './newest-sources';
import { topFolder, unreadable } from './source-repository';
import { ESCAPE_AT, mayHoldPassword, withoutUserInfo } from '../../git';
import { CliError, ExitCode } from '../cli-error';
import { runGit } from '../git/git';

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
/** In characters; it is written into every directory that is published. */
const LONGEST_SUBJECT = 1_000;

/** The commit that was rendered. */
export interface SourceCommit {
  readonly commit: string;
  /** Whether the working tree holds what no commit does. */
  readonly dirty: boolean;
  readonly url?: string;
  readonly author?: string;
  /** When it was written, RFC 3339. */
  readonly date?: string;
  /** When it was committed, RFC 3339: what tells which of two commits is newer, where their history does not. */
  readonly committed?: string;
  readonly subject?: string;
}

export interface SourceOptions {
  /** The output folder, whose files make no tree dirty. */
  readonly dist: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly commit?: string;
  readonly url?: string;
  /** When that commit was made, where no repository says it. */
  readonly date?: string;
}

/** What git says before the first commit, and where nothing is checked out that could be dirty. */
const NOTHING_THERE = /does not have any commits yet|must be run in a work tree/;

/**
 * The commit that was named or else HEAD of the current folder's repository; undefined outside of one and before its first commit.
 *
 * @throws CliError if what was named is no commit id, or a URL that may hold a password; if none was named, and the repository cannot be read
 */
export async function sourceCommit(options: SourceOptions): Promise<SourceCommit | undefined> {
  const { commit, environment, signal } = options;
  checkNamed(options);
  const top = topFolder(process.cwd());
  // Looking at it runs no program that its configuration names (`core.fsmonitor`) and leaves none behind.
  const git = async (...args: string[]) => {
    if (top === undefined) {
      return undefined;
    }
    const { code, stdout, stderr } = await runGit(args, { environment, signal });
    const isUnset = code === 1 && stderr === '';
    if (code !== 0 && !isUnset && commit === undefined && !signal.aborted && !NOTHING_THERE.test(stderr)) {
      throw unreadable(top, stderr, 'name the commit with --source-commit');
    }
    return code === 0 ? stdout.toString() : undefined;
  };
  const [log, status, origin] = await Promise.all([
    git('log', '-1', '--no-show-signature', '--encoding=UTF-8', '--format=%H%x00%an <%ae>%x00%aI%x00%cI%x00%s', ...commit ? [`${commit}^{commit}`] : [], '--'),
    commit ? undefined : git('-c', 'core.fsmonitor=false', 'status', '--porcelain', '-z'),
    options.url === undefined ? git('config', '--get', 'remote.origin.url') : undefined,
  ]);
  // Where a clone on this machine came from says nothing to others if that is another folder of this machine.
  const url = publishable(options.url ?? (origin?.includes(':') ? origin.trim() : undefined));
  if (log === undefined) {
    return commit === undefined ? undefined : { commit: commit.toLowerCase(), dirty: false, url, date: options.date, committed: options.date };
  }
  const [id, author, date, committed, subject] = log.trimEnd().split('\0');
  const dirty = isDirty(status ?? '', relative(top!, resolve(options.dist)).split(sep).join('/'));
  const [written, made] = [date, committed].map((one) => isDate(one) ? one : undefined);
  return { commit: id, dirty, url, author, date: written, committed: made, subject: subject.slice(0, LONGEST_SUBJECT) };
}

function checkNamed({ commit, url, date }: SourceOptions): void {
  if (commit !== undefined && !/^[0-9a-f]{7,64}$/i.test(commit)) {
    throw new CliError(ExitCode.USAGE, `--source-commit: '${commit}' is not a commit id. Give 7 to 64 hexadecimal digits.`);
  } else if (date !== undefined && !(RFC_3339.test(date) && isDate(date))) {
    throw new CliError(ExitCode.USAGE, `--source-date: ${JSON.stringify(date)} is no date. Give one as git's %cI does: 2026-01-31T12:00:00Z.`);
  } else if (url !== undefined && publishable(url) === undefined) {
    throw new CliError(ExitCode.USAGE, '--source-url: the URL carries a credential, and would be published. ' +
      `Leave the user-info out (${ESCAPE_AT}).`);
  }
}

/** What to call it: the short id, with git's own suffix. */
export function shortSource(source: SourceCommit): string {
  return source.commit.slice(0, 7) + (source.dirty ? '-dirty' : '');
}

/** `dist` is what was rendered, and git shows a folder of which it knows no file as that folder alone. */
function isDirty(status: string, dist: string): boolean {
  const entries = status.split('\0').filter(Boolean);
  return entries.some((entry) => {
    const path = entry.slice(3).replace(/\/$/, '');
    return path !== dist && !path.startsWith(`${dist}/`) && !(entry.startsWith('??') && dist.startsWith(`${path}/`));
  });
}

/** What is published is read by many: the URL without user-info, but for the user of ssh; undefined if a password may be left. */
function publishable(url: string | undefined): string | undefined {
  return url === undefined || /^ssh:/i.test(url) && !mayHoldPassword(url) ? url : withoutUserInfo(url);
}
