import { services } from '../compositions';
import { Scenario } from '../scenario';

const COUNT = 50;

/** How long a user waits. The figure stands in docs/testing-with-flux.md. */
export const fleet: Scenario = {
  name: 'fleet',
  proves: `${COUNT} services are all Ready, and how long after publish`,
  onlyIfNamed: true,
  async run(world) {
    const names = Array.from({ length: COUNT }, (_, index) => `fleet-${index + 1}`);
    const outdir = world.render('fleet', services(names));
    const start = Date.now();
    const seconds = () => `${((Date.now() - start) / 1000).toFixed(1)} s`;
    await world.publish(outdir);
    const published = seconds();
    await world.applied(...names);
    console.log(`fleet: ${COUNT} services published after ${published}, all Ready after ${seconds()}${world.site.standIn ? ' (source-controller: stand-in)' : ''}`);
  },
};
