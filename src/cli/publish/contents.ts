import { BranchChange, BranchPlan, changeOf, FormerTarget } from './branch-plan';
import { BranchWork } from './branch-work';
import { LiveBranch } from '../git/live-branch';

/** What publishing changes on a branch, or in an artifact: files with their content before and after. Those that stay are left out. */
export interface BranchContents {
  /** Or `<artifact>/<tag>`. */
  readonly branch: string;
  readonly change: BranchChange;
  readonly before: ReadonlyMap<string, Buffer>;
  readonly after: ReadonlyMap<string, Buffer>;
  /** Whether this only takes away what has left the app. */
  readonly left: boolean;
  /** What the records of the app's directories said. */
  readonly former: readonly FormerTarget[];
}

/** What publishing changes in a repository or registry. */
export interface RepositoryContents {
  readonly name: string;
  readonly branches: readonly BranchContents[];
}

/** The contents that a plan changes; undefined if `live` has to load more first. */
export function contentsOf(plan: BranchPlan, { paths }: BranchWork, live: LiveBranch | undefined): BranchContents | undefined {
  const before = new Map<string, Buffer>();
  for (const path of [...plan.writes.keys(), ...plan.removed]) {
    const found = live?.find(path);
    if (found?.kind === 'file') {
      before.set(path, live!.content(found.oid));
    }
  }
  return live?.missing.length ? undefined : {
    branch: plan.branch, change: changeOf(plan), before, after: plan.writes, former: plan.former, left: paths.length === 0,
  };
}
