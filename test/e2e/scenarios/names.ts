import { match, notEqual } from 'node:assert/strict';
import { applyByHand, configMap, kustomization } from '../by-hand';
import { Scenario } from '../scenario';
import { fluxId } from '../world';

const SETTINGS = { apiVersion: 'v1', kind: 'ConfigMap', name: 'names-settings', namespace: 'default' };

/** Why the name of a Kustomization is the delivery's, stays, and is no longer than a label. */
export const names: Scenario = {
  name: 'names',
  proves: 'a Kustomization\'s name over 63 characters fails every apply, and renaming one deletes its workload',
  async run(world) {
    const long = `names-${'x'.repeat(58)}`;
    await applyByHand(world, 'names', [configMap(SETTINGS.name, 'default')], { name: long });
    match(await world.failed(long, world.manifests, 'names'), /must be no more than 63/);
    await world.cluster.delete(fluxId('Kustomization', long));

    await world.cluster.apply(kustomization('names', 'names'));
    await world.applied('names');
    notEqual(await world.cluster.read(SETTINGS), undefined);
    await world.cluster.apply(kustomization('names-renamed', 'names', { suspend: true }));
    await world.cluster.delete(fluxId('Kustomization', 'names'));
    await world.gone(SETTINGS);
  },
};
