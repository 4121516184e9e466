import { equal, match, ok } from 'node:assert/strict';
import { ApiObject, JsonPatch } from 'cdk8s';
import { ClusterObject, conditionOf } from '../cluster';
import { Scenario } from '../scenario';
import { until } from '../until';
import { deploymentId, fluxId, World } from '../world';
import { NodezooService } from 'cdk8s-fluxcd';

const [DATABASE, API, WEB] = ['order-database', 'order-api', 'order-web'];
const GATE = 'cdk8s-fluxcd/late';

/** A chain of three, of which the first is slow. */
export const order: Scenario = {
  name: 'order',
  proves: 'dependents start after what they depend on is Ready (dependsOn with wait: a Kustomization is Ready when its Deployment is Available)',
  async run(world) {
    await world.deliver('order', ({ chart, manifests }) => {
      const database = manifests.branch(DATABASE);
      const api = manifests.branch(API, { dependsOn: [database] });
      const web = manifests.branch(WEB, { dependsOn: [api] });
      const slow = new NodezooService(chart, DATABASE, { image: 'nodezoo/database:1.0.0', port: 8080, delivery: database });
      ApiObject.of(slow.deployment).addJsonPatch(JsonPatch.add('/spec/template/spec/schedulingGates', [{ name: GATE }]));
      new NodezooService(chart, API, { image: 'nodezoo/api:1.0.0', port: 8080, delivery: api });
      new NodezooService(chart, WEB, { image: 'nodezoo/web:1.0.0', port: 8080, delivery: web });
    });
    const [gated] = await until('the database has a pod', async () => nonEmpty(await pods(world)));
    equal(gated.status.phase, 'Pending');
    await waitsFor(world, API, DATABASE);
    await waitsFor(world, WEB, API);
    equal(conditionOf(await world.flux('Kustomization', DATABASE), 'Ready').status, 'Unknown');
    equal(await world.cluster.read(deploymentId('order', API)), undefined);
    equal(await world.cluster.read(deploymentId('order', WEB)), undefined);

    await openGate(world);
    await world.applied(DATABASE, API, WEB);
    const [database, api, web] = await world.available('order', DATABASE, API, WEB);
    ok(availableSince(database) <= created(api), 'the api was made before the database was available');
    ok(availableSince(api) <= created(web), 'the web was made before the api was available');
  },
};

/** Has a Kustomization look once more at what it depends on: it goes on waiting. */
async function waitsFor(world: World, name: string, dependency: string): Promise<void> {
  const requestedAt = new Date().toISOString();
  await until(`Kustomization ${name} is there`, () => world.flux('Kustomization', name));
  await world.cluster.merge(fluxId('Kustomization', name), { metadata: { annotations: { 'reconcile.fluxcd.io/requestedAt': requestedAt } } });
  const looked = await until(`the controller looks at Kustomization ${name}`, async () => {
    const kustomization = await world.flux('Kustomization', name);
    return kustomization?.status?.lastHandledReconcileAt === requestedAt && kustomization;
  });
  equal(conditionOf(looked, 'Ready').reason, 'DependencyNotReady');
  match(conditionOf(looked, 'Ready').message, new RegExp(`${dependency}' is not ready`));
}

/** Until now, no scheduler looks at the database's pods. */
async function openGate(world: World): Promise<void> {
  await Promise.all((await pods(world)).map((pod) => world.cluster.merge(pod, { spec: { schedulingGates: [] } })));
}

async function pods(world: World) {
  return (await world.cluster.list('v1', 'Pod', 'order')).filter(({ metadata }) => metadata.name.startsWith(DATABASE));
}

function availableSince(deployment: ClusterObject): string {
  return conditionOf(deployment, 'Available').lastTransitionTime;
}

function created({ metadata }: ClusterObject): string {
  return metadata.creationTimestamp!;
}

function nonEmpty<T>(list: T[]): T[] | undefined {
  return list.length ? list : undefined;
}
