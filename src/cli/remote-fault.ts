import { ExitCode } from './cli-error';

/** What came of asking a remote for something, where it did not succeed. */
export interface Fault {
  /** `moved`, `unavailable`: another attempt may succeed. `not atomic`: another kind of push may. */
  readonly kind: 'fatal' | 'moved' | 'unavailable' | 'not atomic';
  /** Problem, and remedy where there is one. */
  readonly text: string;
  readonly exitCode: ExitCode;
  /** The URL, where it may be what is wrong; without what nobody may read. */
  readonly at?: string;
  /** How long the remote asks to wait, in milliseconds. */
  readonly wait?: number;
}

/** A request to a remote that failed, with what is to be made of it. */
export class RemoteFault extends Error {
  constructor(public readonly fault: Fault) {
    super(fault.text);
  }
}
