import { BranchPlan } from './branch-plan';
import { BranchWork } from './branch-work';
import { NewestGuard } from './newest-guard';
import { isOlder, targetKey } from './newest-sources';
import { SourcesRef } from './sources-ref';

/** What is known of a repository once all that was read. */
export interface JudgedRepository {
  readonly plans: readonly BranchPlan[];
  /** In the order of the plans. */
  readonly works: readonly BranchWork[];
  /** Tags of artifacts whose newest source commits are kept here. */
  readonly artifacts: readonly string[];
  readonly sources: SourcesRef;
}

/**
 * Compares with the source commits that a repository was published from.
 *
 * @returns by branch or artifact, why it may not be changed from the commit at hand
 */
export async function judge({ plans, works, artifacts, sources }: JudgedRepository, guard: NewestGuard): Promise<Map<string, string>> {
  const refusals = new Map<string, string>();
  for (const key of artifacts) {
    const refusal = await guard.refusal(sources.of(key));
    if (refusal) {
      refusals.set(key, `artifact '${key}': ${refusal}.`);
    }
  }
  for (const [index, { branch, former, doubts = [] }] of plans.entries()) {
    for (const path of guard.refusesNothing ? [] : works[index].paths) {
      const known = sources.of(targetKey(branch, path));
      const committed = former.flatMap((target) => target.path === path ? target.source ?? [] : []);
      // A review that was merged has moved the branch without the ref. Dates tell that well enough: each commit may cost a fetch.
      const newer = committed.filter((point) => !known.some((one) => isOlder(point, one)));
      const refusal = await guard.refusal([...known, ...newer]);
      if (refusal) {
        refusals.set(branch, `branch '${branch}'${path && `, directory '${path}'`}: ${refusal}.`);
      }
    }
    for (const { commit, text } of doubts) {
      if (!refusals.has(branch) && !await guard.knows(commit)) {
        refusals.set(branch, text);
      }
    }
  }
  return refusals;
}
