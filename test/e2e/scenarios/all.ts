import { describe, it } from 'node:test';
import { scenarios } from '.';
import { diagnosis } from '../diagnosis';
import { siteOfThisProcess } from '../site';
import { World } from '../world';

// What node's test runner runs; the arguments are the names of the scenarios to run, all if there are none.

const AT_ONCE = 4;
const site = siteOfThisProcess();
const names = process.argv.slice(2);
const chosen = scenarios.filter(({ name, onlyIfNamed }) => names.length ? names.includes(name) : !onlyIfNamed);

void describe('with real Flux controllers', { concurrency: AT_ONCE }, () => {
  for (const { name, proves, run, onlyWithStandIns } of chosen) {
    void it(`${name}: ${proves}`, { skip: onlyWithStandIns && !site.standIn && 'needs the stand-ins' }, async () => {
      const world = new World(site, name);
      try {
        await run(world);
      } catch (error) {
        console.error(`\n--- ${name} failed\n${await diagnosis(world.cluster, name)}\n`);
        throw error;
      } finally {
        world.leave();
      }
    });
  }
});
