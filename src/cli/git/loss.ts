import { ExitCode } from '../cli-error';
import { Fault } from '../remote-fault';

/** Commits by ref, as a remote lists them. */
export type Listing = ReadonlyMap<string, string>;

/**
 * What it means that a remote does not hand out an object. Where it still lists what it listed before, nobody has moved anything,
 * and another attempt would end as this one did.
 *
 * @param answer what git said
 * @param before what the remote listed of the branches that were asked for
 * @returns undefined if others may have been there
 */
export function lossOf(answer: string, before: Listing, now: Listing): Fault | undefined {
  const [, object] = /not our ref ([0-9a-f]+)/.exec(answer) ?? [];
  if (object === undefined || [...before].some(([ref, commit]) => now.get(ref) !== commit)) {
    return undefined;
  }
  const [ref] = [...before].find(([, commit]) => commit === object) ?? [];
  const [, branch] = /^refs\/heads\/(.+)$/s.exec(ref ?? '') ?? [];
  const what = ref === undefined ? `does not hand out object ${object} of the branches that it lists`
    : `lists ${branch === undefined ? `'${ref}'` : `branch '${branch}'`} at ${object}, and does not hand that commit out`;
  return { kind: 'fatal', exitCode: ExitCode.REMOTE, text: `the remote ${what}: it is damaged. See what 'git fsck' says there.` };
}
