/** How long a trial goes on. */
export interface TrialOptions {
  /** How often, of each kind; what a round is, the trial says. */
  readonly rounds: number;
  /** When to stop all the same, in milliseconds since 1970. What was not tried by then is a failure. */
  readonly end: number;
  /** Leaves out the kinds whose name this is no part of. */
  readonly only: string;
  /** Shows a line while it goes on. */
  readonly say: (line: string) => void;
}

/** What a trial found. */
export interface TrialResult {
  /** Figures, for people; those of `faults` are a Markdown table. */
  readonly lines: string[];
  /** What must not be; empty if all went well. */
  readonly failures: string[];
}

/** Something that publishing has to stand, done over and over. */
export interface Trial {
  readonly name: string;
  readonly what: string;
  /** Unless told otherwise. */
  readonly rounds: number;
  run(options: TrialOptions): Promise<TrialResult>;
}

/** Gathers what must not be. */
export class Findings {
  public readonly failures: string[] = [];

  /** @param what names where it happened */
  public expect(holds: boolean, what: string): boolean {
    if (!holds) {
      this.failures.push(what);
    }
    return holds;
  }
}
