/**
 * What git, other file systems and command lines make of a name. Each function gives the problem, to be put after the name,
 * or undefined.
 */

/**
 * The longest part of a path, and of a branch. Most file systems end at 255 bytes; the lock file of a branch adds 5, and whatever
 * else writes beside a file before it renames needs some.
 */
export const MAX_NAME_BYTES = 240;

const TOO_LONG = `has a part of more than ${MAX_NAME_BYTES} bytes, too long for a file name`;

const CONTROL = /[\u0000-\u001f\u007f]/;
const SURROGATE = /\p{Surrogate}/u;
// What nearly all paths look like, so that thousands of them take no time.
const PLAIN_PATH = /^\w[\w.-]*(\/\w[\w.-]*)*$/;

/** What keeps a name from being a branch: git's check-ref-format, and what git takes but a tool or file system does not. */
export function branchProblem(branch: string): string | undefined {
  const components = branch.split('/');
  if (branch === '' || components.includes('')) {
    return 'has an empty part';
  } else if (branch === 'HEAD' || branch === '@') {
    return 'means something else to git';
  } else if (branch.startsWith('-')) {
    return "starts with '-', which commands read as an option";
  } else if (CONTROL.test(branch) || SURROGATE.test(branch)) {
    return 'holds a character that is not printable text';
  } else if (/[ ~^:?*[\\]|\.\.|@\{/.test(branch)) {
    return 'holds what git keeps for itself (space ~ ^ : ? * [ \\ .. @{)';
  } else if (branch.endsWith('.') || components.some((component) => component.startsWith('.') || component.endsWith('.lock'))) {
    return "has a part that starts with '.', or ends with '.' or '.lock'";
  } else if (components.some(isTooLong)) {
    return TOO_LONG;
  }
  return undefined;
}

/** What keeps a relative path from staying below its root, from being a file of a git tree and from being written. */
export function pathProblem(path: string): string | undefined {
  if (path.length <= MAX_NAME_BYTES && PLAIN_PATH.test(path)) {
    return undefined;
  }
  const components = path.split('/');
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) {
    return 'is absolute';
  } else if (path.includes('\\')) {
    return "holds a backslash; parts are separated by '/'";
  } else if (CONTROL.test(path) || SURROGATE.test(path)) {
    return 'holds a character that is not printable text';
  } else if (components.some((component) => component === '' || component === '.' || component === '..')) {
    return "has an empty part, '.' or '..'";
  } else if (components.some(isGitFolder)) {
    return "has a part that is git's own folder on some file systems";
  } else if (components.some(isTooLong)) {
    return TOO_LONG;
  }
  return undefined;
}

function isTooLong(component: string): boolean {
  return Buffer.byteLength(component) > MAX_NAME_BYTES;
}

/** `.git`, also as file systems of macOS (ignored characters) and Windows (short name, trailing dots) read it. */
function isGitFolder(component: string): boolean {
  const plain = component.replace(/[\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, '').replace(/[. ]+$/, '');
  return /^(\.git|git~\d+)$/i.test(plain);
}

/** Names that a file system which ignores case holds for one have the same fold. */
export function foldCase(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** Two names that cannot stand side by side. */
export interface NameClash {
  readonly one: string;
  readonly other: string;
  /** `case`: they, or folders they are in, differ only in case. `folder`: `one` is a folder of `other`. `same`: one name, twice. */
  readonly kind: 'case' | 'folder' | 'same';
}

/** The pairs of names separated by `/` (branches, files of a tree) that cannot exist together. */
export function nameClashes(names: readonly string[]): NameClash[] {
  const clashes: NameClash[] = [];
  // A name, or a folder with the name that it was first seen in, by its fold.
  const byFold = new Map<string, { readonly spelling: string; readonly owner: string; readonly whole: boolean }>();
  // Folders come after all names, so that `a/b` finds `a` whatever the order.
  for (const name of names) {
    const fold = foldCase(name);
    const seen = byFold.get(fold);
    if (seen) {
      clashes.push({ one: seen.spelling, other: name, kind: seen.spelling === name ? 'same' : 'case' });
    } else {
      byFold.set(fold, { spelling: name, owner: name, whole: true });
    }
  }
  // Many names share a folder: one without a clash need not be looked at again.
  const clear = new Set<string>();
  for (const { owner: name } of [...byFold.values()]) {
    const folder = name.slice(0, name.lastIndexOf('/') + 1);
    const clash = clear.has(folder) ? undefined : folderClash(name);
    clash ? clashes.push(clash) : clear.add(folder);
  }
  return clashes;

  function folderClash(name: string): NameClash | undefined {
    for (let slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
      const folder = name.slice(0, slash);
      const fold = foldCase(folder);
      const seen = byFold.get(fold);
      if (!seen) {
        byFold.set(fold, { spelling: folder, owner: name, whole: false });
      } else if (seen.whole || seen.spelling !== folder) {
        return { one: seen.owner, other: name, kind: seen.whole && seen.spelling === folder ? 'folder' : 'case' };
      }
    }
    return undefined;
  }
}
