import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { services } from '../compositions';
import { Scenario } from '../scenario';
import { deploymentId, fluxId } from '../world';

const [LEAVES, STAYS] = ['removal-leaves', 'removal-stays'];

/** A service leaves the app. */
export const removal: Scenario = {
  name: 'removal',
  proves: 'a service removed from the app takes its source, Kustomization and objects with it and nothing else; its branch stays until --delete-branches',
  async run(world) {
    await world.deliver('removal', services([LEAVES, STAYS]));
    await world.applied(LEAVES, STAYS);
    const [, before] = await world.available('removal', LEAVES, STAYS);
    const heads = await world.manifests.heads();

    await world.deliver('removal', services([STAYS]));
    await world.configApplied('removal');
    await world.gone(
      fluxId('Kustomization', LEAVES), fluxId('GitRepository', LEAVES), deploymentId('removal', LEAVES),
      { apiVersion: 'v1', kind: 'Service', name: LEAVES, namespace: 'removal' },
    );
    const [after] = await world.available('removal', STAYS);
    deepEqual([after.metadata.uid, after.metadata.generation], [before.metadata.uid, before.metadata.generation]);
    notEqual(await world.flux('Kustomization', STAYS), undefined);
    const now = await world.manifests.heads();
    deepEqual([now[LEAVES], now[STAYS]], [heads[LEAVES], heads[STAYS]]);
    equal(typeof now[LEAVES], 'string');
    deepEqual((await world.config.files('main')).filter((file) => file.includes(LEAVES)), []);

    await world.publish(world.render('removal', services([STAYS])), ['--delete-branches']);
    const last = await world.manifests.heads();
    deepEqual([last[LEAVES], last[STAYS]], [undefined, heads[STAYS]]);
    await world.applied(STAYS);
    await world.configApplied('removal');
    const [still] = await world.available('removal', STAYS);
    deepEqual([still.metadata.uid, still.metadata.generation], [before.metadata.uid, before.metadata.generation]);
  },
};
