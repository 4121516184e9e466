import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cluster, ClusterObject } from './cluster';

const LINES = 12;
const KINDS = [
  ['source.toolkit.fluxcd.io/v1', 'GitRepository'],
  ['source.toolkit.fluxcd.io/v1', 'OCIRepository'],
  ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'],
  ['image.toolkit.fluxcd.io/v1', 'ImageUpdateAutomation'],
  ['apps/v1', 'Deployment'],
];

/** What matters when something did not become as it should: what is not Ready, warnings, and what the controllers said last. */
export async function diagnosis(cluster: Cluster, about: string): Promise<string> {
  const name = new RegExp(`["/ ]${about}(-[a-z-]+)?["/ ]`);
  const concerns = (text: string) => name.test(` ${text} `);
  const objects = (await Promise.all(KINDS.map(([apiVersion, kind]) => cluster.list(apiVersion, kind)))).flat();
  const events = await cluster.list('v1', 'Event');
  return [
    section('not Ready', objects.filter(({ metadata }) => concerns(`${metadata.namespace}/${metadata.name}`)).flatMap(conditions)),
    section('warnings', events.filter((event) => event.type === 'Warning' && concerns(JSON.stringify(event.involvedObject)))
      .map(({ involvedObject, reason, message }) => `${involvedObject.kind} ${involvedObject.name}: ${reason}: ${message}`)),
    section('the controllers', logLines().filter((line) => concerns(line) && /error|fail/i.test(line))),
  ].join('\n');
}

function section(title: string, lines: string[]): string {
  return `${title}:\n${lines.slice(-LINES).map((line) => `  ${line.slice(0, 600)}\n`).join('') || '  nothing\n'}`;
}

function conditions({ kind, metadata, status }: ClusterObject): string[] {
  return (status?.conditions ?? [{ type: 'any', message: 'no condition at all' }])
    .filter(({ type, status: holds }: any) => (type === 'Ready' || type === 'Available' || type === 'any') && holds !== 'True')
    .map(({ type, reason, message }: any) => `${kind} ${metadata.namespace}/${metadata.name}: not ${type}: ${reason}: ${message}`);
}

function logLines(): string[] {
  const folder = process.env.CDK8S_FLUXCD_E2E_LOGS!;
  return readdirSync(folder).filter((file) => file.includes('controller') && !file.startsWith('kube-'))
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n').map((line) => `${file}: ${line}`));
}
