import { faultOf } from './fault';
import { OutgoingRef } from './outgoing';
import { ExitCode } from '../cli-error';
import { Fault, RemoteFault } from '../remote-fault';

/** What became of a push. */
export interface PushAnswer {
  /** The refs that the remote says have moved. */
  readonly moved: string[];
  /** What the remote says of a ref that it did not move, by ref. */
  readonly rejected: ReadonlyMap<string, string>;
  /** What git and the remote say to people. */
  readonly said: string;
  /** Undefined if all have. */
  readonly fault?: Fault;
}

/**
 * Reads what `git push --porcelain` says of each ref.
 *
 * @param at where it was pushed to, for people
 * @throws RemoteFault if it says nothing of one that it took
 */
export function pushAnswer(
  refs: readonly OutgoingRef[],
  { code, stdout, stderr }: { readonly code?: number; readonly stdout: string; readonly stderr: string },
  { atomic, at }: { readonly atomic: boolean; readonly at?: string },
): PushAnswer {
  const lines = [...stdout.matchAll(/^([ *+=!-])\t[^:\n]*:([^\t\n]+)\t(.*)$/gm)];
  const moved = lines.flatMap(([, flag, ref]) => flag === '!' ? [] : [ref]);
  const rejected = new Map(lines.flatMap(([, flag, ref, reason]) => flag === '!' ? [[ref, reason]] : []));
  // A host that makes a request of `refs/for/<branch>` answers with the ref that it made (proc-receive, `option refname`).
  const said = new Set(moved);
  const silent = refs.find(({ ref }) => !said.has(ref) && !ref.startsWith('refs/for/'));
  if (code === 0 && silent) {
    throw new RemoteFault({
      kind: 'fatal',
      exitCode: ExitCode.REMOTE,
      text: `git took the push for done, and does not say that '${silent.ref}' has moved. Look there, and publish again.`,
    });
  }
  const fault = code === 0 ? undefined : faultOf(`${stderr}\n${stdout}`, code, { at });
  return { moved: fault && atomic ? [] : moved, rejected, said: stderr, fault };
}
