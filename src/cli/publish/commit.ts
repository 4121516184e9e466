import { Identity, Signature } from './identity';
import { shortSource, SourceCommit } from './source';
import { DeliveryManifest } from '../../manifest';
import { LocalRepository } from '../git/local-repository';
import { printable, printableJson } from '../printable';

/** Of a commit's message, in characters. */
const LONGEST_LINE = 1_000;

export interface CommitContext {
  readonly manifest: DeliveryManifest;
  readonly source?: SourceCommit;
  /** Who commits; asked only where something is committed. */
  readonly identity: () => Promise<Identity>;
  /** What the commits say first, in place of the source's subject. */
  readonly message?: string;
}

/** What a commit says: from what it was made. Inputs are shown as they are, whatever is in them, on a line each. */
export function commitMessage({ manifest, source, message }: CommitContext, description?: string): string {
  const trailers = [
    ['App', manifest.app!],
    ...source ? [['Source-Commit', source.commit]] : [],
    ...source?.dirty ? [['Source-Tree', 'dirty']] : [],
    ...source?.url ? [['Source-URL', source.url]] : [],
    ...Object.entries(manifest.inputs).map(([name, value]) => ['Input', `${name}=${value}`]),
  ];
  const [given, ...body] = message?.split('\n').map(onOneLine) ?? [];
  const subject = source ? [shortSource(source), source.subject].filter(Boolean).join(' ') : 'rendered manifests';
  const first = given ?? onOneLine(`${manifest.app}: ${subject}`);
  const more = [body.join('\n').trim(), description?.trim()].filter(Boolean).join('\n\n');
  return `${first}\n\n${more && `${more}\n\n`}${trailers.map(([key, value]) => `${key}: ${onOneLine(value)}\n`).join('')}`;
}

/** A commit is made for each branch, and read in terminals: what is long is cut, and what is not printable is escaped. */
function onOneLine(text: string): string {
  const short = text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}... (${text.length} characters)` : text;
  return printable(short) === short ? short : printableJson(JSON.stringify(short));
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

/** Makes commits in a repository of our own. They are marked by their place, counted from 1. */
export async function makeCommits(commits: readonly NewCommit[], { identity }: CommitContext, local: LocalRepository): Promise<Map<number, string>> {
  if (commits.length === 0) {
    return new Map();
  }
  const who = await identity();
  return local.importCommits(fastImportStream(commits, who), who.signing);
}

/** Of what git is given at once, in bytes: what it works on while the next is put together. */
const BATCH = 64 * 1024;

/**
 * The input of `git fast-import`: the commits, marked by their place, counted from 1. All content goes by byte count, so that
 * nothing in it is read as a command.
 */
export function* fastImportStream(commits: readonly NewCommit[], signature: Signature): Generator<Buffer> {
  let batch: Buffer[] = [];
  let size = 0;
  for (const [index, commit] of commits.entries()) {
    const parts = partsOf(commit, index + 1, signature);
    batch.push(...parts);
    size += parts.reduce((length, part) => length + part.length, 0);
    if (size > BATCH) {
      yield Buffer.concat(batch);
      batch = [];
      size = 0;
    }
  }
  yield Buffer.concat([...batch, Buffer.from('done\n')]);
}

function partsOf(commit: NewCommit, mark: number, { author, committer }: Signature): Buffer[] {
  const { parents: [from, ...merged], message, fresh, removed, writes } = commit;
  const parts: Buffer[] = [];
  // One ref, put back before each commit: fast-import writes a file for each that it knows of.
  let text = `reset refs/scratch\n\ncommit refs/scratch\nmark :${mark}\nauthor ${author}\ncommitter ${committer}\n` +
    `data ${Buffer.byteLength(message)}\n${message}\n` +
    `${from ? `from ${from}\n` : ''}${merged.map((parent) => `merge ${parent}\n`).join('')}` +
    `${fresh ? 'deleteall\n' : ''}${removed.map((path) => `D ${quoted(path)}\n`).join('')}`;
  writes.forEach((content, path) => {
    parts.push(Buffer.from(`${text}M 100644 inline ${quoted(path)}\ndata ${content.length}\n`), content);
    text = '\n';
  });
  parts.push(Buffer.from(`${text}\n`));
  return parts;
}

function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, '\\$&')}"`;
}
