import { ChildProcess, spawn, SpawnOptions } from 'child_process';
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'fs';
import { join } from 'path';
import { Readable } from 'stream';
import { CliError, ExitCode } from '../cli-error';
import { OWN_SESSION, unlessAborted } from '../process-session';

/** What a git process said. */
export interface GitResult {
  /** Undefined if a signal ended it. */
  readonly code?: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface GitOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly input?: string | Buffer | Readable;
  /** Ends the process when aborted. */
  readonly signal?: AbortSignal;
}

const MAX_END = 256 * 1024;

/** Runs git and gathers its output. */
export async function runGit(args: string[], options: GitOptions): Promise<GitResult> {
  const child = spawn('git', args, {
    env: options.environment,
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    // It starts ssh and git-remote-https.
    detached: OWN_SESSION,
  });
  const stdout: Buffer[] = [];
  const stderr = new Ends();
  child.stdout!.on('data', (chunk) => stdout.push(chunk));
  child.stderr!.on('data', (chunk) => stderr.add(chunk));
  if (child.stdin) {
    // A git that ends before it has read all says why on stderr.
    child.stdin.on('error', () => undefined);
    (options.input instanceof Readable ? options.input : Readable.from(options.input!)).pipe(child.stdin);
  }
  const code = await unlessAborted(options.signal, child, ended(child));
  return { code, stdout: Buffer.concat(stdout), stderr: stderr.toString() };
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
    return { code, stdout: readFileSync(files[0]), stderr: endsOf(files[1]) };
  } finally {
    closeSync(stdout);
    closeSync(stderr);
  }
}

/** Both ends of what was said. A remote may say without end, and the cause stands near one of them. */
class Ends {
  private readonly first: Buffer[] = [];
  private room = MAX_END;
  private last = Buffer.alloc(0);

  public add(chunk: Buffer): void {
    this.first.push(chunk.subarray(0, this.room));
    this.last = Buffer.concat([this.last, chunk.subarray(this.room)]).subarray(-MAX_END);
    this.room -= Math.min(this.room, chunk.length);
  }

  public toString(): string {
    return Buffer.concat([...this.first, this.last]).toString();
  }
}

function endsOf(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const starts = size > 2 * MAX_END ? [[0, MAX_END], [size - MAX_END, MAX_END]] : [[0, size]];
    return Buffer.concat(starts.map(([start, length]) => {
      const part = Buffer.alloc(length);
      return part.subarray(0, readSync(descriptor, part, 0, length, start));
    })).toString();
  } finally {
    closeSync(descriptor);
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
