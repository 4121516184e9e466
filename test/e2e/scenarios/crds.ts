import { deepEqual, ok } from 'node:assert/strict';
import { LATER_TYPES } from '../../../scripts/read-schemas';
import { DryRuns } from '../dry-runs';
import { renderedByTests } from '../rendered';
import { Scenario } from '../scenario';

/** All the Flux objects that tests of valid output render, among them ones with every field there is. */
export const crds: Scenario = {
  name: 'crds',
  proves: 'every Flux object that a test of valid output renders is accepted by the real CRDs, strictly',
  async run(world) {
    const namespace = 'crds';
    await world.cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    const objects = (await renderedByTests(world.scene.folder))
      .filter(({ spec }) => !LATER_TYPES.includes(spec?.type))
      .map((object) => ({ ...object, metadata: { ...object.metadata, namespace } }));
    const runs = await DryRuns.open(world.site.kubeconfig);
    const verdicts = await runs.tryAll(objects, namespace).finally(() => runs.close());
    const refused = objects.flatMap((object, index) => {
      const { accepted, message } = verdicts[index];
      return accepted && !message ? [] : [`${message}: ${JSON.stringify(object)}`];
    });
    deepEqual(refused.slice(0, 20), []);
    ['GitRepository', 'Kustomization'].forEach((kind) => ok(objects.filter((object) => object.kind === kind).length > 25, `too few of kind ${kind}`));
  },
};
