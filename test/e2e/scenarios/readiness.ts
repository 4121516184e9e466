import { equal, notEqual } from 'node:assert/strict';
import { applyByHand, configMap, kustomization } from '../by-hand';
import { conditionOf } from '../cluster';
import { Scenario } from '../scenario';
import { fluxId, World } from '../world';

/** A look at what will never be there. */
const MISSING = { apiVersion: 'v1', kind: 'ConfigMap', name: 'readiness-missing', namespace: 'default' };

/** What the docs of FluxKustomization say of `wait`, `healthChecks`, `readyExpr` and `suspend`. */
export const readiness: Scenario = {
  name: 'readiness',
  proves: 'wait ignores healthChecks, readyExpr replaces the built-in check of a dependency, a suspended Kustomization that is deleted orphans its objects',
  async run(world) {
    await applyByHand(world, 'readiness', [configMap('readiness-settings', 'default')], { spec: { wait: true, healthChecks: [MISSING], timeout: '5s' } });
    await world.applied('readiness');

    await world.cluster.apply(kustomization('readiness-unready', 'readiness', { wait: false, healthChecks: [MISSING], timeout: '5s' }));
    await world.failed('readiness-unready', world.manifests, 'readiness');
    const dependent = (name: string, readyExpr?: string) => (
      world.cluster.apply(kustomization(name, 'readiness', { path: './', prune: false, dependsOn: [{ name: 'readiness-unready', readyExpr }] }))
    );
    await dependent('readiness-built-in');
    await dependent('readiness-replaced', 'dep.metadata.name == "readiness-unready"');
    await world.appliedFrom('readiness', 'readiness-replaced');
    equal(conditionOf(await world.flux('Kustomization', 'readiness-unready'), 'Ready').status, 'False');
    equal(conditionOf(await world.flux('Kustomization', 'readiness-built-in'), 'Ready').reason, 'DependencyNotReady');

    await suspendAndDelete(world);
  },
};

async function suspendAndDelete(world: World): Promise<void> {
  const orphan = { apiVersion: 'v1', kind: 'ConfigMap', name: 'readiness-orphan', namespace: 'default' };
  await applyByHand(world, 'readiness-orphans', [configMap(orphan.name, 'default')]);
  await world.applied('readiness-orphans');
  await world.cluster.merge(fluxId('Kustomization', 'readiness-orphans'), { spec: { suspend: true } });
  await world.cluster.delete(fluxId('Kustomization', 'readiness-orphans'));
  await world.gone(fluxId('Kustomization', 'readiness-orphans'));
  notEqual(await world.cluster.read(orphan), undefined);
}
