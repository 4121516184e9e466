import { Duration } from 'cdk8s';
import { HelmCrdsPolicy } from './crds-policy';
import { HelmServerSideApply } from './server-side-apply';
import { HelmUpgradeStrategy } from './upgrade-strategy';

/** What to do when the chart of a release has another name than before. */
export enum HelmChartNameChangeStrategy {
  /** Uninstall, then install the other chart. */
  REINSTALL = 'Reinstall',
  /** Upgrade to the other chart. */
  IN_PLACE_UPDATE = 'InPlaceUpdate',
}

/** How Flux upgrades a release. */
export interface HelmUpgrade {
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
  readonly strategy?: HelmUpgradeStrategy;

  /**
   * What becomes of the chart's CustomResourceDefinitions. Those that exist stay old unless this says `CREATE_REPLACE`.
   *
   * @default - Flux's: HelmCrdsPolicy.CREATE
   */
  readonly crds?: HelmCrdsPolicy;

  /**
   * How objects are applied.
   *
   * @default - Flux's: HelmServerSideApply.AUTO
   */
  readonly serverSideApply?: HelmServerSideApply;

  /**
   * What to do when the chart has another name than before.
   *
   * @default - Flux's: HelmChartNameChangeStrategy.REINSTALL
   */
  readonly chartNameChangeStrategy?: HelmChartNameChangeStrategy;

  /**
   * Whether to replace objects instead of merging into them; only where Helm merges, not with server-side apply.
   *
   * @default false
   */
  readonly force?: boolean;

  /**
   * Whether to keep the values of the release before and merge these into them: what is removed here then stays in the cluster.
   *
   * @default false
   */
  readonly preserveValues?: boolean;

  /**
   * Whether to delete what a failed upgrade made.
   *
   * @default false
   */
  readonly cleanupOnFail?: boolean;

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
