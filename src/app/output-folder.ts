import * as fs from 'fs';
import * as path from 'path';
import { PENDING_FILE, UNFINISHED_FILE } from './own-files';
import { artifactFolder, DELIVERY_MANIFEST_FILE, DeliveryManifest } from '../manifest';

/**
 * Writes a rendering, and removes what an earlier one wrote and this one did not. Foreign files stay.
 *
 * @throws if the folder holds the rendering of another app
 */
export function writeOutput(outdir: string, files: ReadonlyMap<string, string>, manifest: DeliveryManifest): void {
  const former = formerManifest(outdir);
  if (former?.app !== undefined && former.app !== manifest.app) {
    throw new Error(`the app: '${outdir}' holds what app '${former.app}' rendered. Give each app an 'outdir' of its own, or remove the folder if the app was renamed.`);
  }
  fs.mkdirSync(outdir, { recursive: true });
  const stale = [...filesOfEarlierSynths(outdir, former)].filter((file) => !files.has(file));
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

  const unfinished = path.join(outdir, UNFINISHED_FILE);
  fs.writeFileSync(unfinished, JSON.stringify(manifest, undefined, 2) + '\n');
  fs.renameSync(unfinished, path.join(outdir, DELIVERY_MANIFEST_FILE));
  fs.rmSync(path.join(outdir, PENDING_FILE));
}

/** What the last synth that was not interrupted says, unless the file is no work of ours. */
function formerManifest(outdir: string): DeliveryManifest | undefined {
  const manifest = readJson(path.join(outdir, DELIVERY_MANIFEST_FILE));
  return Array.isArray(manifest?.unclaimed) && Array.isArray(manifest.repositories) ? manifest : undefined;
}

function filesOfEarlierSynths(outdir: string, former: DeliveryManifest | undefined): Set<string> {
  const pending = readJson(path.join(outdir, PENDING_FILE));
  return new Set([...filesOf(former), ...Array.isArray(pending) ? pending : []]
    .filter((file) => typeof file === 'string' && isInside(file)));
}

function filesOf(manifest: DeliveryManifest | undefined): string[] {
  try {
    return manifest ? [
      ...manifest.unclaimed,
      ...manifest.repositories.flatMap(({ name, targets }) => targets.flatMap(({ branch, files }) => files.map((file) => `${name}/${branch}/${file}`))),
      ...(manifest.registries ?? []).flatMap(({ name, artifacts }) => artifacts.flatMap((artifact) => (
        artifact.files.map((file) => `${name}/${artifactFolder(artifact)}/${file}`)
      ))),
    ] : [];
  } catch {
    return []; // No work of ours, although it looks like it.
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
