import { BranchPlan, FormerTarget } from './branch-plan';
import { isPublished } from './desired';
import { recordAt } from './record-at';
import { ownershipFileOf } from '../../manifest';
import { LiveBranch } from '../git/live-branch';

/** What has left the app: directories of a branch. */
export interface RemovalRequest {
  readonly branch: string;
  readonly paths: readonly string[];
  /** Files that the app publishes there now, which stay. */
  readonly rendered: ReadonlySet<string>;
}

/**
 * Takes away what an app has left on a branch, and the branch if nothing else is on it. What is not its own stays; undefined if `live`
 * has to load more first.
 */
export function planRemoval(
  { branch, paths, rendered }: RemovalRequest, live: LiveBranch | undefined, { app, overwrite }: { app: string; overwrite: boolean },
): BranchPlan | undefined {
  const removed: string[] = [];
  const adopted: string[] = [];
  const refusals: string[] = [];
  const former: FormerTarget[] = [];
  for (const path of live ? paths : []) {
    const recordFile = ownershipFileOf({ path });
    const record = recordAt(live!, path);
    if (record?.kind === 'unreadable') {
      refusals.push(`branch '${branch}', file '${recordFile}': ${record.problem}, so that it is unknown what may be deleted. ` +
        `${record.remedy}, or leave out --delete-branches.`);
      continue;
    } else if (record?.kind !== 'ours' || record.ownership.app !== app) {
      continue;
    }
    former.push({ path, ownership: record.ownership, source: record.source });
    if (!rendered.has(recordFile)) {
      removed.push(recordFile);
    }
    for (const [file, digest] of Object.entries(record.ownership.files).filter(([name]) => !rendered.has(name))) {
      const entry = live!.find(file);
      const edited = entry.kind === 'file' && !isPublished(live!.content(entry.oid), digest);
      if (entry.kind === 'file') {
        removed.push(file);
      }
      if (edited && overwrite) {
        adopted.push(file);
      } else if (edited) {
        refusals.push(`branch '${branch}', file '${file}': is no longer delivered, and was changed there since app '${app}' published it. ` +
          'Take the change back, leave out --delete-branches, or give --overwrite to delete it all the same.');
      }
    }
  }
  const going = new Set(removed);
  // A branch that others share is theirs too, also when nothing is left on it.
  const deletes = removed.length > 0 && paths.includes('') && live!.filesBelow('').every((file) => going.has(file));
  return live?.missing.length ? undefined : {
    branch, before: live?.tip, writes: new Map(), added: [], changed: [], removed, adopted, former, deletes, refusals,
  };
}
