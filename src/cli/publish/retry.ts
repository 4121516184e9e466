import { setTimeout } from 'timers/promises';
import { CliError, ExitCode } from '../cli-error';
import { Deadline } from './deadline';
import { Interruption } from './interruption';
import { Phase } from '../presenter';
import { Fault, RemoteFault } from '../remote-fault';

const FIRST_DELAY = 100;
const LONGEST_DELAY = 2000;

export interface Patience {
  readonly interruption: Interruption;
  readonly deadline: Deadline;
  readonly say: (line: string) => void;
  readonly phase: (phase: Phase) => void;
}

/** `untilDeadline`, for something about a repository. */
export async function untilDeadline<T>(repository: string, patience: Patience, attempt: () => Promise<T>): Promise<T> {
  return attemptsUntilDeadline(`repository '${repository}'`, patience, attempt);
}

/**
 * Makes attempts until one succeeds, fails for good, or the deadline has passed. Between two it waits for a random time up to a
 * bound that doubles, so that those who met once do not meet again, and for as long as the remote asks.
 *
 * @param what begins the errors: `repository 'manifests'`
 * @throws CliError
 */
export async function attemptsUntilDeadline<T>(what: string, { interruption, deadline, say }: Patience, attempt: () => Promise<T>): Promise<T> {
  let told: Fault | undefined;
  let wait = 0;
  for (let bound = FIRST_DELAY; ; bound = Math.min(2 * bound, LONGEST_DELAY)) {
    interruption.check();
    try {
      return await attempt();
    } catch (error) {
      interruption.check();
      if (!(error instanceof RemoteFault)) {
        throw error;
      }
      const { fault } = error;
      wait = fault.wait ?? 0;
      if (fault.kind !== 'moved' && fault.kind !== 'unavailable') {
        throw new CliError(fault.exitCode, `${whatOf(what, fault)}: ${withStop(fault.text)}`);
      } else if (deadline.hasPassed) {
        // The deadline ends what git is doing just then, which says nothing of why there was an attempt too many.
        const reason = told ?? fault;
        throw new CliError(ExitCode.DEADLINE, `${whatOf(what, reason)}: until the deadline (${deadline.text}): ${withStop(reason.text)} ` +
          'Publish again, or give more time with --deadline.');
      } else if (fault.text !== told?.text) {
        say(`${whatOf(what, fault)}: ${withStop(fault.text)} Starting again.`);
        told = fault;
      }
    }
    await setTimeout(wait + Math.random() * bound, undefined, { signal: deadline.signal }).catch(() => undefined);
  }
}

function whatOf(what: string, { at }: Fault): string {
  return at === undefined ? what : `${what} (${at})`;
}

function withStop(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}
