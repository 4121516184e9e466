import { describe, it } from 'node:test';
import { scenarios } from '.';
import { diagnosis } from '../diagnosis';
import { siteOfThisProcess } from '../site';
import { World } from '../world';

// What node's test runner runs; the arguments are the names of the scenarios to run, all if there are none.

const AT_ONCE = 4;
/** Every wait has an end of its own; this one is for a server that does not answer at all. */
const TIMEOUT = 10 * 60_000;
const site = siteOfThisProcess();
const names = process.argv.slice(2);
const chosen = scenarios.filter(({ name, onlyIfNamed }) => names.length ? names.includes(name) : !onlyIfNamed);

void describe('with real Flux controllers', { concurrency: AT_ONCE }, () => {
  for (const { name, proves, run, onlyWithStandIns } of chosen) {
    void it(`${name}: ${proves}`, { skip: onlyWithStandIns && !site.standIn && 'needs the stack of this machine', timeout: TIMEOUT }, async () => {
      const world = new World(site, name);
      try {
        await run(world);
      } catch (error) {
        console.error(`\n--- ${name} failed\n${await diagnosis(world.cluster, name).catch((why) => `no diagnosis: ${why.message}`)}\n`);
        throw error;
      } finally {
        world.leave();
      }
    });
  }
});
