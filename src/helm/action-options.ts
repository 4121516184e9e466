import { Duration } from 'cdk8s';

/** What all that Flux does with a release takes. */
export interface HelmActionOptions {
  /**
   * How long each operation on the cluster may take, such as a hook's job.
   *
   * @default - the `timeout` of the release
   */
  readonly timeout?: Duration;

  /**
   * Whether to leave out the chart's hooks.
   *
   * @default false
   */
  readonly disableHooks?: boolean;
}

/** What an install and an upgrade have in common: both put what a chart renders into the cluster. */
export interface HelmChartActionOptions extends HelmActionOptions {
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
