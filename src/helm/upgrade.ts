import { HelmChartActionOptions } from './action-options';
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
export interface HelmUpgrade extends HelmChartActionOptions {
  /**
   * What to do when it fails.
   *
   * @default - Flux's: it stays failed until chart or values change
   */
  readonly strategy?: HelmUpgradeStrategy;

  /**
   * What becomes of the chart's CustomResourceDefinitions. Those that exist stay old unless this says `CREATE_REPLACE`.
   *
   * @default - Flux's: HelmCrdsPolicy.CREATE (the CRD of HelmRelease says Skip here; helm-controller 1.6 does Create, as at an install)
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
}
