import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { freePorts } from './ports';
import { Processes } from './processes';
import { CONTROLLERS } from '../../../scripts/read-schemas';
import { fluxKinds } from '../../../src/schema/kinds';
import { Cluster, ClusterObject } from '../cluster';
import { programs } from '../programs';
import { until } from '../until';

/** Installs the CRDs of Flux, in namespace flux-system the rest. */
export async function installCrds(folder: string, cluster: Cluster, processes: Processes): Promise<void> {
  await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'flux-system' } });
  const downloads = JSON.parse(`[${(await processes.finish(
    'the download of Flux\'s modules', 'go', ['mod', 'download', '-json', ...CONTROLLERS.map((module) => `github.com/fluxcd/${module}`)], { cwd: folder },
  )).replaceAll('}\n{', '},{')}]`) as { Dir: string }[];
  const crds = [...downloads.flatMap(({ Dir }) => {
    const bases = join(Dir, 'config', 'crd', 'bases');
    return readdirSync(bases).flatMap((file) => loadAll(readFileSync(join(bases, file), 'utf8')) as ClusterObject[]);
  }), ...crdsByHand()];
  await Promise.all(crds.map((crd) => cluster.apply(crd)));
  await until('the CRDs of Flux are established', async () => {
    const established = (await cluster.list('apiextensions.k8s.io/v1', 'CustomResourceDefinition'))
      .filter(({ status }) => status?.conditions?.some(({ type, status: holds }: any) => type === 'Established' && holds === 'True'));
    return established.length >= crds.length;
  });
}

/** CRDs of the kinds whose controller is no Go module that can be had: what our own data says of them. */
function crdsByHand(): ClusterObject[] {
  return fluxKinds().filter(({ controller }) => !CONTROLLERS.includes(controller)).map(({ apiVersion, kind, schema }) => {
    const [[group, version], singular] = [apiVersion.split('/'), kind.toLowerCase()];
    return {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `${singular}s.${group}` },
      spec: {
        group,
        names: { kind, listKind: `${kind}List`, plural: `${singular}s`, singular },
        scope: 'Namespaced',
        versions: [{ name: version, served: true, storage: true, schema: { openAPIV3Schema: schema }, subresources: { status: {} } }],
      },
    };
  });
}

/** Starts the controllers of Flux that can be built; `source-controller-stand-in.ts` takes the place of the one they all wait for. */
export async function startFlux(folder: string, kubeconfig: string, processes: Processes): Promise<void> {
  const ports = await freePorts('events', 'receiver', 'kustomizeMetrics', 'kustomizeHealth', 'notifyMetrics', 'notifyHealth', 'imageMetrics', 'imageHealth');
  const loopback = (port: number) => `127.0.0.1:${port}`;
  const options = (name: string) => {
    const own = join(folder, name);
    mkdirSync(own, { recursive: true });
    return { cwd: own, env: { ...process.env, KUBECONFIG: kubeconfig, RUNTIME_NAMESPACE: 'flux-system', TMPDIR: own, HOME: own } };
  };
  const events = `--events-addr=http://${loopback(ports.events)}`;
  processes.start(programs.notificationController, [
    `--metrics-addr=${loopback(ports.notifyMetrics)}`, `--health-addr=${loopback(ports.notifyHealth)}`,
    `--events-addr=${loopback(ports.events)}`, `--receiverAddr=${loopback(ports.receiver)}`,
  ], options('notification-controller'));
  processes.start(programs.kustomizeController, [
    events, `--metrics-addr=${loopback(ports.kustomizeMetrics)}`, `--health-addr=${loopback(ports.kustomizeHealth)}`,
    // Unless told otherwise it looks again after thirty seconds and works on four at a time, of which each waits five seconds before its first look.
    '--requeue-dependency=1s', '--concurrent=20', '--feature-gates=ExternalArtifact=true',
  ], options('kustomize-controller'));
  processes.start(programs.imageAutomationController, [
    events, `--metrics-addr=${loopback(ports.imageMetrics)}`, `--health-addr=${loopback(ports.imageHealth)}`,
  ], options('image-automation-controller'));
  await Promise.all([ports.notifyHealth, ports.kustomizeHealth, ports.imageHealth].map((port) => (
    until('the controllers of Flux are ready', async () => (await fetch(`http://${loopback(port)}/readyz`).catch(() => undefined))?.ok)
  )));
}
