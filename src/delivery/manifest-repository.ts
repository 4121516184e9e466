import { Construct } from 'constructs';
import { BranchDelivery } from './branch-delivery';
import { Delivery } from './delivery';
import { BranchDeliveryOptions } from './delivery-options';
import { FluxCluster } from './flux-cluster';
import { GitRepositoryOptions } from './git-repository-options';
import { FluxSecret } from '../flux';
import { constructError } from '../format';
import { KustomizationDecryption } from '../kustomize';
import { layered, Repository, requireGiven, requireRepository } from '../routing';
import { FluxGitSourceOptions } from '../source';

/** What a ManifestRepository takes. */
export interface ManifestRepositoryProps extends GitRepositoryOptions {
  /**
   * The clusters that its deliveries go to.
   *
   * @default - the only cluster of the app's FluxConfigRepository; without one the Flux objects stay in their chart's file
   */
  readonly clusters?: FluxCluster[];

  /**
   * The credential that Flux reads the repository with.
   *
   * @default - none
   */
  readonly secret?: FluxSecret;

  /**
   * What a delivery decrypts with to which a SopsSecret goes that does not say it itself.
   *
   * @default - none: a cloud's key service, by workload identity
   */
  readonly decryption?: KustomizationDecryption;

  /**
   * More said about the source of every delivery; a delivery's own `source` wins, field by field.
   *
   * @default - none
   */
  readonly source?: FluxGitSourceOptions;
}

/**
 * A Git repository of rendered manifests, which Flux reads.
 *
 * @throws if the URL is missing, is not one that Flux reads or carries a credential
 */
export class ManifestRepository extends Construct {
  /** The repository. */
  public readonly url: string;

  private readonly repository: Repository;
  private readonly branches = new Map<string, Delivery>();
  private readonly _props: ManifestRepositoryProps;

  constructor(scope: Construct, id: string, props: ManifestRepositoryProps) {
    super(scope, id);
    this._props = props;
    this.url = props.url;
    this.repository = requireRepository(this, props.url, props.name);
  }

  /**
   * A branch of its own for what is delivered: `manifests.branch('nodezoo-npm-service')`.
   *
   * @throws if the branch is missing or delivered to already, or no object name can be made of it and none is given
   */
  public branch(branch: string, options: BranchDeliveryOptions = {}): Delivery {
    requireGiven(this, 'branch', branch, 'Give branch() the name of a branch');
    if (this.branches.has(branch)) {
      throw constructError(this, `branch '${branch}' is delivered to twice`, 'Keep the first Delivery and call its deliver() again');
    }
    const delivery = new BranchDelivery(this, branch, {
      ...options,
      repository: this.repository,
      clusters: options.clusters ?? this._props.clusters ?? [],
      repositoryDecryption: this._props.decryption,
      source: {
        ...layered(this._props.source, options.source),
        secret: options.secret ?? options.source?.secret ?? this._props.source?.secret ?? this._props.secret,
      },
    });
    this.branches.set(branch, delivery);
    return delivery;
  }
}
