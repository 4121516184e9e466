import { BranchPlan } from './plan';
import { shortSource, SourceCommit } from './source';
import { DeliveryManifest } from '../../manifest';
import { printable, printableJson } from '../printable';

// Git refuses to make up a name and an address from the machine's; who has configured none gets ours.
export const FALLBACK_IDENTITY = 'cdk8s-fluxcd <noreply@cdk8s-fluxcd.invalid>';

/** Of a commit's message. */
const LONGEST_LINE = 1_000;

export interface CommitContext {
  readonly manifest: DeliveryManifest;
  readonly source?: SourceCommit;
  /** `Name <address> <seconds> <zone>`, as git writes it. */
  readonly identity: string;
}

/** What a commit says: from what it was made. Inputs are shown as they are, whatever is in them, on a line each. */
export function commitMessage({ manifest, source }: CommitContext): string {
  const trailers = [
    ['App', manifest.app!],
    ...source ? [['Source-Commit', source.commit]] : [],
    ...source?.dirty ? [['Source-Tree', 'dirty']] : [],
    ...source?.url ? [['Source-URL', source.url]] : [],
    ...Object.entries(manifest.inputs).map(([name, value]) => ['Input', `${name}=${value}`]),
  ];
  const subject = source ? [shortSource(source), source.subject].filter(Boolean).join(' ') : 'rendered manifests';
  return `${onOneLine(`${manifest.app}: ${subject}`)}\n\n${trailers.map(([key, value]) => `${key}: ${onOneLine(value)}\n`).join('')}`;
}

/** A commit is made for each branch, and read in terminals: what is long is cut, and what is not printable is escaped. */
function onOneLine(text: string): string {
  const short = text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}... (${text.length} characters)` : text;
  return printable(short) === short ? short : printableJson(JSON.stringify(short));
}

/**
 * The input of `git fast-import`: a commit for each plan, marked by its place, counted from 1. All content goes by byte count, so
 * that nothing in it is read as a command.
 */
export function fastImportStream(plans: BranchPlan[], context: CommitContext): Buffer {
  const message = data(Buffer.from(commitMessage(context)));
  const parts: (string | Buffer)[] = [];
  plans.forEach((plan, index) => {
    // One ref, put back before each commit: fast-import writes a file for each that it knows of.
    parts.push('reset refs/scratch\n\n', `commit refs/scratch\nmark :${index + 1}\ncommitter ${context.identity}\n`, ...message);
    if (plan.before) {
      parts.push(`from ${plan.before}\n`);
    }
    plan.removed.forEach((path) => parts.push(`D ${quoted(path)}\n`));
    plan.writes.forEach((content, path) => parts.push(`M 100644 inline ${quoted(path)}\n`, ...data(content)));
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
