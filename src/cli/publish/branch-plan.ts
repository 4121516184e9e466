import { FoundRecord } from './neighbours';
import { NewestSourcesJson, SourcePoint } from './newest-sources';
import { Ownership } from './ownership';
import { SourceCommit } from './source';
import { DeliveryManifest } from '../../manifest';

export interface PlanContext {
  readonly manifest: DeliveryManifest;
  readonly source?: SourceCommit;
  /** Take over what is nobody's. */
  readonly adopt: boolean;
  /** Replace what was edited since we published it. */
  readonly overwrite: boolean;
  /** Whether an app may lose all that it delivers at once. */
  readonly mayLoseAll: boolean;
  /** What a run has found out and the records of config directories are to hold. */
  readonly findings: RunFindings;
}

/** What becomes known while repositories are published one after the other. */
export interface RunFindings {
  /** Keys of all places that the app delivers to. */
  readonly rendered: ReadonlySet<string>;
  /** Keys of places that have left the app and were deleted. */
  readonly gone: Set<string>;
  /** The newest source commits in repositories whose host takes no ref for them, by the repository's name. */
  readonly sources: Map<string, NewestSourcesJson>;
  /** What the records of config directories said of newest source commits, likewise. */
  readonly recorded: Map<string, NewestSourcesJson>;
}

/** What one commit will do to a branch; nothing unless it `hasChanges`. */
export interface BranchPlan {
  readonly branch: string;
  /** The commit that it starts from; undefined for a new branch. */
  readonly before?: string;
  readonly writes: Map<string, Buffer>;
  readonly added: string[];
  readonly changed: string[];
  readonly removed: string[];
  /** Directories and files that were not ours, or not as we left them. */
  readonly adopted: string[];
  /** What we left in each directory of ours, before this. */
  readonly former: readonly FormerTarget[];
  /** Whether nothing is left, so that the branch goes. */
  readonly deletes?: boolean;
  /** What the app has for other clusters than those that were rendered, where that matters: something has left those that were. */
  readonly elsewhere?: readonly FoundRecord[];
  /** Why it cannot be done unless the source at hand knows that commit. */
  readonly doubts?: readonly { readonly commit: string; readonly text: string }[];
  /** Why it cannot be done; each names object, problem and remedy. */
  readonly refusals: string[];
  /** What the user should know of it. */
  readonly warnings?: readonly string[];
}

/** A directory that is ours already. */
export interface FormerTarget {
  readonly path: string;
  readonly ownership: Ownership;
  /** The source commit of its last change. */
  readonly source?: SourcePoint;
  /** Where that commit is. */
  readonly url?: string;
}

export function hasChanges(plan: BranchPlan): boolean {
  return plan.writes.size + plan.removed.length > 0;
}

export type BranchChange = 'create' | 'update' | 'delete' | 'none';

export function changeOf(plan: BranchPlan): BranchChange {
  return !hasChanges(plan) ? 'none' : plan.deletes ? 'delete' : plan.before ? 'update' : 'create';
}
