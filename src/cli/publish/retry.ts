import { setTimeout } from 'timers/promises';
import { CliError, ExitCode } from '../cli-error';
import { Deadline } from './deadline';
import { Interruption } from './interruption';
import { Phase } from '../presenter';
import { RemoteFault } from '../remote-fault';

const FIRST_DELAY = 100;
const LONGEST_DELAY = 2000;

export interface Patience {
  readonly interruption: Interruption;
  readonly deadline: Deadline;
  readonly say: (line: string) => void;
  readonly phase: (phase: Phase) => void;
}

/**
 * Makes attempts until one succeeds, fails for good, or the deadline has passed. Between two it waits for a random time up to a
 * bound that doubles, so that those who met once do not meet again.
 *
 * @throws CliError
 */
export async function untilDeadline<T>(repository: string, { interruption, deadline, say }: Patience, attempt: () => Promise<T>): Promise<T> {
  let told = '';
  for (let bound = FIRST_DELAY; ; bound = Math.min(2 * bound, LONGEST_DELAY)) {
    interruption.check();
    try {
      return await attempt();
    } catch (error) {
      interruption.check();
      if (!(error instanceof RemoteFault)) {
        throw error;
      }
      const { kind, text, exitCode } = error.fault;
      if (kind !== 'moved' && kind !== 'unavailable') {
        throw new CliError(exitCode, `repository '${repository}': ${withStop(text)}`);
      } else if (deadline.hasPassed) {
        // The deadline ends what git is doing just then, which says nothing of why there was an attempt too many.
        const reason = withStop(told || text);
        throw new CliError(ExitCode.DEADLINE, `repository '${repository}': until the deadline (${deadline.text}): ${reason} Publish again, or give more time with --deadline.`);
      } else if (text !== told) {
        say(`repository '${repository}': ${withStop(text)} Starting again.`);
        told = text;
      }
    }
    await setTimeout(Math.random() * bound, undefined, { signal: deadline.signal }).catch(() => undefined);
  }
}

function withStop(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}
