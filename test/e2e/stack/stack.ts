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
import { Site, REPOSITORIES } from '../site';

/** A Kubernetes with Flux, a git server and an OCI registry, on loopback, which are gone when the run is over. */
export class Stack {
  public static async start(folder: string, processes: Processes, say: (text: string) => void): Promise<Stack> {
    await buildPrograms(processes, say);
    say('starting Kubernetes');
    const kubeconfig = await startControlPlane(join(folder, 'control-plane'), processes);
    const cluster = new Cluster(kubeconfig);
    say('starting Flux, with a stand-in for source-controller');
    await installCrds(folder, cluster, processes);
    const standIn = await SourceControllerStandIn.start(join(folder, 'source-controller'), kubeconfig);
    const root = join(folder, 'git');
    mkdirSync(root);
    const git = await GitHttpServer.start({ root });
    const stack = new Stack({ kubeconfig, gitUrl: `http://127.0.0.1:${git.port}`, registry: await startRegistry(folder, processes), standIn: true }, standIn, git);
    await Promise.all(REPOSITORIES.map((name) => processes.finish('git init', 'git', ['init', '--quiet', '--bare', '--initial-branch=main', join(root, name)])));
    await startFlux(folder, kubeconfig, processes);
    await bootstrap(cluster, new Repository(`${stack.site.gitUrl}/flux-config.git`, folder));
    return stack;
  }

  private constructor(readonly site: Site, private readonly standIn: SourceControllerStandIn, private readonly git: GitHttpServer) {}

  /** Stops what is no process; the processes are ended by whoever holds them. */
  public async stop(): Promise<void> {
    await Promise.all([this.standIn.stop(), this.git.close()]);
  }
}

async function startRegistry(folder: string, processes: Processes): Promise<string> {
  const { registry } = await freePorts('registry');
  processes.start(programs.registry, ['serve', '--address', `127.0.0.1:${registry}`, '--disk', join(folder, 'registry')]);
  return `127.0.0.1:${registry}`;
}
