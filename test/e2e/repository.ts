import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { until, Wait } from './until';

const run = promisify(execFile);
const ANSWER_LIMIT = 64 * 1024 * 1024;
const TIMEOUT = 60_000;
const SOMEBODY = ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.com'];

/** A remote Git repository, looked at and changed as somebody does who has a clone of it. */
export class Repository {
  constructor(readonly url: string, private readonly folder: string) {}

  /** The commits that the branches are at. */
  public async heads(): Promise<Record<string, string>> {
    const lines = (await this.git('ls-remote', '--heads', this.url)).split('\n').filter(Boolean);
    return Object.fromEntries(lines.map((line) => line.split('\t')).map(([id, ref]) => [ref.replace('refs/heads/', ''), id]));
  }

  /** What Flux calls the state of a branch. */
  public async revision(branch: string): Promise<string> {
    return `${branch}@sha1:${(await this.heads())[branch]}`;
  }

  /** Commits by hand: content by path, undefined to remove a file. Others push to the same branch, so it may take more than one try. */
  public async commit(branch: string, files: Record<string, string | undefined>): Promise<void> {
    await until(`branch ${branch} has the commit`, () => this.withClone(branch, async (clone) => {
      for (const [file, content] of Object.entries(files)) {
        const path = join(clone, file);
        if (content === undefined) {
          rmSync(path);
        } else {
          mkdirSync(dirname(path), { recursive: true });
          writeFileSync(path, content);
        }
      }
      await this.git('-C', clone, 'add', '--all');
      await this.git('-C', clone, ...SOMEBODY, 'commit', '--quiet', '--allow-empty', '--message=by hand');
      try {
        await this.git('-C', clone, 'push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`);
      } catch (error) {
        throw /rejected|cannot lock ref/.test((error as Error).message) ? new Wait((error as Error).message) : error;
      }
      return true;
    }));
  }

  public async read(branch: string, file: string): Promise<string> {
    return this.withClone(branch, (clone) => this.git('-C', clone, 'show', `HEAD:${file}`));
  }

  /** The files of a branch. */
  public async files(branch: string): Promise<string[]> {
    return this.withClone(branch, async (clone) => (await this.git('-C', clone, 'ls-tree', '-r', '--name-only', 'HEAD')).split('\n').filter(Boolean));
  }

  /** The files that the last commit of a branch changed. */
  public async changedBy(branch: string): Promise<string[]> {
    return this.withClone(branch, async (clone) => (await this.git('-C', clone, 'diff', '--name-only', 'HEAD~', 'HEAD')).split('\n').filter(Boolean));
  }

  private async withClone<T>(branch: string, work: (clone: string) => Promise<T>): Promise<T> {
    const clone = mkdtempSync(join(this.folder, 'clone-'));
    try {
      await this.git('clone', '--quiet', '--no-checkout', this.url, clone);
      const exists = (await this.heads())[branch] !== undefined;
      await this.git('-C', clone, 'checkout', '--quiet', ...exists ? [branch] : ['--orphan', branch]);
      return await work(clone);
    } finally {
      rmSync(clone, { recursive: true, force: true });
    }
  }

  private async git(...args: string[]): Promise<string> {
    return (await run('git', args, { maxBuffer: ANSWER_LIMIT, timeout: TIMEOUT })).stdout;
  }
}
