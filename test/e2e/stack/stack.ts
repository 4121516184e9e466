import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from './bootstrap';
import { startControlPlane } from './control-plane';
import { installCrds, startFlux } from './flux';
import { freePorts } from './ports';
import { Processes } from './processes';
import { SourceControllerStandIn } from './source-controller-stand-in';
import { GitHttpServer } from '../../tools/git-http-server';
import { Cluster } from '../cluster';
import { buildPrograms, programs } from '../programs';
import { Repository } from '../repository';
import { REPOSITORIES, Site } from '../site';
import { until } from '../until';

/** A Kubernetes with Flux, a git server and an OCI registry, on loopback, which are gone when the run is over. */
export class Stack {
  private standIn?: SourceControllerStandIn;
  private git?: GitHttpServer;

  constructor(private readonly folder: string, private readonly processes: Processes, private readonly say: (text: string) => void) {}

  /** @throws if something cannot be built or started; `stop` has to be called then too */
  public async start(): Promise<Site> {
    const { folder, processes, say } = this;
    await buildPrograms(folder, processes, say);
    say('starting Kubernetes');
    const kubeconfig = await startControlPlane(join(folder, 'control-plane'), processes);
    const cluster = new Cluster(kubeconfig);
    say('starting Flux, with a stand-in for source-controller');
    await installCrds(folder, cluster, processes);
    this.standIn = await SourceControllerStandIn.start(join(folder, 'source-controller'), kubeconfig);
    await startFlux(folder, kubeconfig, processes);
    const site = { kubeconfig, gitUrl: await this.startGit(), registry: await this.startRegistry(), standIn: true };
    await bootstrap(cluster, new Repository(`${site.gitUrl}/flux-config.git`, folder));
    return site;
  }

  /** Stops what is no process; the processes are ended by whoever holds them. */
  public async stop(): Promise<void> {
    await Promise.all([this.standIn?.stop(), this.git?.close()]);
  }

  /** Returns what the URLs of the repositories begin with. */
  private async startGit(): Promise<string> {
    const root = join(this.folder, 'git');
    mkdirSync(root);
    await Promise.all(REPOSITORIES.map((name) => (
      this.processes.finish('git init', 'git', ['init', '--quiet', '--bare', '--initial-branch=main', join(root, name)])
    )));
    this.git = await GitHttpServer.start({ root });
    return `http://127.0.0.1:${this.git.port}`;
  }

  /** Returns its host and port. */
  private async startRegistry(): Promise<string> {
    const { registry } = await freePorts('registry');
    const address = `127.0.0.1:${registry}`;
    this.processes.start(programs.registry, ['-port', String(registry)]);
    await until('the OCI registry answers', async () => (await fetch(`http://${address}/v2/`).catch(() => undefined))?.ok);
    return address;
  }
}
