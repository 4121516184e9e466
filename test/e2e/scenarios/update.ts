import { deepEqual } from 'node:assert/strict';
import { services } from '../compositions';
import { Scenario } from '../scenario';

const SERVICES = ['update-one', 'update-two', 'update-three'];

/** A new image of one service. */
export const update: Scenario = {
  name: 'update',
  proves: 'a new image moves one branch and changes one Deployment',
  async run(world) {
    const withImage = (tag: string) => services(SERVICES, (name) => name === SERVICES[0] ? tag : '1.0.0');
    await world.deliver('update', withImage('1.0.0'));
    await world.applied(...SERVICES);
    const before = await world.available('update', ...SERVICES);
    const heads = await world.manifests.heads();

    await world.deliver('update', withImage('1.1.0'));
    await world.applied(...SERVICES);
    const after = await world.available('update', ...SERVICES);
    deepEqual(after.map(({ spec }) => spec.template.spec.containers[0].image), ['nodezoo/update-one:1.1.0', 'nodezoo/update-two:1.0.0', 'nodezoo/update-three:1.0.0']);
    deepEqual(after.map(({ metadata: { generation } }, index) => generation! - before[index].metadata.generation!), [1, 0, 0]);
    deepEqual(after.map(({ metadata }) => metadata.uid), before.map(({ metadata }) => metadata.uid));
    const now = await world.manifests.heads();
    deepEqual(SERVICES.map((name) => now[name] === heads[name]), [false, true, true]);

    await world.deliver('update', withImage('1.1.0'));
    const again = await world.manifests.heads();
    deepEqual(SERVICES.map((name) => again[name]), SERVICES.map((name) => now[name]));
  },
};
