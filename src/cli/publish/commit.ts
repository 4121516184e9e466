import { Identity } from './identity';
import { shortSource, SourceCommit } from './source';
import { DeliveryManifest } from '../../manifest';
import { NewCommit } from '../git/commit-import';
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

/** Makes commits in a repository of our own, and tells their ids. */
export async function makeCommits(commits: readonly NewCommit[], { identity }: CommitContext, local: LocalRepository): Promise<string[]> {
  return commits.length ? local.commit(commits, await identity()) : [];
}
