import { EntryKind, GitObject, parseTree, TreeEntry } from './git-objects';
import { foldCase } from '../../manifest';

/** What stands at a path of a branch. */
export type LiveEntry =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'file'; readonly oid: string }
  /** Something that is no file, at the path itself or where a folder on the way to it would be. */
  | { readonly kind: 'obstacle'; readonly at: string; readonly what: EntryKind | 'name that differs only in case' };

/** A folder that stays quick to search when thousands of apps share it. */
class Folder {
  public readonly byName: Map<string, TreeEntry>;
  private byFold?: Map<string, TreeEntry>;

  constructor(entries: TreeEntry[]) {
    this.byName = new Map(entries.map((entry) => [entry.name, entry]));
  }

  /** An entry whose name differs in case at most. */
  public alike(name: string): TreeEntry | undefined {
    this.byFold ??= new Map([...this.byName.values()].map((entry) => [foldCase(entry.name), entry]));
    return this.byFold.get(foldCase(name));
  }
}

const EMPTY = new Folder([]);

/** The folders on the way to a path, from the root, ''. */
export function foldersOf(path: string): string[] {
  const folders = [''];
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    folders.push(path.slice(0, slash));
  }
  return folders;
}

/**
 * The tree of a branch as far as somebody asked for it. What is not loaded yet answers as if it were not there and is put on the
 * list of what is wanted; whoever asked drops his result, has the list loaded and asks again. So all branches of a repository
 * are read together, with a handful of git processes, and who decides is plain code.
 */
export class LiveBranch {
  private readonly folders = new Map<string, Folder>();
  private readonly files = new Map<string, Buffer>();
  private wanted = new Set<string>();

  constructor(public readonly tip: string) {}

  /** Names of the objects that answers so far lacked; empty if they were complete. */
  public get missing(): string[] {
    return [...this.wanted];
  }

  /** Takes what was on the list; undefined for a folder that is none. */
  public take(name: string, object: GitObject | undefined): void {
    this.wanted.delete(name);
    if (name.startsWith(`${this.tip}:`)) {
      this.folders.set(name.slice(this.tip.length + 1), object?.type === 'tree' ? new Folder(parseTree(object)) : EMPTY);
    } else if (object) {
      this.files.set(name, object.content);
    } else {
      throw new Error(`object ${name} is missing`);
    }
  }

  /** What stands at a path. */
  public find(path: string): LiveEntry {
    const folders = foldersOf(path);
    folders.forEach((folder) => this.folder(folder)); // so that all are loaded at once
    for (const [depth, folder] of folders.entries()) {
      const at = folders[depth + 1] ?? path;
      const name = folder ? at.slice(folder.length + 1) : at;
      const entry = this.folder(folder).byName.get(name);
      if (!entry) {
        const alike = this.folder(folder).alike(name);
        return alike ? { kind: 'obstacle', at: at.slice(0, at.length - name.length) + alike.name, what: 'name that differs only in case' } : { kind: 'nothing' };
      } else if (at === path && entry.kind === 'file') {
        return { kind: 'file', oid: entry.oid };
      } else if (at === path || entry.kind !== 'folder') {
        return { kind: 'obstacle', at, what: entry.kind };
      }
    }
    return { kind: 'nothing' };
  }

  /** The content of a file. */
  public content(oid: string): Buffer {
    const content = this.files.get(oid);
    if (!content) {
      this.wanted.add(oid);
    }
    return content ?? Buffer.alloc(0);
  }

  /** Whether a path is a folder with something in it. */
  public isFolder(path: string): boolean {
    const found = path === '' ? undefined : this.find(path);
    return (path === '' || found?.kind === 'obstacle' && found.what === 'folder') && this.folder(path).byName.size > 0;
  }

  /** Names of the folders in a folder. */
  public foldersIn(path: string): string[] {
    return this.isFolder(path) ? [...this.folder(path).byName.values()].filter(({ kind }) => kind === 'folder').map(({ name }) => name) : [];
  }

  /** All files below a folder, and what else stands there; a path that is no folder stands for itself. */
  public filesBelow(path: string): string[] {
    const found = path === '' ? undefined : this.find(path);
    if (found && !(found.kind === 'obstacle' && found.what === 'folder')) {
      return [path];
    }
    return [...this.folder(path).byName.values()].flatMap(({ name, kind }) => {
      const below = path ? `${path}/${name}` : name;
      return kind === 'folder' ? this.filesBelow(below) : [below];
    });
  }

  private folder(path: string): Folder {
    const folder = this.folders.get(path);
    if (!folder) {
      this.wanted.add(`${this.tip}:${path}`);
    }
    return folder ?? EMPTY;
  }
}
