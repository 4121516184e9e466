import { ChildProcess } from 'child_process';

/** Option `detached` of a process that may start others: a session of its own, for they outlive it, so that all are ended together. */
export const OWN_SESSION = process.platform !== 'win32';

/** Ends a process of its own session, and all that it has started. */
export function endSession({ pid }: ChildProcess): void {
  try {
    process.kill(OWN_SESSION ? -pid! : pid!);
  } catch {
    // It has ended, or never begun.
  }
}

/** Waits for what a process of its own session comes to, and ends that session when the signal is aborted. */
export async function unlessAborted<T>(signal: AbortSignal | undefined, child: ChildProcess, result: Promise<T>): Promise<T> {
  const end = () => endSession(child);
  signal?.addEventListener('abort', end);
  if (signal?.aborted) {
    end();
  }
  return result.finally(() => signal?.removeEventListener('abort', end));
}
