import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export interface GoProgramOptions {
  readonly name: string;
  /** The folder of its go.mod. */
  readonly folder: string;
  /** @default - the folder's own package */
  readonly package?: string;
  /** @default - none */
  readonly linkerFlags?: string;
  /** Sources beside go.mod and go.sum. */
  readonly sources?: string[];
}

/** A build that somebody else runs. */
export interface GoBuild {
  /** Arguments of `go`. */
  readonly args: string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Has to be called when it has ended well. */
  finish(): void;
  /** Has to be called when it has not. */
  abandon(): void;
}

/** A program built by Go from sources of this repository, or from modules pinned in a go.mod of it, once for each state of them. */
export class GoProgram {
  /** The built program. Its name carries a digest of its sources, so that a changed source means another file. */
  public readonly path: string;
  private readonly bin: string;

  constructor(private readonly options: GoProgramOptions) {
    const { folder, name, sources = [] } = options;
    const digest = createHash('sha256').update(JSON.stringify(options.linkerFlags ?? ''));
    for (const source of ['go.mod', 'go.sum', ...sources]) {
      digest.update(readFileSync(join(folder, source)));
    }
    this.bin = join(folder, 'bin');
    this.path = join(this.bin, `${name}-${digest.digest('hex').slice(0, 16)}`);
  }

  public get name(): string {
    return this.options.name;
  }

  public get isBuilt(): boolean {
    return existsSync(this.path);
  }

  /**
   * The program, which is built first if it is not built yet.
   *
   * @throws if Go is missing or the build fails
   */
  public ready(): string {
    if (!this.isBuilt) {
      const { args, cwd, env, finish, abandon } = this.build();
      const { status, error, stderr } = spawnSync('go', args, { cwd, env, encoding: 'utf8' });
      if (status !== 0) {
        abandon();
        throw new Error(`go build of ${this.name} failed: ${error?.message ?? stderr}. Some tests compare with programs written in Go 1.24 or newer.`);
      }
      finish();
    }
    return this.path;
  }

  /** How to build it, and what to do after that. */
  public build(): GoBuild {
    // Two may build at once: each builds a file of its own, and renaming one over the other does no harm.
    const unfinished = join(this.bin, `unfinished-${randomUUID()}`);
    mkdirSync(this.bin, { recursive: true });
    return {
      args: ['build', '-trimpath', '-ldflags', this.options.linkerFlags ?? '', '-o', unfinished, this.options.package ?? '.'],
      cwd: this.options.folder,
      env: { ...process.env, CGO_ENABLED: '0' },
      finish: () => {
        renameSync(unfinished, this.path);
        this.removeFormer();
      },
      abandon: () => rmSync(unfinished, { force: true }),
    };
  }

  private removeFormer(): void {
    for (const file of readdirSync(this.bin)) {
      if (file.startsWith(`${this.name}-`) && join(this.bin, file) !== this.path) {
        rmSync(join(this.bin, file), { force: true });
      }
    }
  }
}
