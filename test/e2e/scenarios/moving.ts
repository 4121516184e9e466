import { deepEqual, equal } from 'node:assert/strict';
import { conditionOf } from '../cluster';
import { Scenario } from '../scenario';
import { until } from '../until';
import { Composition, deploymentId, fluxId, World } from '../world';
import { Delivery, NodezooService } from 'cdk8s-fluxcd';

const SHARED = 'moving-shared';
const [LEAVES, STAYS] = ['moving-leaves', 'moving-stays'];

/** A service leaves a branch that it shares with another app for one of its own. */
export const moving: Scenario = {
  name: 'moving',
  proves: 'from a path of a shared branch to a branch of its own, also while Flux still has the former one: the neighbours are not touched',
  async run(world) {
    const deliver = async (name: string, deliveryOf: (composition: Composition) => Delivery) => world.deliver(name, (composition) => (
      new NodezooService(composition.chart, 'web', { image: `nodezoo/${name}:1.0.0`, port: 8080, delivery: deliveryOf(composition) })
    ));
    const byPath = (name: string) => ({ manifests }: Composition) => manifests.path(`apps/${name}`, { branch: SHARED });
    await deliver(STAYS, byPath(STAYS));
    await deliver(LEAVES, byPath(LEAVES));
    await world.appliedFrom(SHARED, STAYS, LEAVES);
    const before = await running(world);

    // A source-controller that is slow: kustomize-controller is told of the new path, and has the former branch.
    await world.cluster.merge(fluxId('GitRepository', LEAVES), { spec: { suspend: true } });
    await deliver(LEAVES, ({ manifests }) => manifests.branch(LEAVES));
    await until('the new path is applied to what there is', async () => {
      const kustomization = await world.flux('Kustomization', LEAVES);
      const { status, observedGeneration } = conditionOf(kustomization, 'Ready');
      return kustomization?.spec.path === './' && status !== 'Unknown' && observedGeneration === kustomization.metadata.generation;
    });
    deepEqual(await running(world), before);

    await world.cluster.merge(fluxId('GitRepository', LEAVES), { spec: { suspend: false } });
    await world.applied(LEAVES);
    deepEqual(await running(world), before);
    equal((await world.flux('Kustomization', STAYS))?.status.inventory.entries.length, 2);
  },
};

/** Which Deployments there are, and which Kustomization each is of. */
async function running({ cluster }: World): Promise<object[]> {
  return Promise.all([LEAVES, STAYS].map(async (name) => {
    const deployment = await cluster.read(deploymentId(name, 'web'));
    return { uid: deployment?.metadata.uid, of: deployment?.metadata.labels?.['kustomize.toolkit.fluxcd.io/name'] };
  }));
}
