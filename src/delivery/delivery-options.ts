import { FluxCluster } from './flux-cluster';
import { FluxSecret } from '../flux';
import { FluxKustomizationOptions } from '../kustomize';
import { FluxGitSourceOptions, FluxOciSourceOptions } from '../source';

/**
 * More said about one delivery. `name` and `namespace` are those of its source and its Kustomization; every other option that
 * both objects know (`interval`, `timeout`, `serviceAccountName`, `suspend`, ...) is the Kustomization's, and the source's stands
 * in `source`.
 */
export interface DeliveryOptions extends FluxKustomizationOptions {
  /**
   * The clusters that it goes to.
   *
   * @default - those of the repository
   */
  readonly clusters?: FluxCluster[];
}

/** More said about the delivery to a branch. */
export interface BranchDeliveryOptions extends DeliveryOptions {
  /**
   * The credential that Flux reads the branch with.
   *
   * @default - that of the repository
   */
  readonly secret?: FluxSecret;

  /**
   * More said about the source.
   *
   * @default - that of the repository
   */
  readonly source?: FluxGitSourceOptions;
}

/** More said about the delivery to a directory of a branch that others share. */
export interface PathDeliveryOptions extends BranchDeliveryOptions {
  /** The branch that the directory is on. */
  readonly branch: string;
}

/** More said about the delivery to an OCI artifact. */
export interface ArtifactDeliveryOptions extends DeliveryOptions {
  /**
   * The tag that is moved with each publish, and that Flux follows.
   *
   * @default 'latest'
   */
  readonly tag?: string;

  /**
   * The credential that Flux reads the artifact with.
   *
   * @default - that of the registry
   */
  readonly secret?: FluxSecret;

  /**
   * More said about the source.
   *
   * @default - that of the registry
   */
  readonly source?: FluxOciSourceOptions;
}
