import { deepEqual, equal, match } from 'node:assert/strict';
import { services } from '../compositions';
import { Scenario } from '../scenario';

const NAME = 'rollback-web';
const REFUSED = 4;

/** A build finishes late, and then its commit is wanted back. */
export const rollback: Scenario = {
  name: 'rollback',
  proves: 'a late build of an older source commit is refused and moves nothing; --allow-older brings it back, and the next commit follows as ever',
  async run(world) {
    const { scene } = world;
    scene.git('work', 'init', '--quiet');
    const commitOf = Object.fromEntries(['1.0.0', '2.0.0', '3.0.0'].map((version) => {
      scene.git('work', 'commit', '--quiet', '--allow-empty', '-m', version);
      return [version, scene.git('work', 'rev-parse', 'HEAD')];
    }));
    /** As a job does that builds a commit. */
    const render = (version: string): string => {
      scene.git('work', 'checkout', '--quiet', commitOf[version]);
      return world.render('rollback', services([NAME], () => version));
    };
    const running = async (): Promise<string> => {
      await world.applied(NAME);
      const [deployment] = await world.available('rollback', NAME);
      return deployment.spec.template.spec.containers[0].image;
    };
    const states = async () => [(await world.manifests.heads())[NAME], await world.config.read('main', 'apps/production/rollback/hydrator.metadata')];

    await world.publish(render('1.0.0'));
    equal(await running(), `nodezoo/${NAME}:1.0.0`);
    const [deployment] = await world.available('rollback', NAME);
    await world.publish(render('2.0.0'));
    equal(await running(), `nodezoo/${NAME}:2.0.0`);

    const before = await states();
    const late = await scene.publish([render('1.0.0')]);
    equal(late.code, REFUSED, late.stdout + late.stderr);
    match(late.stderr, new RegExp(`was published from source commit ${commitOf['2.0.0'].slice(0, 7)}.*newer than ${commitOf['1.0.0'].slice(0, 7)}`));
    deepEqual(await states(), before);

    await world.publish(render('1.0.0'), ['--allow-older']);
    equal(await running(), `nodezoo/${NAME}:1.0.0`);
    await world.publish(render('3.0.0'));
    equal(await running(), `nodezoo/${NAME}:3.0.0`);
    const [after] = await world.available('rollback', NAME);
    deepEqual([after.metadata.uid, after.metadata.generation], [deployment.metadata.uid, deployment.metadata.generation! + 3]);
  },
};
