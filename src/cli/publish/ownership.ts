import { SourceCommit } from './source';
import { DeliveryManifest, ExceptionManifest, pathProblem } from '../../manifest';

/** Our key in `hydrator.metadata`; the other keys are those that the field already reads. */
const KEY = 'cdk8s-fluxcd';
const VERSION = 1;

/** What an app says of a directory that it owns; a change of it is a change of content. */
export interface Ownership {
  readonly app: string;
  readonly inputs: { readonly [name: string]: string };
  /** By path relative to the root of the branch, `sha256:<hex>`. */
  readonly files: { readonly [path: string]: string };
  readonly exceptions: readonly ExceptionManifest[];
}

/** What `hydrator.metadata` on a branch says. */
export type ReadOwnership =
  | { readonly kind: 'ours'; readonly ownership: Ownership }
  /** Of another tool, or of nobody. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'unreadable'; readonly problem: string; readonly remedy: string };

/** The ownership of the directory whose files these are. */
export function ownershipOf(manifest: DeliveryManifest, { files, exceptions }: Pick<Ownership, 'files' | 'exceptions'>): Ownership {
  return { app: manifest.app!, inputs: manifest.inputs, files, exceptions };
}

export function sameOwnership(one: Ownership, other: Ownership): boolean {
  return one.app === other.app && sameTexts(one.inputs, other.inputs) && sameTexts(one.files, other.files) &&
    canonical(one.exceptions) === canonical(other.exceptions);
}

/** The file: where the content comes from, as the field has it, and the ownership. */
export function writeOwnership(ownership: Ownership, source?: SourceCommit): Buffer {
  return Buffer.from(JSON.stringify({
    repoURL: source?.url,
    drySha: source?.commit,
    author: source?.author,
    date: source?.date,
    subject: source?.subject,
    [KEY]: {
      version: VERSION,
      app: ownership.app,
      dirty: source?.dirty || undefined,
      inputs: sorted(ownership.inputs),
      files: sorted(ownership.files),
      exceptions: ownership.exceptions.length ? ownership.exceptions : undefined,
    },
  }, undefined, 2) + '\n');
}

/** Reads the file of a branch, which anybody may have changed. */
export function readOwnership(content: Buffer): ReadOwnership {
  const unreadable = (problem: string, remedy = 'Bring it back from the history of the branch, or delete it there and publish with --adopt'): ReadOwnership =>
    ({ kind: 'unreadable', problem, remedy });
  let document: any;
  try {
    document = JSON.parse(content.toString());
  } catch {
    return unreadable('is not JSON');
  }
  const ours = document?.[KEY];
  if (ours === undefined) {
    return { kind: 'foreign' };
  } else if (ours?.version !== VERSION) {
    return Number.isInteger(ours?.version)
      ? unreadable(`is of version ${ours.version}, and this cdk8s-fluxcd reads version ${VERSION}`, 'Upgrade cdk8s-fluxcd')
      : unreadable('does not say its version');
  }
  const { app, inputs, files, exceptions = [] } = ours;
  if (typeof app !== 'string' || !app || !isTexts(inputs) || !isTexts(files) || !Array.isArray(exceptions)) {
    return unreadable('is not what cdk8s-fluxcd writes');
  }
  const escaping = Object.keys(files).find((path) => pathProblem(path));
  return escaping === undefined ? { kind: 'ours', ownership: { app, inputs, files, exceptions } } : unreadable(`lists ${JSON.stringify(escaping)}, which is no path of a branch`);
}

function isTexts(value: unknown): value is { [name: string]: string } {
  return typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');
}

function sameTexts(one: { readonly [name: string]: string }, other: { readonly [name: string]: string }): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part) => part && typeof part === 'object' && !Array.isArray(part) ? sorted(part) : part);
}

function sorted<T>(record: { readonly [name: string]: T }): { [name: string]: T } {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0));
}
