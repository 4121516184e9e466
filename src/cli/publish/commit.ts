import { Signature } from './identity';
import { shortSource, SourceCommit } from './source';
import { DeliveryManifest } from '../../manifest';
import { printable, printableJson } from '../printable';

/** Of a commit's message, in characters. */
const LONGEST_LINE = 1_000;

export interface CommitContext {
  readonly manifest: DeliveryManifest;
  readonly source?: SourceCommit;
  readonly signature: Signature;
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

/**
 * The input of `git fast-import`: the commits, marked by their place, counted from 1. All content goes by byte count, so that
 * nothing in it is read as a command.
 */
export function fastImportStream(commits: readonly NewCommit[], { author, committer }: Signature): Buffer {
  const parts: (string | Buffer)[] = [];
  commits.forEach(({ parents: [from, ...merged], message, fresh, removed, writes }, index) => {
    // One ref, put back before each commit: fast-import writes a file for each that it knows of.
    parts.push('reset refs/scratch\n\n', `commit refs/scratch\nmark :${index + 1}\nauthor ${author}\ncommitter ${committer}\n`, ...data(Buffer.from(message)));
    if (from) {
      parts.push(`from ${from}\n`);
    }
    merged.forEach((parent) => parts.push(`merge ${parent}\n`));
    parts.push(fresh ? 'deleteall\n' : '');
    removed.forEach((path) => parts.push(`D ${quoted(path)}\n`));
    writes.forEach((content, path) => parts.push(`M 100644 inline ${quoted(path)}\n`, ...data(content)));
    parts.push('\n');
  });
  return Buffer.concat([...parts, 'done\n'].map((part) => typeof part === 'string' ? Buffer.from(part) : part));
}

function data(content: Buffer): (string | Buffer)[] {
  return [`data ${content.length}\n`, content, '\n'];
}

function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, '\\$&')}"`;
}
