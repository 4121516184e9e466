import { deepEqual, ok } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { ClusterObject, Refusal } from '../cluster';
import { Scenario } from '../scenario';

/** Made by hand by tests of where objects go, and no more than a name. */
const BY_HAND = ['Alert'];
const ROOT = resolve(__dirname, '..', '..', '..');
/** The tests whose Flux objects are meant to be valid. */
const TESTS = ['flux', 'source', 'kustomize', 'delivery'].map((room) => `test/${room}/`);

/** All the Flux objects that tests of valid output render, among them ones with every field there is. */
export const crds: Scenario = {
  name: 'crds',
  proves: 'every Flux object that a test of valid output renders is accepted by the real CRDs, strictly',
  async run(world) {
    const namespace = 'crds';
    await world.cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    const refused: string[] = [];
    const objects = (await renderedByTests(world.scene.path('rendered'))).filter(({ apiVersion, kind }) => /\.toolkit\.fluxcd\.io\//.test(apiVersion) && !BY_HAND.includes(kind));
    for (const object of objects) {
      try {
        const warnings = await world.cluster.dryRun({ ...object, metadata: { ...object.metadata, namespace } });
        refused.push(...warnings.map((warning) => `${warning}: ${JSON.stringify(object)}`));
      } catch (error) {
        if (!(error instanceof Refusal)) {
          throw error;
        }
        refused.push(`${error.message}: ${JSON.stringify(object)}`);
      }
    }
    deepEqual(refused, []);
    ['GitRepository', 'Kustomization'].forEach((kind) => ok(objects.filter((object) => object.kind === kind).length > 25, `too few of kind ${kind}`));
  },
};

/** What the tests render, each object once. */
async function renderedByTests(file: string): Promise<ClusterObject[]> {
  await promisify(execFile)(process.execPath, [require.resolve('jest/bin/jest'), ...TESTS, '--reporters=default'], {
    cwd: ROOT, env: { ...process.env, CDK8S_FLUXCD_RENDERED: file, CI: 'true' },
  });
  return [...new Set(readFileSync(file, 'utf8').trim().split('\n'))].map((line) => JSON.parse(line));
}
