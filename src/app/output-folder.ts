import * as fs from 'fs';
import * as path from 'path';
import { Rendering } from './render';
import { DELIVERY_MANIFEST_FILE, DeliveryManifest } from '../manifest';

/**
 * While a synth writes, the list of all files that it or an earlier one may have left stands here and there is no
 * `delivery.json`: an interrupted synth is never published, and the next one still knows what to clear away.
 */
const PENDING_FILE = 'delivery.json.pending';

/**
 * Writes a rendering, and removes what an earlier one wrote and this one did not. Foreign files stay.
 *
 * @throws if the folder holds the rendering of another app
 */
export function writeOutput(outdir: string, { files, manifest }: Rendering): void {
  const former = readJson(path.join(outdir, DELIVERY_MANIFEST_FILE))?.app;
  if (former !== undefined && manifest.app !== undefined && former !== manifest.app) {
    throw new Error(`the app: '${outdir}' holds what app '${former}' rendered. Give each app an 'outdir' of its own, or remove the folder if the app was renamed.`);
  }
  fs.mkdirSync(outdir, { recursive: true });
  const stale = [...filesOfEarlierSynths(outdir)].filter((file) => !files.has(file));
  fs.writeFileSync(path.join(outdir, PENDING_FILE), JSON.stringify([...stale, ...files.keys()]));
  fs.rmSync(path.join(outdir, DELIVERY_MANIFEST_FILE), { force: true });

  stale.forEach((file) => removeFile(outdir, file));
  const made = new Set<string>(['.']);
  for (const [file, content] of files) {
    const folder = path.posix.dirname(file);
    if (!made.has(folder)) {
      fs.mkdirSync(path.join(outdir, folder), { recursive: true });
      made.add(folder);
    }
    fs.writeFileSync(`${outdir}/${file}`, content); // path.join() takes time with tens of thousands of files.
  }

  const unfinished = path.join(outdir, `${DELIVERY_MANIFEST_FILE}.tmp`);
  fs.writeFileSync(unfinished, JSON.stringify(manifest, undefined, 2) + '\n');
  fs.renameSync(unfinished, path.join(outdir, DELIVERY_MANIFEST_FILE));
  fs.rmSync(path.join(outdir, PENDING_FILE));
}

function filesOfEarlierSynths(outdir: string): Set<string> {
  const pending = readJson(path.join(outdir, PENDING_FILE));
  return new Set([...filesOf(readJson(path.join(outdir, DELIVERY_MANIFEST_FILE))), ...Array.isArray(pending) ? pending : []]
    .filter((file) => typeof file === 'string' && isInside(file)));
}

function filesOf(manifest: DeliveryManifest | undefined): string[] {
  try {
    return manifest ? [
      ...manifest.unclaimed,
      ...manifest.repositories.flatMap(({ name, targets }) => targets.flatMap(({ branch, files }) => files.map((file) => `${name}/${branch}/${file}`))),
    ] : [];
  } catch {
    return []; // No work of ours, whatever its name.
  }
}

function readJson(file: string): any {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined; // Missing, or no work of ours: then there is nothing that we know to be stale.
  }
}

function isInside(file: string): boolean {
  return !path.isAbsolute(file) && !file.split(/[/\\]/).includes('..');
}

function removeFile(outdir: string, file: string): void {
  if (fs.lstatSync(path.join(outdir, file), { throwIfNoEntry: false })?.isDirectory()) {
    return;
  }
  fs.rmSync(path.join(outdir, file), { force: true });
  for (let folder = path.posix.dirname(file); folder !== '.'; folder = path.posix.dirname(folder)) {
    try {
      fs.rmdirSync(path.join(outdir, folder));
    } catch {
      return; // Not empty, or gone already.
    }
  }
}
