import { DeliveredRecord } from './delivered';
import { isDate, NewestSources, NewestSourcesJson, SourcePoint } from './newest-sources';
import { SourceCommit } from './source';
import { ExceptionManifest, isWithin, pathProblem } from '../../manifest';
import { PublishedImages } from '../images/former';

/** Our key in `hydrator.metadata`; the other keys are those that the field already reads. */
const KEY = 'cdk8s-fluxcd';
const VERSION = 1;
/** In characters: what no app's name has, and who reads a refusal can bear. */
const LONGEST_APP = 200;
const UNPRINTABLE = /[\u0000-\u001f\u007f]/;

/** What an app says of a directory that it owns; a change of it is a change of content. */
export interface Ownership {
  readonly app: string;
  readonly inputs: { readonly [name: string]: string };
  /** By path relative to the root of the branch, `sha256:<hex>`; of a file with image markers, of what it says apart from the marked values. */
  readonly files: { readonly [path: string]: string };
  /** By path, the marked values of such files as they were rendered; absent where there are none, and in records of older versions. */
  readonly images?: { readonly [path: string]: PublishedImages };
  readonly exceptions: readonly ExceptionManifest[];
  /** Of a config directory: what the app delivers elsewhere, for it to apply. */
  readonly delivered?: readonly DeliveredRecord[];
  /** Of a config directory: `Kind.group namespace/name` of what is in it, as far as the app says. */
  readonly objects?: readonly string[];
  /** Those that Flux leaves when it drops them. */
  readonly kept?: readonly string[];
  /** Of a config directory: those of the app's other clusters on the branch that were rendered with it. */
  readonly beside?: readonly string[];
  /** Of a config directory: the newest source commits in repositories whose host takes no refs for them, by the repository's name. */
  readonly sources?: { readonly [repository: string]: NewestSourcesJson };
}

/** What `hydrator.metadata` on a branch says. */
export type ReadOwnership =
  | { readonly kind: 'ours'; readonly ownership: Ownership; readonly source?: SourcePoint; readonly url?: string }
  /** Of another tool, or of nobody. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'unreadable'; readonly problem: string; readonly remedy: string };

/** What is known of a directory that may be somebody's. */
export type OwnerRecord = Exclude<ReadOwnership, { kind: 'foreign' }>;

/** One that can be read. */
export type OwnRecord = Extract<ReadOwnership, { kind: 'ours' }>;

export function sameOwnership(one: Ownership, other: Ownership): boolean {
  return one.app === other.app && sameTexts(one.inputs, other.inputs) && sameTexts(one.files, other.files) &&
    (['images', 'exceptions', 'objects', 'kept', 'delivered', 'beside', 'sources'] as const).every((part) => one[part] === other[part] || canonical(one[part]) === canonical(other[part]));
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
      // What tells which of two commits is newer; 'date' is when it was written.
      committed: source?.committed,
      inputs: sorted(ownership.inputs),
      files: sorted(ownership.files),
      images: ownership.images && sorted(ownership.images),
      exceptions: ownership.exceptions.length ? ownership.exceptions : undefined,
      objects: ownership.objects,
      kept: ownership.kept,
      delivered: ownership.delivered,
      beside: ownership.beside,
      sources: ownership.sources,
    },
  }, undefined, 2) + '\n');
}

/**
 * Reads the file of a branch, which anybody may have changed.
 *
 * @param folder where it lies; somebody may have copied it there with all that is beside it, and then it says nothing of that folder
 */
export function readOwnership(content: Buffer, folder: string): ReadOwnership {
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
  const { app, inputs, files, images, exceptions, delivered, objects, kept, beside, sources } = ours;
  const isAsWritten = typeof app === 'string' && app && app.length <= LONGEST_APP && isTexts(inputs) && isTexts(files) && isAbsentOr(isTextsByName, images) &&
    isAbsentOr(isExceptions, exceptions) && isAbsentOr(isDelivered, delivered) && isAbsentOr(isSources, sources) &&
    [objects, kept, beside].every((list) => isAbsentOr(isList, list));
  if (!isAsWritten) {
    return unreadable('is not what cdk8s-fluxcd writes');
  }
  const paths = Object.keys(files);
  const escaping = paths.find((path) => pathProblem(path));
  if (escaping !== undefined) {
    return unreadable(`lists ${JSON.stringify(escaping)}, which is no path of a branch`);
  }
  const inside = paths.filter((path) => isWithin(path, folder));
  if (paths.length && inside.length === 0) {
    return { kind: 'foreign' };
  }
  // Only a config directory has files elsewhere.
  const own = delivered ? files : Object.fromEntries(inside.map((path) => [path, files[path]]));
  const ownership = { app, inputs, files: own, images, exceptions: exceptions ?? [], objects, kept, delivered, beside, sources };
  return { kind: 'ours', ownership, source: sourceOf(document, ours), url: typeof document.repoURL === 'string' ? document.repoURL : undefined };
}

/** Records of older versions do not say when it was committed. */
function sourceOf({ drySha, date }: any, { committed }: any): SourcePoint | undefined {
  return typeof drySha === 'string' && /^[0-9a-f]{7,64}$/.test(drySha) ? { commit: drySha, date: [committed, date].find(isDate) } : undefined;
}

function isAbsentOr(check: (value: unknown) => boolean, value: unknown): boolean {
  return value === undefined || check(value);
}

function isExceptions(value: unknown): value is ExceptionManifest[] {
  return Array.isArray(value) && value.every(isTexts);
}

function isDelivered(value: unknown): value is DeliveredRecord[] {
  return Array.isArray(value) && value.every((one) => (
    [one?.repository, one?.branch, one?.path].every((text) => typeof text === 'string') &&
    isList(one.kustomizations) && isAbsentOr(isList, one.objects) && isAbsentOr(isList, one.kept) && isAbsentOr(isTexts, one.clusters) &&
    // It may be `<artifact>/<tag>`, too.
    one.branch && !UNPRINTABLE.test(one.branch) && !(one.path && pathProblem(one.path))
  ));
}

function isSources(value: unknown): boolean {
  try {
    Object.values(value as object).forEach((sources) => NewestSources.fromJson(sources));
    return typeof value === 'object' && !Array.isArray(value);
  } catch {
    return false;
  }
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

function isTexts(value: unknown): value is { [name: string]: string } {
  return typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string');
}

function isTextsByName(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).every(isTexts);
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
