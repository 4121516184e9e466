import { BranchPlan } from './branch-plan';
import { BranchWork } from './branch-work';
import { firstRead } from './record-at';
import { LiveBranch } from '../git/live-branch';
import { LocalRepository } from '../git/local-repository';

/**
 * Compares the branches of a repository with what they are to be. All are read together.
 *
 * @param live those that are there
 * @returns in the order of the works
 */
export async function plansOf(works: readonly BranchWork[], live: ReadonlyMap<string, LiveBranch>, local: LocalRepository): Promise<BranchPlan[]> {
  const plans = new Map<string, BranchPlan>();
  works.forEach(({ branch, paths }) => firstRead(paths).forEach((file) => live.get(branch)?.expect(file)));
  await load([...live.values()], local);
  for (let open = works; open.length;) {
    const incomplete = open.filter((work) => {
      const plan = work.plan(live.get(work.branch));
      return plan ? !plans.set(work.branch, plan) : true;
    });
    await load(incomplete.map(({ branch }) => live.get(branch)!), local);
    open = incomplete;
  }
  return works.map(({ branch }) => plans.get(branch)!);
}

/** Gets for all branches together what each lacks. */
export async function load(branches: readonly LiveBranch[], local: LocalRepository): Promise<void> {
  const names = [...new Set(branches.flatMap(({ missing }) => missing))];
  if (names.length) {
    const objects = await local.read(names);
    const byName = new Map(names.map((name, index) => [name, objects[index]]));
    branches.forEach((branch) => branch.missing.forEach((name) => branch.take(name, byName.get(name))));
  }
}
