import { HelmActionOptions } from './action-options';
import { HelmServerSideApply } from './server-side-apply';

/** How Flux rolls a release back, after an upgrade that failed. */
export interface HelmRollback extends HelmActionOptions {
  /**
   * How objects are applied.
   *
   * @default - Flux's: HelmServerSideApply.AUTO
   */
  readonly serverSideApply?: HelmServerSideApply;

  /**
   * Whether to replace objects instead of merging into them; only where Helm merges, not with server-side apply.
   *
   * @default false
   */
  readonly force?: boolean;

  /**
   * Whether to restart pods. helm-controller 1.6 no longer does.
   *
   * @deprecated it has no effect
   * @default - nothing
   */
  readonly recreate?: boolean;

  /**
   * Whether to delete what a failed rollback made.
   *
   * @default false
   */
  readonly cleanupOnFail?: boolean;

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
}
