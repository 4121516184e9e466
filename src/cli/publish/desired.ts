import { createHash } from 'crypto';
import { readFileSync } from 'fs';
import { join } from 'path';
import { deliveredBy, DeliveredRecord } from './delivered';
import { DeliveryManifest, ExceptionManifest, TargetManifest, TargetRole } from '../../manifest';
import { CliError, ExitCode } from '../cli-error';
import { MarkedFile, markedFile } from '../images/marked-file';

// All white space of YAML is this or below.
const SPACE = 0x20;

/** A rendered file. */
export class DesiredFile {
  public readonly digest: string;
  /** What an image automation may change in it; undefined in nearly all files. */
  public readonly marked?: MarkedFile;
  private gitId?: string;

  /** @param path relative to the root of the branch or artifact */
  constructor(public readonly path: string, public readonly content: Buffer) {
    this.marked = markedFile(content);
    this.digest = this.marked?.digest ?? digestOf(content);
  }

  /** What git calls this content; a new branch needs none. */
  public get oid(): string {
    return this.gitId ??= createHash('sha1').update(`blob ${this.content.length}\0`).update(this.content).digest('hex');
  }
}

/** A directory that the app owns. */
export interface DesiredTarget {
  readonly path: string;
  readonly files: DesiredFile[];
  readonly exceptions: readonly ExceptionManifest[];
  /** Of a config directory, what its record says that the app delivers elsewhere. */
  readonly delivered?: readonly DeliveredRecord[];
  /** `Kind.group namespace/name` of what is in the files, as far as the app says. */
  readonly objects?: readonly string[];
  /** Of a config directory, those of the app's other clusters on the branch. */
  readonly beside?: readonly string[];
  /** Those that Flux leaves when it drops them. */
  readonly kept?: readonly string[];
}

/** A branch with all that the app owns on it. */
export interface DesiredBranch {
  readonly branch: string;
  readonly targets: DesiredTarget[];
}

/** A repository and what it is to hold. */
export interface DesiredRepository {
  readonly name: string;
  readonly url: string;
  readonly roles: Set<TargetRole>;
  readonly branches: DesiredBranch[];
}

/** A tag of an artifact that the app owns. */
export interface DesiredArtifact {
  readonly artifact: string;
  readonly tag: string;
  readonly files: DesiredFile[];
  readonly exceptions: readonly ExceptionManifest[];
}

/** A registry and what it is to hold. */
export interface DesiredRegistry {
  readonly name: string;
  readonly artifacts: DesiredArtifact[];
}

/** Reads what was rendered for registries. */
export function desiredRegistries(dist: string, { registries = [] }: DeliveryManifest): DesiredRegistry[] {
  return registries.map(({ name, artifacts }) => ({
    name,
    artifacts: artifacts.map(({ artifact, tag, files, exceptions = [], objects }) => ({
      artifact,
      tag,
      files: files.map((path) => readDesired(join(dist, name, artifact, tag, path), path, { name: `artifact '${artifact}:${tag}'`, objects })),
      exceptions,
    })),
  }));
}

/** Reads what was rendered. */
export function desiredRepositories(dist: string, manifest: DeliveryManifest): DesiredRepository[] {
  const delivered = deliveredBy(manifest);
  return manifest.repositories.map(({ name, url, targets }) => {
    const branches = new Map<string, DesiredTarget[]>();
    for (const target of targets) {
      const { branch, path, exceptions = [], role, objects, kept } = target;
      const place = { name: `branch '${branch}'${path && `, directory '${path}'`}`, objects };
      const files = target.files.map((file) => readDesired(join(dist, name, branch, file), file, place));
      const config = role === 'config' ? { delivered: delivered(target), beside: besideOf(target, targets) } : {};
      const desired = { path, files, exceptions, objects, kept, ...config };
      branches.set(target.branch, [...branches.get(target.branch) ?? [], desired]);
    }
    return {
      name,
      url,
      roles: new Set(targets.map(({ role }) => role)),
      branches: [...branches].map(([branch, targetsOfBranch]) => ({ branch, targets: targetsOfBranch })),
    };
  });
}

function besideOf({ branch, path }: TargetManifest, targets: readonly TargetManifest[]): string[] {
  return targets.filter((other) => other.role === 'config' && other.branch === branch && other.path !== path).map((other) => other.path);
}

/** What a file is for. */
interface Place {
  readonly name: string;
  readonly objects?: readonly string[];
}

/** @throws CliError if there is nothing to read, also where the file is there: an app renders no empty file among its objects */
function readDesired(file: string, path: string, { name, objects = [] }: Place): DesiredFile {
  let content: Buffer;
  try {
    content = readFileSync(file);
  } catch (error) {
    throw new CliError(ExitCode.INVALID_INPUT, `${file}: cannot be read (${(error as Error).message}). Render the app again.`);
  }
  if (objects.length && !content.some((byte) => byte > SPACE)) {
    throw new CliError(ExitCode.INVALID_INPUT, `${file}: is empty, and ${objects.length} ${objects.length > 1 ? 'objects were' : 'object was'} rendered to ${name}: ` +
      'Flux would delete what is missing. Render the app again.');
  }
  return new DesiredFile(path, content);
}

/** Whether a content is the one that an ownership file tells of: byte for byte, or apart from what image automations change. */
export function isPublished(content: Buffer, digest: string): boolean {
  return digestOf(content) === digest || markedFile(content)?.digest === digest;
}

/** How ownership files write down a content without image markers. */
export function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
