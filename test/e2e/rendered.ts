import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { ClusterObject } from './cluster';

const ROOT = resolve(__dirname, '..', '..');
/** The tests whose Flux objects are meant to be valid. */
const TESTS = ['flux', 'source', 'kustomize', 'helm', 'image', 'notification', 'delivery'].map((room) => `test/${room}/`);

let rendered: Promise<ClusterObject[]> | undefined;

/**
 * The Flux objects that tests of valid output render, each once; among them ones with every field there is.
 *
 * @param folder of the caller, which may be gone afterwards
 */
export function renderedByTests(folder: string): Promise<ClusterObject[]> {
  return rendered ??= render(join(folder, 'rendered'));
}

async function render(file: string): Promise<ClusterObject[]> {
  await promisify(execFile)(process.execPath, [require.resolve('jest/bin/jest'), ...TESTS, '--reporters=default'], {
    cwd: ROOT, env: { ...process.env, CDK8S_FLUXCD_RENDERED: file, CI: 'true' },
  });
  const objects: ClusterObject[] = [...new Set(readFileSync(file, 'utf8').trim().split('\n'))].map((line) => JSON.parse(line));
  return objects.filter(({ apiVersion }) => /\.(toolkit|extensions)\.fluxcd\.io\//.test(apiVersion));
}
