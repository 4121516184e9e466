import { readOwnership, ReadOwnership } from './ownership';
import { ownershipFileOf, TargetManifest } from '../../manifest';
import { LiveBranch } from '../git/live-branch';

const FEW_PATHS = 10;

/** Files of a branch that will be asked for first: the records of the app's directories there. */
export function firstRead(paths: readonly string[]): string[] {
  // Git walks the folders for each name: for many directories of one branch that takes longer than the rounds that it saves.
  return paths.length <= FEW_PATHS ? paths.map((path) => ownershipFileOf({ path })) : [];
}

/** The same, by branch. */
export function firstReads(targets: readonly TargetManifest[]): Map<string, string[]> {
  const paths = new Map<string, string[]>();
  for (const { branch, path } of targets) {
    const known = paths.get(branch) ?? [];
    paths.set(branch, known);
    known.push(path);
  }
  return new Map([...paths].map(([branch, some]) => [branch, firstRead(some)]));
}

/** What the record of a directory says; undefined if there is none, or `live` has to load it first. */
export function recordAt(live: LiveBranch, path: string): ReadOwnership | undefined {
  const found = live.find(ownershipFileOf({ path }));
  return found.kind === 'file' ? readOwnership(live.content(found.oid), path) : undefined;
}
