import { deepEqual } from 'node:assert/strict';
import { Scenario } from '../scenario';
import { Composition } from '../world';
import { NodezooService } from 'cdk8s-fluxcd';

const SERVICES = ['together-one', 'together-two', 'together-three'];
const FOURTH = 'together-fourth';

/** Two apps of two folders publish to the same two repositories at the same moment. */
export const together: Scenario = {
  name: 'together',
  proves: 'a second app adds a fourth service while the first one publishes, and all four run as published',
  async run(world) {
    const compose = (tag: string, ...names: string[]) => ({ chart, manifests }: Composition) => names.forEach((name) => (
      new NodezooService(chart, name, { image: `nodezoo/${name}:${tag}`, port: 8080, delivery: manifests.branch(name) })
    ));
    await world.deliver('together', compose('1.0.0', ...SERVICES));
    const [first, second] = [world.render('together', compose('2.0.0', ...SERVICES)), world.render('together-too', compose('1.0.0', FOURTH))];
    await Promise.all([world.publish(first), world.publish(second)]);
    await world.reconcile();

    await Promise.all([world.configApplied('together'), world.configApplied('together-too')]);
    await world.applied(...SERVICES, FOURTH);
    const images = [...await world.available('together', ...SERVICES), ...await world.available('together-too', FOURTH)]
      .map(({ spec }) => spec.template.spec.containers[0].image);
    deepEqual(images, [...SERVICES.map((name) => `nodezoo/${name}:2.0.0`), `nodezoo/${FOURTH}:1.0.0`]);
  },
};
