import { ExitCode } from '../cli-error';
import { RemoteFault } from '../remote-fault';

/** An object as `git cat-file --batch` shows it. */
export interface GitObject {
  readonly oid: string;
  readonly type: string;
  readonly content: Buffer;
}

export type EntryKind = 'file' | 'folder' | 'symbolic link' | 'submodule';

/** One line of a git tree. */
export interface TreeEntry {
  /** Of a name that is no UTF-8, or holds a `/`, something that no path of ours can be. */
  readonly name: string;
  readonly kind: EntryKind;
  readonly oid: string;
}

const LINE_FEED = 10;

/** Of an object that is missing, or not what it should be. */
export function damaged(name: string): RemoteFault {
  return new RemoteFault({ kind: 'fatal', exitCode: ExitCode.REMOTE, text: `object '${name}' of the remote is damaged. See what 'git fsck' says there.` });
}

/**
 * The answers of `git cat-file --batch`, in the order of the questions; undefined for what is missing.
 *
 * @throws RemoteFault if the last one is cut short
 */
export function parseObjects(output: Buffer): (GitObject | undefined)[] {
  const objects: (GitObject | undefined)[] = [];
  for (let position = 0; position < output.length;) {
    const end = output.indexOf(LINE_FEED, position);
    if (end < 0) {
      throw cutShort();
    }
    const header = /^([0-9a-f]{40,64}) ([a-z]+) (\d+)$/.exec(output.toString('utf8', position, end));
    position = end + 1;
    if (header) {
      const size = Number(header[3]);
      if (position + size >= output.length) {
        throw cutShort();
      }
      objects.push({ oid: header[1], type: header[2], content: output.subarray(position, position + size) });
      position += size + 1;
    } else {
      objects.push(undefined);
    }
  }
  return objects;
}

function cutShort(): RemoteFault {
  return new RemoteFault({ kind: 'unavailable', exitCode: ExitCode.REMOTE, text: 'git did not say all that it was asked' });
}

/** A commit, without what it may be signed with. */
export interface CommitObject {
  readonly tree: string;
  readonly parents: string[];
  /** `Name <address> <seconds> <zone>`. */
  readonly author: string;
  readonly committer: string;
  readonly message: Buffer;
}

/**
 * A commit object: lines of headers, an empty line, the message.
 *
 * @throws RemoteFault if it lacks what each commit has
 */
export function parseCommit({ oid, content }: GitObject): CommitObject {
  const end = content.indexOf('\n\n');
  const headers = content.toString('utf8', 0, Math.max(end, 0)).split('\n');
  const values = (name: string) => headers.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  const [[tree], [author], [committer]] = ['tree', 'author', 'committer'].map(values);
  if (tree === undefined || author === undefined || committer === undefined) {
    throw damaged(oid);
  }
  return { tree, parents: values('parent'), author, committer, message: content.subarray(end + 2) };
}

/**
 * The entries of a tree object: `<mode> <name>\0<binary object id>`, one after the other.
 *
 * @throws RemoteFault if it is something else
 */
export function parseTree(tree: GitObject): TreeEntry[] {
  const oidLength = tree.oid.length / 2;
  const entries: TreeEntry[] = [];
  for (let position = 0; position < tree.content.length;) {
    const space = tree.content.indexOf(32, position);
    const zero = space < 0 ? -1 : tree.content.indexOf(0, space);
    const end = zero + 1 + oidLength;
    if (zero < 0 || end > tree.content.length) {
      throw damaged(tree.oid);
    }
    entries.push({
      kind: kindOf(tree.content.toString('latin1', position, space)),
      name: nameOf(tree.content.subarray(space + 1, zero)),
      oid: tree.content.toString('hex', zero + 1, end),
    });
    position = end;
  }
  return entries;
}

/** Names that differ stay different: in one that is no text, bytes that are no ASCII become half characters, which no text holds. */
function nameOf(bytes: Buffer): string {
  const text = bytes.toString();
  return !text.includes('/') && (!text.includes('\ufffd') || bytes.equals(Buffer.from(text)))
    ? text : bytes.toString('latin1').replace(/[/\u0080-\u00ff]/g, (byte) => String.fromCharCode(0xdc00 + byte.charCodeAt(0)));
}

function kindOf(mode: string): EntryKind {
  switch (mode) {
    case '40000': return 'folder';
    case '120000': return 'symbolic link';
    case '160000': return 'submodule';
    default: return 'file';
  }
}
