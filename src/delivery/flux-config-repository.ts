import { Construct, IConstruct } from 'constructs';
import { FluxCluster } from './flux-cluster';
import { GitRepositoryOptions } from './git-repository-options';
import { constructError } from '../format';
import { FluxKustomization, FluxKustomizationOptions } from '../kustomize';
import {
  appliedAs, appNameOf, claim, Destination, FOLDER_NAME, isFolderName, markDestination, markRepository, Repository, requireBranch, requireDirectory,
  requireGiven, requireRepository,
} from '../routing';
import { FluxGitSource, IFluxSource } from '../source';

/** What a FluxConfigRepository takes. */
export interface FluxConfigRepositoryProps extends GitRepositoryOptions {
  /**
   * The branch that bootstrap watches.
   *
   * @default 'main'
   */
  readonly branch?: string;
}

/** More said about one cluster. */
export interface FluxClusterOptions {
  /**
   * The directory that bootstrap watches, relative to the root of the repository.
   *
   * @default - `clusters/<name>`
   */
  readonly path?: string;

  /**
   * Bootstrap's source in the cluster.
   *
   * @default - GitRepository `flux-system` in namespace `flux-system`
   */
  readonly source?: IFluxSource;

  /**
   * Whether the controllers of the cluster run with `--no-cross-namespace-refs=true`, as they do where tenants share it. Then a reference
   * into another namespace is an error when the app is rendered.
   *
   * @default false
   */
  readonly noCrossNamespaceRefs?: boolean;

  /**
   * More said about the Kustomization `<app>-config`. Its name stays, by rule.
   *
   * @default - `wait` is false: it does not wait for the services that it makes Flux apply
   */
  readonly kustomization?: FluxKustomizationOptions;
}

/**
 * The repository that `flux bootstrap` was run with, and where this app's Flux objects go.
 *
 * Each app fills a directory of its own, `apps/<cluster>/<app>`, outside the path that bootstrap watches, and has a Kustomization
 * of its own that applies it, so that a mistake of one app does not stop the others.
 *
 * @throws if the URL is missing, is not one that Flux reads or carries a credential
 */
export class FluxConfigRepository extends Construct {
  private readonly repository: Repository;
  private readonly branch: string;

  constructor(scope: Construct, id: string, props: FluxConfigRepositoryProps) {
    super(scope, id);
    this.repository = requireRepository(this, props.url, props.name);
    markRepository(this, this.repository);
    this.branch = props.branch ?? 'main';
    requireBranch(this, this.branch);
  }

  /**
   * A cluster whose Flux objects are kept here.
   *
   * @throws if the name is missing, or it or the path cannot be a directory, or the app has no name or one that is taken
   */
  public cluster(name: string, options: FluxClusterOptions = {}): FluxCluster {
    requireGiven(this, 'name', name, 'Give cluster() the name of the cluster');
    if (!isFolderName(name)) {
      throw constructError(this, `'${name}' cannot be the name of a cluster's directory`, `Give ${FOLDER_NAME}`);
    }
    if (this.node.tryFindChild(name)) {
      throw constructError(this, `cluster '${name}' is made twice`, 'Keep the first FluxCluster and use it again');
    }
    return new ConfiguredCluster(this, name, this.repository, this.branch, options);
  }
}

class ConfiguredCluster extends FluxCluster {
  public readonly name: string;
  public readonly path: string;
  public readonly kustomization?: FluxKustomization;
  private readonly destination?: Destination;

  constructor(scope: Construct, name: string, repository: Repository, branch: string, options: FluxClusterOptions) {
    super(scope, name);
    this.name = name;
    this.path = requireDirectory(this, options.path ?? `clusters/${name}`);
    const app = appNameOf(this);
    if (app === undefined) {
      return;
    }
    this.destination = {
      owner: this,
      role: 'config',
      repository,
      branch,
      path: `apps/${name}/${app}`,
      applied: appliedAs(options.kustomization),
      cluster: { name, path: this.path, noCrossNamespaceRefs: options.noCrossNamespaceRefs },
    };
    if (this.path.split('/')[0] === 'apps') {
      throw constructError(
        this,
        `'${this.path}' is among the directories of the apps, which bootstrap is to leave alone`,
        "Give a path outside of 'apps', such as 'clusters/production'",
      );
    }
    markDestination(this, this.destination);
    if (options.kustomization?.name !== undefined) {
      throw constructError(this, `its Kustomization is named '${app}-config' by rule`, "Leave 'name' out of 'kustomization'");
    }
    this.kustomization = new FluxKustomization(this, 'config', {
      ...options.kustomization,
      wait: options.kustomization?.wait ?? (options.kustomization?.healthChecks?.length ? undefined : false),
      name: `${app}-config`,
      source: options.source ?? FluxGitSource.fromGitRepositoryName(this, 'bootstrap', 'flux-system'),
      path: `./${this.destination.path}`,
    });
    this.kustomization._apply(this.destination);
    claim(this.kustomization, { by: this, destination: this.destination, rootFile: `${this.path}/${app}.yaml` });
  }

  public deliver(...constructs: IConstruct[]): void {
    const { destination } = this;
    if (destination) {
      constructs.forEach((construct) => claim(construct, { by: this, destination }));
    }
  }
}
