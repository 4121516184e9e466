import { deepEqual, match } from 'node:assert/strict';
import { MAIN } from '../../cli/scene';
import { services } from '../compositions';
import { Scenario } from '../scenario';

const SERVICES = ['together-one', 'together-two', 'together-three'];
const FOURTH = 'together-fourth';

/** Two apps of two folders publish to the same two repositories at the same time. */
export const together: Scenario = {
  name: 'together',
  proves: 'a second app adds a fourth service while the first one publishes, and all four run as published',
  async run(world) {
    const [first, second] = [world.render('together', services(SERVICES)), world.render('together-too', services([FOURTH]))];
    // The second one comes between the first one's look at the repositories and its push.
    const meanwhile = world.scene.before('push', `"${process.execPath}" "${MAIN}" publish "${second}" > "${world.scene.path('meanwhile')}" 2>&1`);
    const { stderr } = await world.publish(first, [], meanwhile);
    match(stderr, /Starting again/, world.scene.read('meanwhile'));

    await Promise.all([world.configApplied('together'), world.configApplied('together-too')]);
    await world.applied(...SERVICES, FOURTH);
    const images = [...await world.available('together', ...SERVICES), ...await world.available('together-too', FOURTH)]
      .map(({ spec }) => spec.template.spec.containers[0].image);
    deepEqual(images, [...SERVICES, FOURTH].map((name) => `nodezoo/${name}:1.0.0`));
  },
};
