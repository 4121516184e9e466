import { equal } from 'node:assert/strict';
import { Chart } from 'cdk8s';
import { Cluster, ClusterObject, conditionOf, ObjectId } from './cluster';
import { Repository } from './repository';
import { REPOSITORIES, Site } from './site';
import { until, Wait } from './until';
import { Outcome, Scene } from '../cli/scene';
import { AppNamespace, FluxApp, FluxConfigRepository, ManifestRepository } from 'cdk8s-fluxcd';

const KUSTOMIZATION = 'kustomize.toolkit.fluxcd.io/v1';
const SOURCE = 'source.toolkit.fluxcd.io/v1';
const FLUX_NAMESPACE = 'flux-system';

type FluxKind = 'Kustomization' | 'GitRepository' | 'OCIRepository';

/** What an app in a scenario is made of. */
export interface Composition {
  readonly app: FluxApp;
  readonly chart: Chart;
  readonly config: FluxConfigRepository;
  readonly manifests: ManifestRepository;
}

/** The place of one scenario: folders of its own, and what it does with the cluster and repositories that it shares with the others. */
export class World {
  public readonly cluster: Cluster;
  public readonly manifests: Repository;
  public readonly config: Repository;
  public readonly scene = new Scene();

  constructor(public readonly site: Site, public readonly name: string) {
    this.cluster = new Cluster(site.kubeconfig);
    const [manifests, config] = REPOSITORIES.map((repository) => new Repository(`${site.gitUrl}/${repository}`, this.scene.folder));
    this.manifests = manifests;
    this.config = config;
  }

  /** Renders an app of that name, as a user's own program would. Returns its output folder. */
  public render(app: string, compose: (composition: Composition) => void): string {
    const outdir = this.scene.path('work', app);
    const fluxApp = new FluxApp({ name: app, outdir });
    const chart = new Chart(fluxApp, app, { namespace: app });
    new AppNamespace(chart, app);
    const config = new FluxConfigRepository(chart, 'config', { url: this.config.url });
    const manifests = new ManifestRepository(chart, 'manifests', { url: this.manifests.url, clusters: [config.cluster('production')] });
    compose({ app: fluxApp, chart, config, manifests });
    fluxApp.synth();
    return outdir;
  }

  /** Publishes an output folder with the command, as it is installed, and has Flux look at the repositories. */
  public async publish(outdir: string, options: string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    const outcome = await this.scene.publish([outdir, ...options], { env });
    equal(outcome.code, 0, `publish:\n${outcome.stdout}${outcome.stderr}`);
    await this.reconcile();
    return outcome;
  }

  public async deliver(app: string, compose: (composition: Composition) => void): Promise<Outcome> {
    return this.publish(this.render(app, compose));
  }

  /** Has Flux look at the sources of both repositories and of all registries now, as a webhook would. */
  public async reconcile(): Promise<void> {
    const urls = [this.manifests.url, this.config.url];
    const sources = [
      ...(await this.cluster.list(SOURCE, 'GitRepository')).filter(({ spec }) => urls.includes(spec.url)),
      ...await this.cluster.list(SOURCE, 'OCIRepository'),
    ];
    const annotations = { 'reconcile.fluxcd.io/requestedAt': new Date().toISOString() };
    await Promise.all(sources.map(async (source) => {
      // One that another scenario removes meanwhile needs no look.
      await this.cluster.merge(source, { metadata: { annotations } }).catch((error) => {
        if (error.code !== 404) {
          throw error;
        }
      });
    }));
  }

  /** Waits until Kustomizations have applied what stands on the branch of their name, and report Ready. */
  public async applied(...branches: string[]): Promise<void> {
    await Promise.all(branches.map((branch) => this.ready(branch, this.manifests, branch)));
  }

  /** Waits until Kustomizations have applied what stands on a branch, whatever their names. */
  public async appliedFrom(branch: string, ...names: string[]): Promise<void> {
    await Promise.all(names.map((name) => this.ready(name, this.manifests, branch)));
  }

  /** Waits until a Kustomization has applied a revision, and reports Ready. */
  public async appliedRevision(name: string, revision: string): Promise<void> {
    await this.readyAt(name, async () => revision);
  }

  /** Waits until an app's own Kustomization has applied what stands in the config repository. Others publish there too. */
  public async configApplied(app: string): Promise<void> {
    await this.ready(`${app}-config`, this.config, 'main');
  }

  /** Waits until bootstrap's Kustomization has applied what stands in the config repository. */
  public async bootstrapApplied(): Promise<void> {
    await this.ready('flux-system', this.config, 'main');
  }

  /** Waits until a Kustomization reports a failure at what stands on a branch; returns the message. */
  public async failed(name: string, repository: Repository, branch: string): Promise<string> {
    return until(`Kustomization ${name} has failed`, async () => {
      const revision = await repository.revision(branch);
      const kustomization = await this.flux('Kustomization', name);
      const [status, ready] = [kustomization?.status, conditionOf(kustomization, 'Ready')];
      if (status?.lastAttemptedRevision === revision && ready?.status === 'False' && ready.reason !== 'DependencyNotReady') {
        return ready.message as string;
      }
      throw new Wait(`${ready?.status} ${ready?.reason}: ${ready?.message}, attempted ${status?.lastAttemptedRevision}`);
    });
  }

  public async available(namespace: string, ...deployments: string[]): Promise<ClusterObject[]> {
    return Promise.all(deployments.map((name) => until(`Deployment ${name} is Available`, async () => {
      const deployment = await this.cluster.read({ apiVersion: 'apps/v1', kind: 'Deployment', name, namespace });
      return deployment && conditionOf(deployment, 'Available')?.status === 'True' && deployment.status.observedGeneration === deployment.metadata.generation && deployment;
    })));
  }

  public async gone(...ids: ObjectId[]): Promise<void> {
    for (const id of ids) {
      await until(`${id.kind} ${id.name} is gone`, async () => await this.cluster.read(id) === undefined);
    }
  }

  /** A Flux object of this run, by kind and name. */
  public async flux(kind: FluxKind, name: string): Promise<ClusterObject | undefined> {
    return this.cluster.read(fluxId(kind, name));
  }

  public leave(): void {
    this.scene.remove();
  }

  private async ready(name: string, repository: Repository, branch: string): Promise<void> {
    await this.readyAt(name, async () => repository.revision(branch));
  }

  private async readyAt(name: string, revision: () => Promise<string>): Promise<void> {
    await until(`Kustomization ${name} is Ready`, async () => {
      const kustomization = await this.flux('Kustomization', name);
      const ready = conditionOf(kustomization, 'Ready');
      if (ready?.status !== 'True' || ready.observedGeneration !== kustomization!.metadata.generation) {
        throw new Wait(ready ? `${ready.status} ${ready.reason}: ${ready.message}` : 'it is not there, or nothing has looked at it');
      }
      const published = await revision();
      const applied = kustomization!.status.lastAppliedRevision;
      if (applied !== published) {
        throw new Wait(`applied ${applied}, published ${published}`);
      }
      return true;
    });
  }
}

export function fluxId(kind: FluxKind, name: string): ObjectId {
  return { apiVersion: kind === 'Kustomization' ? KUSTOMIZATION : SOURCE, kind, name, namespace: FLUX_NAMESPACE };
}

export function deploymentId(namespace: string, name: string): ObjectId {
  return { apiVersion: 'apps/v1', kind: 'Deployment', name, namespace };
}
