import { BranchPlan, PlanContext } from './branch-plan';
import { DesiredBranch } from './desired';
import { ownershipOfTarget } from './desired-ownership';
import { sameOwnership } from './ownership';
import { recordAt } from './record-at';
import { LiveBranch } from '../git/live-branch';

/**
 * The plan of a branch that is the app's as a whole and as it should be, which nearly all are; undefined where it takes a closer look.
 * `closePlan` comes to the same, in several times as long: nothing is written or lost, and only config directories have neighbours.
 */
export function unchangedPlan(desired: DesiredBranch, live: LiveBranch, context: PlanContext): BranchPlan | undefined {
  const { branch, targets: [target, ...others] } = desired;
  if (others.length || target.path || target.delivered || context.adopt || target.files.some(({ marked }) => marked)) {
    return undefined;
  }
  const record = recordAt(live, target.path);
  if (record?.kind !== 'ours' || !sameOwnership(record.ownership, ownershipOfTarget(target, undefined, context))) {
    return undefined;
  }
  const isThere = target.files.every(({ path, oid }) => {
    const found = live.find(path);
    return found.kind === 'file' && found.oid === oid;
  });
  const { ownership, source, url } = record;
  return !isThere || live.missing.length ? undefined : {
    branch,
    before: live.tip,
    writes: new Map(),
    added: [],
    changed: [],
    removed: [],
    adopted: [],
    former: [{ path: target.path, ownership, source, url }],
    elsewhere: [],
    doubts: [],
    refusals: [],
    warnings: [],
  };
}
