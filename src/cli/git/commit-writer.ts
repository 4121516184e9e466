import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { Readable } from 'stream';
import { CommitImport, NewCommit, Signature } from './commit-import';
import { HEADS } from './outgoing';
import { ExitCode } from '../cli-error';
import { RemoteFault } from '../remote-fault';

/** Runs git in the repository that is written to. */
export type RunImport = (args: string[], input: Readable, signal: AbortSignal) => Promise<unknown>;

/** Makes commits in a repository of our own, and writes what new branches will hold as soon as it is known which are new. */
export class CommitWriter {
  /** What the remote has; undefined until it is known. */
  private refs?: ReadonlyMap<string, string>;
  /** What came before that. */
  private readonly early: { readonly branch: string; readonly contents: readonly Buffer[] }[] = [];
  private running?: CommitImport;
  private imports = 0;
  private isClosed = false;

  constructor(private readonly folder: string, private readonly run: RunImport) {}

  /** Takes what the remote has. */
  public know(refs: ReadonlyMap<string, string>): void {
    this.refs = refs;
    this.early.splice(0).forEach(({ branch, contents }) => this.writeAhead(branch, contents));
  }

  /** Begins to write what a branch is to hold, as soon as it is known that the remote has no such branch. */
  public writeAhead(branch: string, contents: readonly Buffer[]): void {
    if (!this.refs) {
      this.early.push({ branch, contents });
    } else if (contents.length && !this.refs.has(HEADS + branch) && !this.isClosed) {
      this.running ??= this.start();
      this.running.write(contents);
    }
  }

  /**
   * Makes commits.
   *
   * @returns their ids, in their order
   */
  public async commit(commits: readonly NewCommit[], signature: Signature): Promise<string[]> {
    const work = this.running ?? this.start();
    const marks = this.marks;
    this.running = undefined;
    const files = await work.commit(commits, signature);
    const made = marksIn(marks);
    return commits.map((_, index) => made.get(files + index + 1) ?? untold());
  }

  /** Ends what was begun and not committed; nothing is begun any more. */
  public async close(): Promise<void> {
    this.isClosed = true;
    await this.running?.abandon();
  }

  private start(): CommitImport {
    this.imports++;
    // Without --force it minds what an import before has left at its ref.
    const args = ['fast-import', '--quiet', '--force', '--depth=0', '--done', `--export-marks=${this.marks}`];
    return new CommitImport(async (input, signal) => this.run(args, input, signal));
  }

  /** Where git says which commits it has made, for the import that was begun last. */
  private get marks(): string {
    return join(this.folder, `marks-${this.imports}`);
  }
}

function marksIn(file: string): Map<number, string> {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return new Map([...text.matchAll(/^:(\d+) ([0-9a-f]+)$/gm)].map((match) => [Number(match[1]), match[2]]));
}

function untold(): never {
  throw new RemoteFault({
    kind: 'fatal', exitCode: ExitCode.USAGE, text: "git took the commits, and does not say which it has made. See whether 'git' on the PATH is git itself, and publish again",
  });
}
