import { printable, printableInColours, printableJson, printableLines } from './printable';

/** What a command does just then. */
export interface Phase {
  readonly repository: string;
  /** A word for programs. */
  readonly phase: 'reading' | 'comparing' | 'writing' | 'pushing';
  /** How many branches, artifacts or refs. */
  readonly count: number;
}

export interface Presentation {
  /** A JSON document a line, on the standard output. */
  readonly json?: boolean;
  /** Errors and warnings alone. */
  readonly quiet?: boolean;
  /** Every step, with the time. */
  readonly verbose?: boolean;
}

// What is over before that needs no telling where nobody looks on.
const LONG = 5000;
const CLEAR = '\r\u001b[K';

/** Shows what a command does and what comes of it: to a person at a terminal, to the log of a CI job, or to a program. */
export class Presenter {
  private readonly start = Date.now();
  private readonly terminal = process.stderr.isTTY === true && process.env.TERM !== 'dumb';
  /** Whether what stands on the standard output may be in colours. */
  public readonly colours = process.stdout.isTTY === true && !process.env.NO_COLOR;
  private transient = false;

  constructor(private readonly how: Presentation) {}

  /** A step of long work: on a terminal it takes the place of the one before. */
  public phase(phase: Phase): void {
    const { json, quiet, verbose } = this.how;
    const elapsed = Date.now() - this.start;
    if (json) {
      this.event('phase', phase);
    }
    if (verbose) {
      this.line(`${(elapsed / 1000).toFixed(2)} s  ${words(phase)}`);
    } else if (!quiet && this.terminal) {
      process.stderr.write(`${CLEAR}${printable(words(phase))}`);
      this.transient = true;
    } else if (!quiet && !json && elapsed > LONG) {
      this.line(words(phase));
    }
  }

  /** A line while it goes on. */
  public say(text: string): void {
    if (this.how.json) {
      this.event('notice', { text });
    }
    if (!this.how.quiet) {
      this.line(text);
    }
  }

  /** One event of a program's. */
  public event(event: string, content: object): void {
    process.stdout.write(`${printableJson(JSON.stringify({ event, ...content }))}\n`);
  }

  /** Lines of the result. */
  public result(lines: readonly string[]): void {
    this.clear();
    if (!this.how.quiet && !this.how.json) {
      process.stdout.write(lines.map((line) => `${this.colours ? printableInColours(line) : printable(line)}\n`).join(''));
    }
  }

  /** A result that goes elsewhere as it is. */
  public document(text: string): void {
    this.clear();
    process.stdout.write(text);
  }

  /** A line on the standard error, whatever was asked for. */
  public line(text: string): void {
    this.clear();
    process.stderr.write(`${printableLines(text)}\n`);
  }

  private clear(): void {
    if (this.transient) {
      process.stderr.write(CLEAR);
      this.transient = false;
    }
  }
}

function words({ repository, phase, count }: Phase): string {
  const noun = phase === 'writing' ? ' commit' : phase === 'pushing' ? ' ref' : '';
  return `${repository}: ${phase} ${count}${noun}${noun && count !== 1 ? 's' : ''}`;
}
