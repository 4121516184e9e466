import { deepEqual, ok, rejects } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { ClusterObject } from '../cluster';
import { runProgram } from '../example';
import { Scenario } from '../scenario';

const RESTRICTED = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'admission', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
};

/** All that the examples render, as the API server sees it. */
export const admission: Scenario = {
  name: 'admission',
  proves: 'what the examples render passes a strict dry run without a warning, and their pods run at Pod Security level "restricted"',
  async run(world) {
    const rendered = ['production', 'staging'].flatMap((environment) => objectsIn(runProgram(world, 'nodezoo', { environment })));
    const namespaces = rendered.filter(({ kind }) => kind === 'Namespace');
    await Promise.all([RESTRICTED, ...namespaces].map((namespace) => world.cluster.apply(namespace)));
    for (const object of rendered) {
      deepEqual(await world.cluster.dryRun(object), [], `${object.kind} ${object.metadata.name}`);
    }

    // Of a Deployment, the API server only warns: what counts is whether its pods are let in.
    const templates = rendered.flatMap(({ metadata, spec }) => spec?.template ? { name: metadata.name, ...spec.template } : []);
    ok(templates.length >= 6, `${templates.length} pod templates`);
    const pod = (name: string, { metadata, spec }: any) => (
      { apiVersion: 'v1', kind: 'Pod', metadata: { labels: metadata.labels, name, namespace: 'admission' }, spec }
    );
    for (const { name, ...template } of templates) {
      deepEqual(await world.cluster.dryRun(pod(name, template)), [], name);
    }
    const { securityContext, ...lax } = templates[0].spec.containers[0];
    await rejects(world.cluster.dryRun(pod('lax', { ...templates[0], spec: { containers: [lax] } })), /violates PodSecurity "restricted/);
  },
};

function objectsIn(outdir: string): ClusterObject[] {
  const { repositories } = JSON.parse(readFileSync(join(outdir, 'delivery.json'), 'utf8'));
  return repositories.flatMap(({ name, targets }: any) => targets.flatMap(({ branch, files }: any) => files
    .filter((file: string) => !file.endsWith('kustomization.yaml'))
    .flatMap((file: string) => loadAll(readFileSync(join(outdir, name, branch, file), 'utf8')))));
}
