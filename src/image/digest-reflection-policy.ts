import { Duration } from 'cdk8s';

/** Whether an ImagePolicy says, beside the tag that it chose, the digest that the tag stands for. */
export class DigestReflectionPolicy {
  /** No digest: what Flux does unless told otherwise. A marker for the digest then has no value. */
  public static never(): DigestReflectionPolicy {
    return new DigestReflectionPolicy('Never');
  }

  /** The digest that the tag had when it was chosen: right for tags that never move. */
  public static ifNotPresent(): DigestReflectionPolicy {
    return new DigestReflectionPolicy('IfNotPresent');
  }

  /**
   * The digest that the tag has now: for tags that move, such as `latest`.
   *
   * @param interval how often Flux asks the registry for it
   */
  public static always(interval: Duration): DigestReflectionPolicy {
    if (!interval) {
      throw new Error('DigestReflectionPolicy.always: the interval is missing. Say how often to ask for the digest, such as Duration.minutes(10).');
    }
    return new DigestReflectionPolicy('Always', interval);
  }

  private constructor(
    /** @internal */
    public readonly _mode: string,
    /** @internal */
    public readonly _interval?: Duration,
  ) {}
}
