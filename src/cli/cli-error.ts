/** What the command exits with; docs/publishing.md says it to users. */
export enum ExitCode {
  /** All is published, or there was nothing to do. */
  DONE = 0,
  /** A mistake of this program. */
  INTERNAL = 1,
  /** The command line or the environment, also a standard output that takes no more. */
  USAGE = 2,
  /** The output folder or its `delivery.json`. */
  INVALID_INPUT = 3,
  /** What is on the branches is not ours to change. */
  REFUSED = 4,
  /** git, the remote or the way to it. */
  REMOTE = 5,
  /** Others kept changing the same branches, or the remote did not answer, until the deadline: worth another run. */
  DEADLINE = 6,
  /** What was checked has errors, or warnings where these count as errors. */
  FINDINGS = 7,
  /** Publishing would change something; `diff` alone says so. */
  DIFFERENT = 8,
}

/** An end that the user can do something about: a line per problem, naming object, problem and remedy. */
export class CliError extends Error {
  public readonly lines: string[];

  constructor(public readonly exitCode: number, lines: string | string[]) {
    super([lines].flat().join('\n'));
    this.lines = [lines].flat();
  }
}

/** One error of several that happened side by side: all their lines, and the code of the first. */
export function combined(errors: CliError[]): CliError {
  return new CliError(errors[0].exitCode, [...new Set(errors.flatMap((error) => error.lines))]);
}
