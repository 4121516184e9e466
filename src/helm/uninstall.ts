import { HelmActionOptions } from './action-options';

/** When the API server deletes what belongs to an object that is deleted, such as a Deployment's pods. */
export enum HelmDeletionPropagation {
  /** After the object. */
  BACKGROUND = 'background',
  /** Before the object. */
  FOREGROUND = 'foreground',
  /** Never. */
  ORPHAN = 'orphan',
}

/** How Flux uninstalls a release, when the HelmRelease is deleted or an install is tried anew. */
export interface HelmUninstall extends HelmActionOptions {
  /**
   * When what belongs to the objects is deleted.
   *
   * @default - Flux's: HelmDeletionPropagation.BACKGROUND
   */
  readonly deletionPropagation?: HelmDeletionPropagation;

  /**
   * Whether the release's history stays.
   *
   * @default false
   */
  readonly keepHistory?: boolean;

  /**
   * Whether not to wait until the objects are gone.
   *
   * @default false
   */
  readonly disableWait?: boolean;
}
