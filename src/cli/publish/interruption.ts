import { constants } from 'os';
import { CliError } from '../cli-error';

const SIGNALS: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Ctrl-C and its relatives. What only reads ends at once; a push that has begun is waited for, however often one asks, because
 * a push that dies half way can leave some branches moved and others not.
 */
export class Interruption {
  private readonly controller = new AbortController();
  private received?: NodeJS.Signals;
  private readonly pushing: string[] = [];
  private readonly listener: (signal: NodeJS.Signals) => void;

  constructor(private readonly say: (line: string) => void) {
    this.listener = (signal) => this.receive(signal);
    SIGNALS.forEach((signal) => process.on(signal, this.listener));
  }

  /** Aborted when the user has asked to stop. */
  public get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Whether the user has asked to stop. */
  public get happened(): boolean {
    return this.received !== undefined;
  }

  /** Runs a push, which nothing interrupts. */
  public async whilePushing<T>(repository: string, push: () => Promise<T>): Promise<T> {
    this.pushing.push(repository);
    try {
      return await push();
    } finally {
      this.pushing.splice(this.pushing.indexOf(repository), 1);
    }
  }

  /** @throws CliError if the user has asked to stop */
  public check(): void {
    if (this.received) {
      throw new CliError(128 + constants.signals[this.received], `interrupted by ${this.received}`);
    }
  }

  public dispose(): void {
    SIGNALS.forEach((signal) => process.removeListener(signal, this.listener));
  }

  private receive(signal: NodeJS.Signals): void {
    this.received ??= signal;
    if (this.pushing.length) {
      this.say(`${signal}: waiting for the running push of ${[...new Set(this.pushing)].map((name) => `'${name}'`).join(', ')} to end`);
    }
    this.controller.abort();
  }
}
