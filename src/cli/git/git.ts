import { ChildProcess, spawn, SpawnOptions } from 'child_process';
import { closeSync, openSync, readFileSync } from 'fs';
import { join } from 'path';
import { CliError, ExitCode } from '../cli-error';

/** What a git process said. */
export interface GitResult {
  /** Undefined if a signal ended it. */
  readonly code?: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface GitOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly input?: string | Buffer;
  /** Ends the process when aborted. */
  readonly signal?: AbortSignal;
}

// A session of its own: the helpers that git starts (ssh, git-remote-https) outlive it, so that all are ended together.
const OWN_SESSION = process.platform !== 'win32';

/** Runs git and gathers its output. */
export async function runGit(args: string[], options: GitOptions): Promise<GitResult> {
  const child = spawn('git', args, {
    env: options.environment,
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    detached: OWN_SESSION,
  });
  const end = () => kill(child);
  options.signal?.addEventListener('abort', end);
  if (options.signal?.aborted) {
    end();
  }
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout!.on('data', (chunk) => stdout.push(chunk));
  child.stderr!.on('data', (chunk) => stderr.push(chunk));
  // A git that ends before it has read all says why on stderr.
  child.stdin?.on('error', () => undefined).end(options.input);
  const code = await ended(child).finally(() => options.signal?.removeEventListener('abort', end));
  return { code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
}

/**
 * Runs git in a session of its own, with its output in files of the given folder: neither a signal to our process group nor our
 * own death (a pipe without reader) reaches it.
 */
export async function runGitDetached(args: string[], outputFolder: string, options: GitOptions): Promise<GitResult> {
  const files = ['stdout', 'stderr'].map((name) => join(outputFolder, name));
  const [stdout, stderr] = files.map((file) => openSync(file, 'w', 0o600));
  try {
    const settings: SpawnOptions = { env: options.environment, stdio: ['ignore', stdout, stderr], detached: true };
    const code = await ended(spawn('git', args, settings));
    return { code, stdout: readFileSync(files[0]), stderr: readFileSync(files[1], 'utf8') };
  } finally {
    closeSync(stdout);
    closeSync(stderr);
  }
}

function kill(child: ChildProcess): void {
  try {
    process.kill(OWN_SESSION ? -child.pid! : child.pid!);
  } catch {
    // It has ended, or never begun.
  }
}

async function ended(child: ChildProcess): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => reject(new CliError(ExitCode.REMOTE, error.code === 'ENOENT'
      ? 'git: not found. Install git 2.31 or newer and put it on the PATH.'
      : `git: cannot be run (${error.message}).`)));
    child.on('close', (code) => resolve(code ?? undefined));
  });
}
