import { readdirSync, readFileSync, statSync } from 'fs';
import { join, posix, relative, sep } from 'path';
import { FILE_RULES } from './file-rules';
import { SourceFile } from './yaml-file';
import { Rule } from '../../rules';

/** What a kustomization may be called. */
export const KUSTOMIZATION_FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
const MAX_BYTES = 10 * 1024 * 1024;

/** A file or folder that was not looked into. */
export interface Skipped {
  readonly file: string;
  readonly reason: string;
}

/** A file that cannot be read at all. */
export interface UnreadableFile {
  readonly file: string;
  readonly rule: Rule;
  readonly problem: string;
  readonly remedy: string;
}

export interface TreeOptions {
  /** What messages call it, before each path; empty if that is the path alone. */
  readonly shown: string;
  /** Where this tree is kept, as a source in a cluster names it. */
  readonly urls?: readonly string[];
  readonly branch?: string;
  /** Of an OCI artifact. */
  readonly tag?: string;
}

interface Folder {
  readonly files: string[];
  readonly folders: string[];
}

/** Whoever reads more than this was given the wrong folder. */
export const MAX_ENTRIES = 200_000;

/** A folder that holds too much to be a repository of Flux. */
export class TooLarge extends Error {}

/** The files of one repository (or branch), or of a folder that stands for one. Paths are relative to it, with `/`; the root is ''. */
export class Tree {
  /** Text that is in no file. */
  public static ofText(shown: string, text: string): Tree {
    const tree = new Tree('', { shown });
    tree.folders.set('', { files: ['input.yaml'], folders: [] });
    tree.files.set('input.yaml', new SourceFile(shown, 'input.yaml', text));
    return tree;
  }

  public readonly skipped: Skipped[] = [];
  public readonly unreadable: UnreadableFile[] = [];
  public readonly urls: Set<string>;
  /** Branches by which the cluster's own source has this tree. */
  public readonly branches = new Set<string>();
  private readonly folders = new Map<string, Folder>();
  private readonly files = new Map<string, SourceFile | undefined>();
  private entries = 0;
  private sorted?: string[];

  constructor(public readonly root: string, public readonly options: TreeOptions) {
    this.urls = new Set(options.urls);
  }

  /** Whether it is known what is in this tree at what a source follows, so that a path which is not here is nowhere. */
  public get isWhole(): boolean {
    return this.options.branch !== undefined || this.options.tag !== undefined;
  }

  /** Whether what a source of this repository checks out may be this tree. */
  public isAt(ref: unknown): boolean {
    if (this.options.tag !== undefined) {
      const { tag = 'latest', digest, semver } = isRecord(ref) ? ref : {};
      return tag === this.options.tag && !digest && !semver;
    }
    const { branch = 'master', ...pinned } = isRecord(ref) ? ref : {};
    const known = this.options.branch === undefined ? this.branches : new Set([this.options.branch]);
    return Object.keys(pinned).length === 0 && typeof branch === 'string' && (known.size === 0 || known.has(branch));
  }

  /** Takes in all files below a path, or one file. */
  public add(path: string): void {
    if (statSync(join(this.root, path)).isDirectory()) {
      this.walk(path);
    } else {
      const folder = parentOf(path)!;
      this.folders.set(folder, this.folders.get(folder) ?? { files: [], folders: [] });
      this.folders.get(folder)!.files.push(path);
    }
    this.sorted = undefined;
  }

  /** All files of YAML that were taken in, in order. */
  public paths(): string[] {
    return this.sorted ??= [...new Set([...this.folders.values()].flatMap(({ files }) => files))].sort();
  }

  /** Whether a path was taken in. */
  public includes(path: string): boolean {
    return this.folders.has(path) || this.folder(parentOf(path) ?? '').files.includes(path);
  }

  public hasFolder(path: string): boolean {
    return this.folders.has(path);
  }

  public folder(path: string): Folder {
    return this.folders.get(path) ?? { files: [], folders: [] };
  }

