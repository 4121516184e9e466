import { readOwnership, ReadOwnership } from './ownership';
import { ownershipFileOf } from '../../manifest';
import { LiveBranch } from '../git/live-branch';

/** What the record of a directory says; undefined if there is none, or `live` has to load it first. */
export function recordAt(live: LiveBranch, path: string): ReadOwnership | undefined {
  const found = live.find(ownershipFileOf({ path }));
  return found.kind === 'file' ? readOwnership(live.content(found.oid), path) : undefined;
}
