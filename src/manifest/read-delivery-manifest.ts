import { Dirent, readdirSync, readFileSync } from 'fs';
import { createRequire } from 'module';
import { join, normalize } from 'path';
import type { ErrorObject } from 'ajv';
import { DELIVERY_MANIFEST_FILE, DELIVERY_MANIFEST_VERSION, DeliveryManifest } from './delivery-manifest';
import schema from './delivery.schema.json';
import { artifactFolder, manifestProblems } from './manifest-rules';
import { surelyValid } from './surely-valid';

const MAX_PROBLEMS = 20;

/** An output folder that cannot be published; the message has a line per problem. */
export class InvalidDeliveryError extends Error {
  constructor(public readonly problems: string[]) {
    super(problems.join('\n'));
  }
}

/**
 * Reads and checks `delivery.json` of an output folder, and that every file it lists is a plain file below that folder.
 *
 * @throws InvalidDeliveryError
 */
export function readDeliveryManifest(dist: string): DeliveryManifest {
  const manifest = readManifestAlone(dist);
  requireListedFiles(dist, manifest);
  return manifest;
}

/**
 * The first half of that: nothing that is listed may be read yet.
 *
 * @throws InvalidDeliveryError
 */
export function readManifestAlone(dist: string): DeliveryManifest {
  const file = join(dist, DELIVERY_MANIFEST_FILE);
  const manifest = parse(file);
  refuse(file, schemaProblems(manifest), 'Render the app again with the library of this version');
  refuse(file, manifestProblems(manifest), 'Change the app and render it again');
  return manifest;
}

/**
 * The second half, which looks at each folder.
 *
 * @throws InvalidDeliveryError
 */
export function requireListedFiles(dist: string, manifest: DeliveryManifest): void {
  refuse(join(dist, DELIVERY_MANIFEST_FILE), fileProblems(dist, manifest), 'Render the app again');
}

function parse(file: string): DeliveryManifest {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new InvalidDeliveryError([`${file}: not JSON (${error.message.replace(/\s+/g, ' ')}). Render the app again.`]);
    }
    const missing = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code!);
    throw new InvalidDeliveryError([missing
      ? `${file}: no such file. Render the app first (a FluxApp, for an App delivers nothing), or name the folder it was rendered to.`
      : `${file}: cannot be read (${(error as Error).message}). Make it readable, or name the folder that the app was rendered to.`]);
  }
  const version = (content as { version?: unknown } | null)?.version;
  if (version !== undefined && version !== DELIVERY_MANIFEST_VERSION) {
    throw new InvalidDeliveryError([
      `${file}: version ${JSON.stringify(version)}, and this cdk8s-fluxcd reads version ${DELIVERY_MANIFEST_VERSION}. ` +
      'Use the same version of cdk8s-fluxcd to render and to publish; upgrade the older one.',
    ]);
  }
  return content as DeliveryManifest;
}

function refuse(file: string, problems: string[], remedy: string): void {
  if (problems.length) {
    const shown = problems.slice(0, MAX_PROBLEMS).map((problem) => `${file}: ${problem}. ${remedy}.`);
    throw new InvalidDeliveryError(problems.length > MAX_PROBLEMS ? [...shown, `${file}: ${problems.length - MAX_PROBLEMS} more problems.`] : shown);
  }
}

function schemaProblems(manifest: unknown): string[] {
  if (surelyValid(schema, manifest)) {
    return [];
  }
  // Loaded only here: whoever has nothing to complain of need not wait for it.
  const { Ajv }: typeof import('ajv') = createRequire(__filename)('ajv');
  // Compiling the meta-schema to check our own schema takes longer than all the rest; a test does it instead.
  const validate = new Ajv({ allErrors: true, meta: false, validateSchema: false }).compile(schema);
  return validate(manifest) ? [] : validate.errors!.map(schemaProblem);
}

function schemaProblem(error: ErrorObject): string {
  const place = error.instancePath.slice(1).split('/').map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce((text, part) => /^\d+$/.test(part) ? `${text}[${part}]` : text ? `${text}.${part}` : part, '');
  const more = error.keyword === 'additionalProperties' ? ` ('${error.params.additionalProperty}')`
    : error.keyword === 'enum' ? ` (${error.params.allowedValues.join(', ')})` : '';
  return `${place || 'the document'} ${error.keyword === 'pattern' ? 'must be text on one line, not empty' : `${error.message}${more}`}`;
}

/** Listed files that are not there, are no plain files, or are reached through a symbolic link, which may lead anywhere. */
function fileProblems(dist: string, manifest: DeliveryManifest): string[] {
  // Read folder by folder: for thousands of files that is twice as fast as asking for each.
  const folders = new Map<string, Folder>([['', readFolder(dist)]]);
  const folderAt = (path: string): Folder => {
    const folder = folders.get(path) ?? openFolder(dist, path, folderAt(parentOf(path)));
    folders.set(path, folder);
    return folder;
  };
  const problemsIn = (place: string, folder: string, files: readonly string[]): string[] => files.flatMap((file) => {
    const path = `${folder}/${file}`;
    const problem = problemAt(dist, path, 'file', folderAt(parentOf(path)));
    return problem ? [`${place}, file '${file}': ${problem}`] : [];
  });
  return [
    ...manifest.repositories.flatMap(({ name, targets }) => targets.flatMap(({ branch, files }) => (
      problemsIn(`repository '${name}', branch '${branch}'`, `${name}/${branch}`, files)
    ))),
    ...(manifest.registries ?? []).flatMap(({ name, artifacts }) => artifacts.flatMap((artifact) => (
      problemsIn(`registry '${name}', artifact '${artifact.artifact}:${artifact.tag}'`, `${name}/${artifactFolder(artifact)}`, artifact.files)
    ))),
  ];
}

/** A folder that was read, or why it could not be. */
interface Folder {
  readonly entries?: ReadonlyMap<string, Dirent>;
  readonly problem?: string;
}

/** The folder of a path below the output folder, which itself is ''. */
function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

function openFolder(dist: string, path: string, parent: Folder): Folder {
  const problem = problemAt(dist, path, 'directory', parent);
  return problem ? { problem } : readFolder(`${dist}/${path}`);
}

function readFolder(path: string): Folder {
  try {
    return { entries: new Map(readdirSync(path, { withFileTypes: true }).map((entry) => [entry.name, entry])) };
  } catch (error) {
    return { problem: `${normalize(path)} cannot be read (${(error as Error).message})` };
  }
}

/** What is wrong with what stands at a path, or with the folder that it is in. */
function problemAt(dist: string, path: string, wanted: 'file' | 'directory', { entries, problem }: Folder): string | undefined {
  const wrong = problem ? undefined : entryProblem(entries!.get(path.slice(path.lastIndexOf('/') + 1)), wanted);
  return problem ?? (wrong && `${join(dist, path)} ${wrong}`);
}

function entryProblem(entry: Dirent | undefined, wanted: 'file' | 'directory'): string | undefined {
  if (!entry) {
    return 'does not exist';
  } else if (entry.isSymbolicLink()) {
    return 'is a symbolic link';
  }
  return (wanted === 'file' ? entry.isFile() : entry.isDirectory()) ? undefined : `is not a ${wanted}`;
}