  /** The file with a folder's kustomization. */
  public kustomization(folder: string): SourceFile | undefined {
    const known = this.folder(folder).files;
    const path = KUSTOMIZATION_FILES.map((name) => posix.join(folder, name)).find((candidate) => known.includes(candidate));
    return path === undefined ? undefined : this.file(path);
  }

  /** Whether something is there, also what no walk takes in. */
  public exists(path: string): boolean {
    return this.files.has(path) || this.folders.has(path) || this.root !== '' && statSync(join(this.root, path), { throwIfNoEntry: false }) !== undefined;
  }

  /** A file by its path; it may have any name. Undefined if it is not there or cannot be read. */
  public file(path: string): SourceFile | undefined {
    if (!this.files.has(path)) {
      this.files.set(path, this.read(path));
    }
    return this.files.get(path);
  }

  public shown(path: string): string {
    return posix.join(this.options.shown, path) || '.';
  }

  /** A path of the file system as a path of this tree; undefined if it is outside. */
  public inside(path: string): string | undefined {
    const inner = relative(this.root, path).split(sep).join('/');
    return inner === '..' || inner.startsWith('../') ? undefined : inner;
  }

  private walk(folder: string): void {
    const own: Folder = { files: [], folders: [] };
    const entries = this.list(folder);
    this.entries += entries.length;
    if (this.entries > MAX_ENTRIES) {
      throw new TooLarge();
    }
    if (entries.some((entry) => entry.name === 'Chart.yaml' && entry.isFile())) {
      this.skip(folder, 'a Helm chart');
      return;
    }
    this.folders.set(folder, own);
    for (const entry of entries) {
      const path = posix.join(folder, entry.name);
      if (entry.isSymbolicLink()) {
        // Flux leaves them out of what it fetches, so a circle of them leads nowhere.
        this.skip(path, 'a symbolic link, which Flux does not follow');
      } else if (entry.isDirectory()) {
        if (entry.name === 'node_modules' || entry.name.startsWith('.')) {
          this.skip(path, 'a hidden folder or node_modules');
        } else {
          own.folders.push(path);
          this.walk(path);
        }
      } else if (entry.isFile() && !entry.name.startsWith('.') && (/\.ya?ml$/.test(entry.name) || entry.name === 'Kustomization')) {
        own.files.push(path);
      }
    }
  }

  private list(folder: string) {
    try {
      return readdirSync(join(this.root, folder), { withFileTypes: true }).sort((one, other) => one.name < other.name ? -1 : 1);
    } catch (error) {
      this.unreadable.push({ file: this.shown(folder), rule: FILE_RULES.unreadable, ...cannotRead('folder', error) });
      return [];
    }
  }

  private read(path: string): SourceFile | undefined {
    const file = join(this.root, path);
    const stat = this.root === '' ? undefined : statSync(file, { throwIfNoEntry: false });
    // A named pipe would be waited for.
    if (!stat?.isFile()) {
      return undefined;
    } else if (stat.size > MAX_BYTES) {
      this.skip(path, `larger than ${MAX_BYTES / 1024 / 1024} MiB`);
      return undefined;
    }
    let text: string;
    try {
      text = decoded(readFileSync(file));
    } catch (error) {
      this.unreadable.push({ file: this.shown(path), rule: FILE_RULES.unreadable, ...cannotRead('file', error) });
      return undefined;
    }
    if (/\0/.test(text.slice(0, 8_000))) {
      this.skip(path, 'not text');
      return undefined;
    }
    return new SourceFile(this.shown(path), path, text);
  }

  private skip(path: string, reason: string): void {
    this.skipped.push({ file: this.shown(path), reason });
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The folder of a file or folder; undefined for the root. */
export function parentOf(path: string): string | undefined {
  const parent = posix.dirname(path);
  return path === '' ? undefined : parent === '.' ? '' : parent;
}

/** Whether a path is a folder or lies in it. */
export function isBelow(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

function decoded(bytes: Buffer): string {
  return bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString('utf16le') : bytes.toString('utf8');
}

function cannotRead(what: string, error: unknown): { problem: string; remedy: string } {
  return { problem: `this ${what} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`, remedy: 'Give yourself the right to read it, or leave it out' };
}
