import { damaged, EntryKind, GitObject, parseTree, TreeEntry } from './git-objects';
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

/** What git calls a file of a commit, and the folders on the way to it. */
export function namesTo(tip: string, path: string): string[] {
  return [...foldersOf(path), path].map((place) => `${tip}:${place}`);
}

/**
 * The tree of a branch as far as somebody asked for it. What is not loaded yet answers as if it were not there and is put on the
 * list of what is wanted; whoever asked drops his result, has the list loaded and asks again. So all branches of a repository
 * are read together, with a handful of git processes, and who decides is plain code.
 */
export class LiveBranch {
  // By object id, for git reads no path back that holds a line break, or is no UTF-8.
  private readonly folders = new Map<string, Folder>();
  private readonly files = new Map<string, Buffer>();
  private wanted = new Set<string>();
  /** What may not be there. */
  private readonly expected = new Set<string>();

  private readonly root: string;

  constructor(public readonly tip: string) {
    this.root = `${tip}:`;
  }

  /** Puts a file that somebody will ask for on the list, together with the folders on the way: a step at a time takes a round for each. */
  public expect(path: string): void {
    for (const name of namesTo(this.tip, path)) {
      this.wanted.add(name);
      if (name !== this.root) {
        this.expected.add(name);
      }
    }
  }

  /** Names of the objects that answers so far lacked; empty if they were complete. */
  public get missing(): string[] {
    return [...this.wanted];
  }

  /** Takes what was on the list. */
  public take(name: string, object: GitObject | undefined): void {
    this.wanted.delete(name);
    const isExpected = this.expected.delete(name);
    if (!object && isExpected) {
      return;
    } else if (!object) {
      throw damaged(name);
    }
    const key = isExpected ? object.oid : name;
    if (object.type === 'tree') {
      this.folders.set(key, new Folder(parseTree(object)));
    } else {
      this.files.set(key, object.content);
    }
  }

  /** What stands at a path. */
  public find(path: string): LiveEntry {
    let folder = this.load(this.root);
    for (let start = 0; ;) {
      const slash = path.indexOf('/', start);
      const at = slash < 0 ? path : path.slice(0, slash);
      const name = at.slice(start);
      const entry = folder.byName.get(name);
      if (!entry) {
        const alike = folder.alike(name);
        return alike ? { kind: 'obstacle', at: path.slice(0, start) + alike.name, what: 'name that differs only in case' } : { kind: 'nothing' };
      } else if (at === path && entry.kind === 'file') {
        return { kind: 'file', oid: entry.oid };
      } else if (at === path || entry.kind !== 'folder') {
        return { kind: 'obstacle', at, what: entry.kind };
      }
      folder = this.load(entry.oid);
      start = slash + 1;
    }
  }

  /** The content of a file. */
  public content(oid: string): Buffer {
    const content = this.files.get(oid);
    if (this.folders.has(oid)) {
      throw damaged(oid);
    } else if (!content) {
      this.wanted.add(oid);
    }
    return content ?? Buffer.alloc(0);
  }

  /** Whether a path is a folder with something in it. */
  public isFolder(path: string): boolean {
    return (this.folder(path)?.byName.size ?? 0) > 0;
  }

  /** Names of the folders in a folder. */
  public foldersIn(path: string): string[] {
    return [...this.folder(path)?.byName.values() ?? []].filter(({ kind }) => kind === 'folder').map(({ name }) => name);
  }

  /** All files below a folder, and what else stands there; a path that is no folder stands for itself. */
  public filesBelow(path: string): string[] {
    const folder = this.folder(path);
    return folder ? this.filesIn(folder, path) : [path];
  }

  private filesIn(folder: Folder, path: string): string[] {
    return [...folder.byName.values()].flatMap(({ name, kind, oid }) => {
      const below = path ? `${path}/${name}` : name;
      return kind === 'folder' ? this.filesIn(this.load(oid), below) : [below];
    });
  }

  /** Undefined if a path is none. */
  private folder(path: string): Folder | undefined {
    let folder = this.load(this.root);
    for (const name of path === '' ? [] : path.split('/')) {
      const entry = folder.byName.get(name);
      if (entry?.kind !== 'folder') {
        return undefined;
      }
      folder = this.load(entry.oid);
    }
    return folder;
  }

  private load(name: string): Folder {
    const folder = this.folders.get(name);
    if (this.files.has(name)) {
      throw damaged(name);
    } else if (!folder) {
      this.wanted.add(name);
    }
    return folder ?? EMPTY;
  }
}
