import { doesNotMatch, equal, notEqual, ok } from 'node:assert/strict';
import { ApiObject } from 'cdk8s';
import { Scenario } from '../scenario';
import { Composition, deploymentId } from '../world';
import { AppNamespace, NodezooService } from 'cdk8s-fluxcd';

/** An object, and a namespace, leave the app. */
export const prune: Scenario = {
  name: 'prune',
  proves: 'an object removed from the app is gone from the cluster, its namespace never is (prune: disabled)',
  async run(world) {
    const settings = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', name, namespace: 'prune' });
    const compose = (...names: string[]) => ({ chart, manifests }: Composition) => {
      const service = new NodezooService(chart, 'prune-web', { image: 'nodezoo/prune-web:1.0.0', port: 8080, delivery: manifests.branch('prune-web') });
      names.forEach((name) => new ApiObject(service, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }));
    };
    await world.deliver('prune', compose('kept', 'dropped'));
    await world.applied('prune-web');
    const [web] = await world.available('prune', 'prune-web');
    notEqual(await world.cluster.read(settings('dropped')), undefined);

    await world.deliver('prune', compose('kept'));
    await world.applied('prune-web');
    await world.gone(settings('dropped'));
    notEqual(await world.cluster.read(settings('kept')), undefined);

    // The namespace is no longer the app's, and what it holds stays.
    await world.deliver('prune', (composition) => {
      compose('kept')(composition);
      ok(composition.chart.node.tryRemoveChild('prune'), 'the app has its namespace under another id');
      AppNamespace.fromNamespaceName(composition.chart, 'elsewhere', 'prune');
    });
    await world.configApplied('prune');
    doesNotMatch(JSON.stringify((await world.flux('Kustomization', 'prune-config'))?.status.inventory), /_Namespace/);
    equal((await world.cluster.read({ apiVersion: 'v1', kind: 'Namespace', name: 'prune' }))?.status.phase, 'Active');
    equal((await world.cluster.read(deploymentId('prune', 'prune-web')))?.metadata.uid, web.metadata.uid);
  },
};
