import { Duration } from 'cdk8s';
import { WriteDuration } from './write-duration';

/** How to undo an upgrade that failed. */
export enum HelmRemediationStrategy {
  /** Roll back to the release before. */
  ROLLBACK = 'rollback',
  /** Uninstall, then install anew. */
  UNINSTALL = 'uninstall',
}

/** What to do with an upgrade that failed. */
export interface HelmUpgradeRemediation {
  /**
   * How often to try again, each time after the failed upgrade was undone; a negative number stands for without end.
   *
   * With 0 nothing is ever undone, unless `remediateLastFailure` says so.
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
   * Whether to undo the last failure too.
   *
   * @default - Flux's: true if `retries` is more than 0
   */
  readonly remediateLastFailure?: boolean;

  /**
   * How to undo.
   *
   * @default - Flux's: rollback
   */
  readonly strategy?: HelmRemediationStrategy;
}

/** What Flux does when an upgrade fails: exactly one of undoing it, or upgrading until it works. */
export class HelmUpgradeStrategy {
  /** Undoes it, and tries again as often as `retries` says; then it gives up until chart or values change. */
  public static remediateOnFailure(remediation: HelmUpgradeRemediation = {}): HelmUpgradeStrategy {
    return new HelmUpgradeStrategy('RemediateOnFailure', remediation);
  }

  /**
   * Leaves what was applied and tries the upgrade again and again: for what bears no rollback, such as a database.
   *
   * @param retryInterval how long to wait before each; default: 5 minutes
   */
  public static retryOnFailure(retryInterval?: Duration): HelmUpgradeStrategy {
    return new HelmUpgradeStrategy('RetryOnFailure', undefined, retryInterval);
  }

  private constructor(
    private readonly name: string,
    private readonly remediation?: HelmUpgradeRemediation,
    private readonly retryInterval?: Duration,
  ) {}

  /** @internal */
  public _toSpec(duration: WriteDuration): any {
    return {
      strategy: { name: this.name, retryInterval: duration('upgrade.strategy.retryInterval', this.retryInterval) },
      remediation: this.remediation,
    };
  }
}
