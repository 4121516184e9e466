import { equal, match, ok } from 'node:assert/strict';
import { ApiObject, JsonPatch } from 'cdk8s';
import { Scenario } from '../scenario';
import { until } from '../until';
import { deploymentId, World } from '../world';
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
    await waitsFor(world, API, DATABASE);
    await waitsFor(world, WEB, API);
    equal(await world.cluster.read(deploymentId('order', API)), undefined);
    equal(await world.cluster.read(deploymentId('order', WEB)), undefined);

    await openGate(world);
    await world.applied(DATABASE, API, WEB);
    const [database, api, web] = await world.available('order', DATABASE, API, WEB);
    ok(availableSince(database) <= created(api), 'the api was made before the database was available');
    ok(availableSince(api) <= created(web), 'the web was made before the api was available');
  },
};

async function waitsFor(world: World, name: string, dependency: string): Promise<void> {
  const message = await until(`Kustomization ${name} waits`, 60_000, async () => {
    const ready = (await world.flux('Kustomization', name))?.status?.conditions?.find(({ type }: any) => type === 'Ready');
    return ready?.reason === 'DependencyNotReady' && ready.message as string;
  });
  match(message, new RegExp(`${dependency}' is not ready`));
}

/** Until now, no scheduler looks at the database's pods. */
async function openGate(world: World): Promise<void> {
  await until('the database has a pod', 60_000, async () => (await pods(world)).length > 0);
  await Promise.all((await pods(world)).map((pod) => world.cluster.merge(pod, { spec: { schedulingGates: [] } })));
}

async function pods(world: World) {
  return (await world.cluster.list('v1', 'Pod', 'order')).filter(({ metadata }) => metadata.name.startsWith(DATABASE));
}

function availableSince({ status }: ApiObjectState): string {
  return status.conditions.find(({ type }: any) => type === 'Available').lastTransitionTime;
}

function created({ metadata }: ApiObjectState): string {
  return metadata.creationTimestamp;
}

type ApiObjectState = Record<string, any>;
