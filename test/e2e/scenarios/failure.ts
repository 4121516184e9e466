import { equal, match } from 'node:assert/strict';
import { ApiObject } from 'cdk8s';
import { Scenario } from '../scenario';
import { Composition } from '../world';
import { NodezooService } from 'cdk8s-fluxcd';

const [BROKEN, SOUND] = ['failure-broken', 'failure-sound'];

/** A manifest that the API server refuses. */
export const failure: Scenario = {
  name: 'failure',
  proves: 'a refused manifest is named by its Kustomization, the other services stay Ready, and a mended publish heals it',
  async run(world) {
    const compose = (retries: unknown) => ({ chart, manifests }: Composition) => {
      for (const name of [BROKEN, SOUND]) {
        const service = new NodezooService(chart, name, { image: `nodezoo/${name}:1.0.0`, port: 8080, delivery: manifests.branch(name) });
        if (name === BROKEN) {
          new ApiObject(service, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { retries } });
        }
      }
    };
    // A number, where a ConfigMap takes strings only.
    await world.deliver('failure', compose(3));
    await world.applied(SOUND);
    const message = await world.failed(BROKEN, world.manifests, BROKEN);
    match(message, /ConfigMap\/failure\/settings.*(expected string|json: cannot unmarshal number)/s);
    await world.available('failure', SOUND);
    await world.configApplied('failure');

    await world.deliver('failure', compose('3'));
    await world.applied(BROKEN, SOUND);
    equal((await world.cluster.read({ apiVersion: 'v1', kind: 'ConfigMap', name: 'settings', namespace: 'failure' }))?.data.retries, '3');
    await world.available('failure', BROKEN, SOUND);
  },
};
