import { deepEqual, match, ok, rejects } from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadAll } from 'js-yaml';
import { ClusterObject } from '../cluster';
import { runProgram } from '../example';
import { Scenario } from '../scenario';

const FOLDER = resolve(__dirname, '..', '..', '..', 'examples');
/** Those in TypeScript; the ones in Python render the same bytes. */
const EXAMPLES = readdirSync(FOLDER).filter((example) => existsSync(join(FOLDER, example, 'main.ts')));

const RESTRICTED = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'admission', labels: { 'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/warn': 'restricted' } },
};

/** All that the examples render, as the API server sees it. */
export const admission: Scenario = {
  name: 'admission',
  proves: 'what the examples render passes a strict dry run without a warning, and their pods run at Pod Security level "restricted"',
  async run(world) {
    const rendered = EXAMPLES.flatMap((example) => ['production', 'staging'].flatMap((environment) => (
      objectsIn(runProgram(world, example, { environment }))
    )));
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
    const { metadata, spec: { containers: [{ securityContext, ...lax }] } } = templates[0];
    const laxly = { metadata, spec: { containers: [lax] } };
    await rejects(world.cluster.dryRun(pod('lax', laxly)), /violates PodSecurity "restricted/);
    const selector = { matchLabels: laxly.metadata.labels };
    const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'lax', namespace: 'admission' } };
    match((await world.cluster.dryRun({ ...deployment, spec: { selector, template: laxly } })).join(), /would violate PodSecurity/);
  },
};

function objectsIn(outdir: string): ClusterObject[] {
  const { repositories } = JSON.parse(readFileSync(join(outdir, 'delivery.json'), 'utf8'));
  return repositories.flatMap(({ name, targets }: any) => targets.flatMap(({ branch, files }: any) => files
    .filter((file: string) => !file.endsWith('kustomization.yaml'))
    .flatMap((file: string) => loadAll(readFileSync(join(outdir, name, branch, file), 'utf8')))));
}
