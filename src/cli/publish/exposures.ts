import { createRequire } from 'module';
import { DesiredFile, DesiredRegistry, DesiredRepository } from './desired';
import { holdsPassword } from '../../git';
import { DeliveryManifest, ExceptionManifest } from '../../manifest';
import { CliError, ExitCode } from '../cli-error';
import { printable } from '../printable';

const MAX_LINES = 20;
/** One of these stands in all that is worth a second look. */
const SIGNS = ['Secret', 'secretGenerator', '\\', '://'];
/** A Secret's kind, in whatever quotes, or what kustomize makes one of; or what escapes of YAML may hide these behind, and the slashes of a URL. */
const SUSPECT = /\b(?:Secret(?:List)?|secretGenerator)\b|\\(?:[xuU\/]|\r?\n)/;

/** Files of which that is known; all are asked twice. */
const HARMLESS = new WeakSet<DesiredFile>();

/** Whether a file needs no parsing to tell that it gives nothing away, as nearly all do. */
export function isHarmless(file: DesiredFile): boolean {
  const harmless = HARMLESS.has(file) || suspectText(file.content) === undefined;
  if (harmless) {
    HARMLESS.add(file);
  }
  return harmless;
}

/**
 * Refuses to publish what would give a secret away, as a FluxApp refuses to render it: whatever wrote the files and `delivery.json`,
 * and whoever changed them since.
 *
 * @throws CliError
 */
export function refuseExposures(
  { inputs }: DeliveryManifest, repositories: readonly DesiredRepository[], registries: readonly DesiredRegistry[],
): void {
  const lines = [
    ...Object.entries(inputs).filter(([, value]) => holdsPassword(value)).map(([name]) => printable(
      `delivery.json: input '${name}' holds a password, and inputs are recorded in every commit. Give text that anyone may read, and render the app again.`,
    )),
    ...registries.flatMap(({ name, artifacts }) => artifacts.flatMap(({ artifact, tag, files, exceptions }) => (
      exposuresOf(files, exceptions).map((text) => `registry '${name}', artifact '${artifact}:${tag}', ${text}`)
    ))),
    ...repositories.flatMap(({ name, branches }) => branches.flatMap(({ branch, targets }) => targets.flatMap(({ files, exceptions }) => (
      exposuresOf(files, exceptions).map((text) => `repository '${name}', branch '${branch}', ${text}`)
    )))),
  ];
  if (lines.length) {
    const more = lines.length - MAX_LINES;
    throw new CliError(ExitCode.INVALID_INPUT, more > 0 ? [...lines.slice(0, MAX_LINES), `${more} more would give a secret away.`] : lines);
  }
}

/** What files would give away, but for the objects that exceptions let through; a line each. */
export function exposuresOf(files: readonly DesiredFile[], exceptions: readonly ExceptionManifest[]): string[] {
  const allowed = new Set(exceptions.map(({ rule, object }) => `${rule}\0${object}`));
  return files.flatMap((file) => isHarmless(file) ? [] : judge(file.path, suspectText(file.content)!, allowed));
}

/** The text of a file that is worth being parsed; most are not. */
function suspectText(content: Buffer): string | undefined {
  const wide = content.length > 1 && content.readUInt16BE(0);
  if (wide === 0xfeff || wide === 0xfffe) {
    // YAML may be in UTF-16.
    return new TextDecoder(wide === 0xfeff ? 'utf-16be' : 'utf-16le').decode(content);
  } else if (!SIGNS.some((sign) => content.includes(sign))) {
    return undefined;
  }
  const text = content.toString();
  return SUSPECT.test(text) || text.includes('://') && holdsPassword(text) ? text : undefined;
}

function judge(path: string, text: string, allowed: ReadonlySet<string>): string[] {
  // Loaded only here: what most apps publish holds nothing to look at.
  const { parseDocument, parts }: typeof import('../validate/yaml-file') = createRequire(__filename)('../validate/yaml-file');
  const { describeObject, exposures }: typeof import('../../rules') = createRequire(__filename)('../../rules');
  return [...parts(text)].flatMap(({ part }) => {
    const { value, problems } = parseDocument(part);
    // An exception names the list, or what is in it.
    const found = [value].flat().flatMap((list: any) => withItems(list).flatMap((object: any) => exposures(object)
      .filter(({ rule }) => ![list, object].some((named) => allowed.has(`${rule}\0${describeObject(named)}`)))
      .map(({ what, remedy }) => printable(
        `file '${path}': ${object?.metadata?.name === undefined ? object?.kind ?? 'a document of no kind' : describeObject(object)} would be published with ${what}. ${remedy}; ` +
        "or let this one object through in the app, PlaintextSecret.allow(object, 'why it is no secret'), and render it again.",
      ))));
    // A key that stands twice hides a value from us, but not from who reads the file.
    return found.length === 0 && problems.length && isYaml(path) && /\bSecret(?:List)?\b/.test(part)
      ? [`file '${path}': names a Secret, and cannot be read as YAML (${problems[0].problem}), so that nothing tells whether it is encrypted. Mend the file, or render the app again.`]
      : found;
  });
}

/** An object, or a List without its objects and these: each is told of by its own name. */
function withItems(object: any): any[] {
  if (!Array.isArray(object?.items) || !/List$/.test(object.kind ?? '')) {
    return [object];
  }
  const isObject = (item: unknown) => typeof item === 'object' && item !== null && !Array.isArray(item);
  return [{ ...object, items: object.items.filter((item: unknown) => !isObject(item)) }, ...object.items.filter(isObject).flatMap(withItems)];
}

function isYaml(path: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(path);
}
