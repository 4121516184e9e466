import { Construct } from 'constructs';
import { Delivery } from './delivery';
import { BranchDeliveryOptions, PathDeliveryOptions } from './delivery-options';
import { FluxCluster } from './flux-cluster';
import { GitRepositoryOptions } from './git-repository-options';
import { PlaceDelivery } from './place-delivery';
import { FluxSecret } from '../flux';
import { constructError, objectNameOf } from '../format';
import { KustomizationDecryption } from '../kustomize';
import {
  describePlace, layered, markRepository, Place, placeKey, Repository, requireBranch, requireDirectory, requireGiven, requireRepository,
} from '../routing';
import { FluxGitSource, FluxGitSourceOptions, GitRef } from '../source';

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
  private readonly places = new Set<string>();
  private readonly _props: ManifestRepositoryProps;

  constructor(scope: Construct, id: string, props: ManifestRepositoryProps) {
    super(scope, id);
    this._props = props;
    this.url = props.url;
    this.repository = requireRepository(this, props.url, props.name);
    markRepository(this, this.repository);
  }

  /**
   * A branch of its own for what is delivered: `manifests.branch('nodezoo-npm-service')`.
   *
   * @throws if the branch is missing or delivered to already, or no object name can be made of it and none is given
   */
  public branch(branch: string, options: BranchDeliveryOptions = {}): Delivery {
    requireGiven(this, 'branch', branch, 'Give branch() the name of a branch');
    return this.delivery({ repository: this.repository, branch, path: '' }, `branch ${branch}`, objectNameOf(branch), options);
  }

  /**
   * A directory of a branch that other deliveries, and other apps, share: `manifests.path('apps/cart', { branch: 'main' })`.
   *
   * It is named like the last part of the path. Each such delivery has a source of its own, of that directory alone (`sparseCheckout`), and
   * every commit on the branch makes Flux look at all of them.
   *
   * @throws if the path or the branch is missing, the path is no directory below the root or is delivered to already, or no object name can be
   *   made of its last part and none is given
   */
  public path(path: string, options: PathDeliveryOptions): Delivery {
    requireGiven(this, 'path', path, 'Give path() a directory below the root of the branch');
    requireGiven(this, 'branch', options?.branch, "Say which branch the directory is on: path('...', { branch: '...' })");
    const { branch, ...more } = options;
    const directory = requireDirectory(this, path);
    // No branch holds a space, so that no two ids are alike.
    return this.delivery({ repository: this.repository, branch, path: directory }, `path ${directory} of ${branch}`, objectNameOf(directory.split('/').pop()!), more);
  }

  private delivery(place: Place, id: string, defaultName: string, options: BranchDeliveryOptions): Delivery {
    const title = describePlace(place);
    if (this.places.has(placeKey(place))) {
      throw constructError(this, `${title} is delivered to twice`, 'Keep the first Delivery and call its deliver() again');
    }
    const { secret, source: own, ...kustomization } = options;
    const source = {
      // Flux may apply a Kustomization's next path to what the source held before: other directories must not be there then.
      ...layered(place.path ? { sparseCheckout: [place.path] } : undefined, this._props.source, own),
      secret: secret ?? own?.secret ?? this._props.source?.secret ?? this._props.secret,
    };
    const delivery = new PlaceDelivery(this, id, {
      place,
      title,
      defaultName,
      options: kustomization,
      clusters: options.clusters ?? this._props.clusters ?? [],
      decryption: this._props.decryption,
      source,
      check: (construct) => requireBranch(construct, place.branch),
      makeSource: (scope, common) => new FluxGitSource(scope, 'source', { url: this.url, ref: GitRef.branch(place.branch), ...source, ...common }),
    });
    this.places.add(placeKey(place));
    return delivery;
  }
}
