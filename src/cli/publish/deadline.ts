import { CliError, ExitCode } from '../cli-error';

const UNITS: Record<string, number> = { '': 1, 's': 1, 'm': 60, 'h': 3600 };

const LEAST_SILENCE = 60;

/** Until when attempts are made. It ends what waits for an answer of a remote, but never a push. */
export class Deadline {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly seconds: number;
  private readonly end: number;

  /**
   * @param text a number of seconds, or `30s`, `5m`, `1h`
   * @throws CliError if it is neither
   */
  constructor(public readonly text: string, interruption: AbortSignal) {
    const match = /^(\d+(?:\.\d+)?)([smh]?)$/.exec(text);
    const seconds = match ? Number(match[1]) * UNITS[match[2]] : NaN;
    const milliseconds = seconds * 1000;
    // A timer of node ends at 2^31 milliseconds.
    if (!(milliseconds < 2 ** 31)) {
      throw new CliError(ExitCode.USAGE, `--deadline: '${text}' is not a duration of less than 24 days. Give seconds, or a number with s, m or h: 300, 90s, 5m.`);
    }
    this.seconds = Math.ceil(seconds);
    this.end = Date.now() + milliseconds;
    this.timer = setTimeout(() => this.controller.abort(), milliseconds);
    interruption.addEventListener('abort', () => this.controller.abort());
  }

  /** Aborted at the deadline, or when the user has asked to stop. */
  public get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** How long a remote that is pushed to may say nothing, in seconds: hooks take their time, whatever the deadline is. */
  public get silence(): number {
    return Math.max(LEAST_SILENCE, this.seconds);
  }

  public get hasPassed(): boolean {
    return this.signal.aborted || Date.now() >= this.end;
  }

  /** Ends what still waits, too: nobody is left who would hear the answer. */
  public dispose(): void {
    clearTimeout(this.timer);
    this.controller.abort();
  }
}
