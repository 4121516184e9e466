import { deepEqual, equal } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../example';
import { Scenario } from '../scenario';

const SERVICES = ['nodezoo-npm-service', 'nodezoo-github-service', 'nodezoo-info-service'];

/** The example, published by the command and applied by Flux. */
export const nodezoo: Scenario = {
  name: 'nodezoo',
  proves: 'the example is applied at the revisions that were published, and runs',
  async run(world) {
    const outdir = runProgram(world, 'nodezoo');
    await world.publish(outdir);
    await world.applied(...SERVICES);
    await world.configApplied('nodezoo');

    const deployments = await world.available('nodezoo', ...SERVICES);
    deepEqual(deployments.map(({ spec }) => spec.template.spec.containers[0].image), SERVICES.map((name) => `nodezoo/${name}:1.0.0`));
    for (const name of SERVICES) {
      equal((await world.flux('GitRepository', name))?.status.artifact.revision, await world.manifests.revision(name));
      const service = await world.cluster.read({ apiVersion: 'v1', kind: 'Service', name, namespace: 'nodezoo' });
      deepEqual(service?.spec.selector, deployments[SERVICES.indexOf(name)].spec.selector.matchLabels);
      equal(await world.manifests.read(name, `${name}.k8s.yaml`), readFileSync(join(outdir, 'nodezoo-k8s-manifests', name, `${name}.k8s.yaml`), 'utf8'));
    }
  },
};
