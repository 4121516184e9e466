import { Duration } from 'cdk8s';
import { WriteDuration } from './write-duration';

/** What to do with an install that failed. */
export interface HelmInstallRemediation {
  /**
   * How often to try again, each time after an uninstall; a negative number stands for without end.
   *
   * @default - Flux's: 0
   */
  readonly retries?: number;

  /**
   * Whether a test that fails leaves the release as it is.
   *
   * @default - as `test.ignoreFailures` says
   */
  readonly ignoreTestFailures?: boolean;

  /**
   * Whether to uninstall after the last failure too. Without it what failed last stays, to be looked at.
   *
   * @default - Flux's: false
   */
  readonly remediateLastFailure?: boolean;
}

/** What Flux does when an install fails: exactly one of uninstalling and trying anew, or upgrading until it works. */
export class HelmInstallStrategy {
  /** Uninstalls, and tries again as often as `retries` says; then it gives up until chart or values change. */
  public static remediateOnFailure(remediation: HelmInstallRemediation = {}): HelmInstallStrategy {
    return new HelmInstallStrategy('RemediateOnFailure', remediation);
  }

  /**
   * Leaves what was installed and tries an upgrade, again and again.
   *
   * @param retryInterval how long to wait before each; default: 5 minutes
   */
  public static retryOnFailure(retryInterval?: Duration): HelmInstallStrategy {
    return new HelmInstallStrategy('RetryOnFailure', undefined, retryInterval);
  }

  private constructor(
    private readonly name: string,
    private readonly remediation?: HelmInstallRemediation,
    private readonly retryInterval?: Duration,
  ) {}

  /** @internal */
  public _toSpec(duration: WriteDuration): any {
    return {
      strategy: { name: this.name, retryInterval: duration('install.strategy.retryInterval', this.retryInterval) },
      remediation: this.remediation,
    };
  }
}
