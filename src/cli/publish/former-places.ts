import { DesiredTarget } from './desired';
import { Ownership, OwnRecord, sameTexts } from './ownership';
import { isWithin, OWNERSHIP_FILE } from '../../manifest';
import { LiveBranch } from '../git/live-branch';
import { FormerPlace } from '../images/live-images';

/** What is new on a branch. */
export interface FreshTargets {
  /** Directories without a record. */
  readonly fresh: readonly DesiredTarget[];
  /** All that is rendered for the branch. */
  readonly all: readonly DesiredTarget[];
  readonly inputs: Ownership['inputs'];
}

/**
 * Where files with image markers stood before the app delivered them to a new directory of the branch, by the new path: in a directory
 * that is the app's and not rendered now, at the same path or at the same one relative to it. Where that was rendered from other inputs
 * it may be another environment's, so that what was rendered there tells nothing. A config directory is its cluster's for good.
 *
 * Looks through the whole branch, so only what is new asks.
 *
 * @param recordIn the record of a folder, if it is the app's
 */
export function formerPlaces(
  { fresh, all, inputs }: FreshTargets, live: LiveBranch, recordIn: (folder: string) => OwnRecord | undefined,
): Map<string, FormerPlace[]> {
  const marked = fresh.filter(({ delivered }) => !delivered).flatMap((target) => (
    target.files.filter((file) => file.marked).map(({ path }) => ({ path, within: target.path ? path.slice(target.path.length + 1) : path }))
  ));
  if (marked.length === 0) {
    return new Map();
  }
  const rendered = new Set(all.map(({ path }) => path));
  const files = new Set(live.filesBelow(''));
  const folders = [...files].filter((file) => file === OWNERSHIP_FILE || file.endsWith(`/${OWNERSHIP_FILE}`))
    .map((file) => file.slice(0, -OWNERSHIP_FILE.length - 1)).filter((folder) => !rendered.has(folder));
  return new Map(marked.map(({ path, within }) => {
    const places = folders.flatMap((folder) => {
      const candidates = [path, folder ? `${folder}/${within}` : within].filter((file, index, both) => (
        files.has(file) && isWithin(file, folder) && both.indexOf(file) === index
      ));
      const record = candidates.length ? recordIn(folder) : undefined;
      return record ? candidates.flatMap((file) => placeIn(record, file, inputs)) : [];
    });
    // The app may have moved more than once.
    return [path, places.sort((one, other) => other.time - one.time)];
  }));
}

function placeIn({ ownership, source }: OwnRecord, path: string, inputs: Ownership['inputs']): (FormerPlace & { readonly time: number })[] {
  const images = ownership.images ?? {};
  const published = Object.hasOwn(images, path) ? images[path] : undefined;
  return published ? [{ path, published: sameTexts(ownership.inputs, inputs) ? published : {}, time: Date.parse(source?.date ?? '') || 0 }] : [];
}
