import { deepEqual, match } from 'node:assert/strict';
import { ApiObject } from 'cdk8s';
import { Scenario } from '../scenario';
import { World } from '../world';
import { FluxCluster, NodezooService } from 'cdk8s-fluxcd';

const [BAD, GOOD] = ['isolation-bad', 'isolation-good'];

/** Two apps in one config repository, of which one goes wrong in every way it can. */
export const isolation: Scenario = {
  name: 'isolation',
  proves: 'an app\'s broken object, stray files and broken kustomization.yaml leave bootstrap and the other app reconciling',
  async run(world) {
    await Promise.all([deliver(world, BAD, '1.0.0'), deliver(world, GOOD, '1.0.0')]);
    await world.applied(BAD, GOOD);

    await deliver(world, BAD, '1.0.0', true);
    match(await world.failed(`${BAD}-config`, world.config, 'main'), /ConfigMap/);
    await goodGoesOn(world, '2.0.0');

    const strays = { [`apps/production/${BAD}/stray.yaml`]: 'no: [kubernetes, object\n', 'apps/production/stray.yaml': 'neither: is this\n' };
    await world.config.commit('main', { ...strays, [`apps/production/${BAD}/kustomization.yaml`]: 'resources: [missing.yaml]\n' });
    await world.reconcile();
    match(await world.failed(`${BAD}-config`, world.config, 'main'), /missing\.yaml/);
    await goodGoesOn(world, '3.0.0');
    // The bad app's own service has nothing to do with it.
    await world.applied(BAD);

    // Strays are nobody's business: what counts is what kustomization.yaml lists.
    await deliver(world, BAD, '1.0.0', false, '--overwrite');
    await world.configApplied(BAD);
    await world.config.commit('main', Object.fromEntries(Object.keys(strays).map((file) => [file, undefined])));
  },
};

async function goodGoesOn(world: World, tag: string): Promise<void> {
  await deliver(world, GOOD, tag);
  await world.configApplied(GOOD);
  await world.applied(GOOD);
  const [deployment] = await world.available(GOOD, 'web');
  deepEqual(deployment.spec.template.spec.containers.map(({ image }: any) => image), [`nodezoo/web:${tag}`]);
  await world.bootstrapApplied();
}

async function deliver(world: World, app: string, tag: string, broken = false, ...options: string[]): Promise<void> {
  await world.publish(world.render(app, ({ chart, config, manifests }) => {
    new NodezooService(chart, 'web', { image: `nodezoo/web:${tag}`, port: 8080, delivery: manifests.branch(app) });
    if (broken) {
      const cluster = config.node.findChild('production') as FluxCluster;
      cluster.deliver(new ApiObject(chart, 'broken', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'broken' }, data: { retries: 3 } }));
    }
  }), options);
}
