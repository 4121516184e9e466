import { Readable } from 'stream';

/** Who makes commits: `Name <address> <seconds> <zone>` each, as git writes it. */
export interface Signature {
  readonly author: string;
  readonly committer: string;
}

/** A commit to be made. */
export interface NewCommit {
  readonly parents: readonly string[];
  readonly message: string;
  /** Whether nothing of the first parent stays. */
  readonly fresh?: boolean;
  /** Against the first parent. */
  readonly removed: readonly string[];
  readonly writes: ReadonlyMap<string, Buffer>;
}

/** Of what git is given at once, in bytes: what it works on while the next is put together. */
const BATCH = 64 * 1024;

/**
 * One `git fast-import`, which may begin before it is known what is committed: files are most of its work. All content goes by byte
 * count, so that nothing in it is read as a command.
 */
export class CommitImport {
  private readonly input = new Readable({ read: () => this.flow(true) });
  private readonly stop = new AbortController();
  private readonly ended: Promise<unknown>;
  private readonly marks = new Map<Buffer, number>();
  /** What git has not taken yet; joined only then, for the contents are in memory anyway. */
  private readonly batches: Buffer[][] = [];
  private batch: Buffer[] = [];
  private size = 0;
  private isWanted = false;

  /** @param start runs git with this input, until it has read all or is told to stop */
  constructor(start: (input: Readable, signal: AbortSignal) => Promise<unknown>) {
    this.ended = start(this.input, this.stop.signal);
    // It is told to whoever commits.
    this.ended.catch(() => undefined);
  }

  /** Writes what files hold that are likely to be committed. */
  public write(contents: readonly Buffer[]): void {
    for (const content of contents) {
      if (!this.marks.has(content)) {
        const mark = this.marks.size + 1;
        this.marks.set(content, mark);
        this.add([Buffer.from(`blob\nmark :${mark}\ndata ${content.length}\n`), content, LINE_FEED]);
      }
    }
  }

  /**
   * Makes the commits, and ends.
   *
   * @returns how many marks are those of files; the commits have the next, in their order
   */
  public async commit(commits: readonly NewCommit[], signature: Signature): Promise<number> {
    commits.forEach((commit, index) => this.addCommit(commit, this.marks.size + index + 1, signature));
    this.batch.push(Buffer.from('done\n'));
    this.batches.push(this.batch, []);
    this.flow(this.isWanted);
    await this.ended;
    return this.marks.size;
  }

  /** Ends at once, without a commit. */
  public async abandon(): Promise<void> {
    this.stop.abort();
    await this.ended.catch(() => undefined);
  }

  private add(parts: readonly Buffer[]): void {
    this.batch.push(...parts);
    this.size += parts.reduce((length, part) => length + part.length, 0);
    if (this.size > BATCH) {
      this.batches.push(this.batch);
      this.batch = [];
      this.size = 0;
      this.flow(this.isWanted);
    }
  }

  /** Gives git what it takes; an empty batch is the end, and only that. */
  private flow(isWanted: boolean): void {
    this.isWanted = isWanted;
    while (this.isWanted && this.batches.length) {
      const batch = this.batches.shift()!;
      this.isWanted = this.input.push(batch.length ? Buffer.concat(batch) : null);
    }
  }

  private addCommit(commit: NewCommit, mark: number, { author, committer }: Signature): void {
    const { parents: [from, ...merged], message, fresh, removed, writes } = commit;
    // One ref, put back before each commit: fast-import writes a file for each that it knows of.
    let text = `reset refs/scratch\n\ncommit refs/scratch\nmark :${mark}\nauthor ${author}\ncommitter ${committer}\n` +
      `data ${Buffer.byteLength(message)}\n${message}\n` +
      `${from ? `from ${from}\n` : ''}${merged.map((parent) => `merge ${parent}\n`).join('')}` +
      `${fresh ? 'deleteall\n' : ''}${removed.map((path) => `D ${quoted(path)}\n`).join('')}`;
    writes.forEach((content, path) => {
      const written = this.marks.get(content);
      text += `M 100644 ${written ? `:${written}` : 'inline'} ${quoted(path)}\n`;
      if (!written) {
        this.add([Buffer.from(`${text}data ${content.length}\n`), content]);
        text = '\n';
      }
    });
    this.add([Buffer.from(`${text}\n`)]);
  }
}

const LINE_FEED = Buffer.from('\n');

function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, '\\$&')}"`;
}
