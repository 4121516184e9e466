import { Duration } from 'cdk8s';

/** A test of a chart, to be run or to be left out. */
export interface HelmTestFilter {
  /** Name of the test. */
  readonly name: string;

  /**
   * Whether it is left out, in place of all that are not named.
   *
   * @default false
   */
  readonly exclude?: boolean;
}

/** Whether Flux runs the chart's tests after an install or upgrade. */
export interface HelmTest {
  /**
   * Whether the tests are run; without it the rest means nothing.
   *
   * @default false
   */
  readonly enable?: boolean;

  /**
   * How long each operation on the cluster may take.
   *
   * @default - the `timeout` of the release
   */
  readonly timeout?: Duration;

  /**
   * Whether a test that fails leaves the release as it is.
   *
   * @default false
   */
  readonly ignoreFailures?: boolean;

  /**
   * Which tests.
   *
   * @default - all
   */
  readonly filters?: HelmTestFilter[];
}
