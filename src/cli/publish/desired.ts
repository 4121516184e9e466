import { hash } from 'crypto';
import { join } from 'path';
import { setImmediate } from 'timers/promises';
import { deliveredBy, DeliveredRecord } from './delivered';
import { FileReader } from './file-reader';
import { artifactFolder, DeliveryManifest, ExceptionManifest, requireListedFiles, TargetManifest, TargetRole } from '../../manifest';
import { CliError, ExitCode } from '../cli-error';
import { sha256Of } from '../digest';
import { MarkedFile, markedFile } from '../images/marked-file';

// All white space of YAML is this or below.
const SPACE = 0x20;
/** How many targets are read before others have their turn. */
const A_TURN = 25;

/** A rendered file. */
export class DesiredFile {
  public readonly digest: string;
  /** What an image automation may change in it; undefined in nearly all files. */
  public readonly marked?: MarkedFile;
  private gitId?: string;

  /** @param path relative to the root of the branch or artifact */
  constructor(public readonly path: string, public readonly content: Buffer) {
    this.marked = markedFile(content);
    this.digest = this.marked?.digest ?? sha256Of(content);
  }

  /** What git calls this content; a new branch needs none. */
  public get oid(): string {
    return this.gitId ??= hash('sha1', Buffer.concat([Buffer.from(`blob ${this.content.length}\0`), this.content]));
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

/** All that was rendered. */
export interface Desired {
  readonly repositories: DesiredRepository[];
  readonly registries: DesiredRegistry[];
}

/**
 * Reads what was rendered.
 *
 * @param found is shown the files of each directory of a branch once they are read
 * @throws CliError, or InvalidDeliveryError with all files that cannot be read
 */
export async function readDesired(dist: string, manifest: DeliveryManifest, found: Found): Promise<Desired> {
  const files = new DesiredFiles(dist);
  try {
    return { repositories: await desiredRepositories(files, manifest, found), registries: desiredRegistries(files, manifest) };
  } catch (error) {
    // Looks at all of them, which takes too long where nothing is wrong.
    requireListedFiles(dist, manifest);
    throw error;
  }
}

type Found = (repository: string, branch: string, files: readonly DesiredFile[]) => void;

function desiredRegistries(reader: DesiredFiles, { registries = [] }: DeliveryManifest): DesiredRegistry[] {
  return registries.map(({ name, artifacts }) => ({
    name,
    artifacts: artifacts.map(({ artifact, tag, files, exceptions = [], objects }) => ({
      artifact,
      tag,
      files: reader.read(files, { name: `artifact '${artifact}:${tag}'`, folder: `${name}/${artifactFolder({ artifact, tag })}`, objects }),
      exceptions,
    })),
  }));
}

/** Lets others have their turn now and then: remotes answer meanwhile. */
async function desiredRepositories(reader: DesiredFiles, manifest: DeliveryManifest, found: Found): Promise<DesiredRepository[]> {
  const delivered = deliveredBy(manifest);
  const repositories: DesiredRepository[] = [];
  for (const { name, url, targets } of manifest.repositories) {
    const branches = new Map<string, DesiredTarget[]>();
    for (const [index, target] of targets.entries()) {
      if (index % A_TURN === 0) {
        await setImmediate();
      }
      const { branch, path, exceptions = [], role, objects, kept } = target;
      const files = reader.read(target.files, { name: `branch '${branch}'${path && `, directory '${path}'`}`, folder: `${name}/${branch}`, objects });
      found(name, branch, files);
      const config = role === 'config' ? { delivered: delivered(target), beside: besideOf(target, targets) } : {};
      const desired = { path, files, exceptions, objects, kept, ...config };
      const ofBranch = branches.get(branch) ?? [];
      branches.set(branch, ofBranch);
      ofBranch.push(desired);
    }
    repositories.push({
      name,
      url,
      roles: new Set(targets.map(({ role }) => role)),
      branches: [...branches].map(([branch, targetsOfBranch]) => ({ branch, targets: targetsOfBranch })),
    });
  }
  return repositories;
}

function besideOf({ branch, path }: TargetManifest, targets: readonly TargetManifest[]): string[] {
  return targets.filter((other) => other.role === 'config' && other.branch === branch && other.path !== path).map((other) => other.path);
}

/** What files are for. */
interface Place {
  readonly name: string;
  /** Where they lie in the output folder. */
  readonly folder: string;
  readonly objects?: readonly string[];
}

class DesiredFiles {
  private readonly reader: FileReader;

  constructor(private readonly dist: string) {
    this.reader = new FileReader(dist);
  }

  /** @throws CliError if there is nothing to read, also where the file is there: an app renders no empty file among its objects */
  public read(files: readonly string[], { name, folder, objects = [] }: Place): DesiredFile[] {
    return files.map((path) => {
      const content = this.contentOf(`${folder}/${path}`);
      if (objects.length && !content.some((byte) => byte > SPACE)) {
        throw new CliError(ExitCode.INVALID_INPUT, `${join(this.dist, folder, path)}: is empty, and ` +
          `${objects.length} ${objects.length > 1 ? 'objects were' : 'object was'} rendered to ${name}: ` +
          'Flux would delete what is missing. Render the app again.');
      }
      return new DesiredFile(path, content);
    });
  }

  private contentOf(path: string): Buffer {
    try {
      return this.reader.read(path);
    } catch (error) {
      throw new CliError(ExitCode.INVALID_INPUT, `${join(this.dist, path)}: cannot be read (${(error as Error).message}). Render the app again.`);
    }
  }
}

/** Whether a content is the one that an ownership file tells of: byte for byte, or apart from what image automations change. */
export function isPublished(content: Buffer, digest: string): boolean {
  return sha256Of(content) === digest || markedFile(content)?.digest === digest;
}
