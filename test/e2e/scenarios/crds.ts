import { deepEqual, ok } from 'node:assert/strict';
import { Refusal } from '../cluster';
import { renderedByTests } from '../rendered';
import { Scenario } from '../scenario';

/** All the Flux objects that tests of valid output render, among them ones with every field there is. */
export const crds: Scenario = {
  name: 'crds',
  proves: 'every Flux object that a test of valid output renders is accepted by the real CRDs, strictly',
  async run(world) {
    const namespace = 'crds';
    await world.cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    const refused: string[] = [];
    const objects = await renderedByTests(world.scene.folder);
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
