import { equal, match } from 'node:assert/strict';
import { applyByHand, configMap, namespace } from '../by-hand';
import { conditionOf } from '../cluster';
import { Scenario } from '../scenario';
import { until } from '../until';

const [SHARED, SETTINGS] = ['namespaces-shared', 'namespaces-settings'];

/** Why an object without a namespace, and a Namespace in a branch, are refused at synth. */
export const namespaces: Scenario = {
  name: 'namespaces',
  proves: 'an object without a namespace, or in one nobody made, fails; a Namespace of two appliers goes with the last of them, with all in it',
  async run(world) {
    await applyByHand(world, 'namespaces-none', [configMap(SETTINGS)]);
    match(await world.failed('namespaces-none', world.manifests, 'namespaces-none'), /namespace not specified/);
    await applyByHand(world, 'namespaces-missing', [configMap(SETTINGS, 'namespaces-missing')]);
    match(await world.failed('namespaces-missing', world.manifests, 'namespaces-missing'), /"?namespaces-missing"? not found/);

    await applyByHand(world, 'namespaces-one', [namespace(SHARED), configMap(SETTINGS, SHARED)]);
    await world.applied('namespaces-one');
    await applyByHand(world, 'namespaces-two', [namespace(SHARED), configMap('other', SHARED)]);
    await world.applied('namespaces-two');
    await world.manifests.commit('namespaces-two', { 'objects.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: moved, namespace: default}\n' });
    await world.reconcile();
    await until('the namespace that both wanted is deleted', async () => {
      const shared = await world.cluster.read({ apiVersion: 'v1', kind: 'Namespace', name: SHARED });
      return !shared || shared.status.phase === 'Terminating';
    });
    await world.gone({ apiVersion: 'v1', kind: 'ConfigMap', name: SETTINGS, namespace: SHARED });
    equal(conditionOf(await world.flux('Kustomization', 'namespaces-one'), 'Ready').status, 'True', 'the other one does not notice');
  },
};
