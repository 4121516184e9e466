import { Duration } from 'cdk8s';
import { HelmCrdsPolicy } from './crds-policy';
import { HelmInstallStrategy } from './install-strategy';

/** How Flux installs a release. */
export interface HelmInstall {
  /**
   * How long each operation on the cluster may take, such as a hook's job.
   *
   * @default - the `timeout` of the release
   */
  readonly timeout?: Duration;

  /**
   * What to do when it fails.
   *
   * @default - Flux's: it stays failed until chart or values change
   */
  readonly strategy?: HelmInstallStrategy;

  /**
   * What becomes of the chart's CustomResourceDefinitions.
   *
   * @default - Flux's: HelmCrdsPolicy.CREATE
   */
  readonly crds?: HelmCrdsPolicy;

  /**
   * Whether to leave out the chart's CustomResourceDefinitions. helm-controller 1.6 no longer looks at it.
   *
   * @deprecated use `crds: HelmCrdsPolicy.SKIP`
   * @default - nothing
   */
  readonly skipCRDs?: boolean;

  /**
   * Whether to make the namespace that `targetNamespace` names. An uninstall leaves it.
   *
   * @default false
   */
  readonly createNamespace?: boolean;

  /**
   * Whether the API server merges, in place of Helm.
   *
   * @default - Flux's: true
   */
  readonly serverSideApply?: boolean;

  /**
   * Whether to take over a name that a deleted release left in the history.
   *
   * @default false
   */
  readonly replace?: boolean;

  /**
   * Whether to fail over objects that exist and belong to no release, instead of taking them over.
   *
   * @default false
   */
  readonly disableTakeOwnership?: boolean;

  /**
   * Whether not to wait until the objects are ready.
   *
   * @default false
   */
  readonly disableWait?: boolean;

  /**
   * Whether not to wait until jobs are complete.
   *
   * @default false
   */
  readonly disableWaitForJobs?: boolean;

  /**
   * Whether to leave out the chart's hooks.
   *
   * @default false
   */
  readonly disableHooks?: boolean;

  /**
   * Whether not to compare what is rendered with the schemas of the API server.
   *
   * @default false
   */
  readonly disableOpenAPIValidation?: boolean;

  /**
   * Whether not to compare the values with the chart's `values.schema.json`.
   *
   * @default false
   */
  readonly disableSchemaValidation?: boolean;
}
