import { FluxIgnoreRule } from '../flux';

/** What Flux does about objects in the cluster that are no longer as the release made them. */
export enum HelmDriftDetectionMode {
  /** Correct them. */
  ENABLED = 'enabled',
  /** Say so in an event. */
  WARN = 'warn',
  /** Not look. */
  DISABLED = 'disabled',
}

/** Whether Flux compares the objects in the cluster with what the release made. */
export interface HelmDriftDetection {
  /**
   * What to do about differences.
   *
   * @default - Flux's: HelmDriftDetectionMode.DISABLED
   */
  readonly mode?: HelmDriftDetectionMode;

  /**
   * Fields to leave to others, such as replicas to an autoscaler.
   *
   * @default - none
   */
  readonly ignore?: FluxIgnoreRule[];
}
