import { DesiredTarget } from './desired';
import { OwnRecord } from './ownership';
import { isWithin, OWNERSHIP_FILE } from '../../manifest';
import { LiveBranch } from '../git/live-branch';
import { FormerFile, slotOf } from '../images/former';
import { markedFile } from '../images/marked-file';

/**
 * What is known of marked files of directories that are new on a branch, by their paths: the file itself, if a directory around it had it;
 * else those with values that automations have set at the same places, in directories that are the app's and not rendered now. Such a one may be
 * where the app delivered before or another environment's, which nothing tells apart, so that they only serve to warn: nobody knows what
 * was rendered. Of several it is the one whose path ends most alike, then the one of the newest source commit. A config directory is its
 * cluster's for good.
 *
 * Looks through the whole branch, so only what is new asks.
 *
 * @param fresh directories without a record
 * @param rendered paths of all directories that are rendered for the branch
 * @param recordIn the record of a folder, if it is the app's
 */
export function formerFiles(
  fresh: readonly DesiredTarget[], rendered: ReadonlySet<string>, live: LiveBranch, recordIn: (folder: string) => OwnRecord | undefined,
): Map<string, FormerFile[]> {
  const wanted = new Map(fresh.filter(({ delivered }) => !delivered).flatMap((target) => target.files.flatMap(({ path, marked }) => (
    marked ? [[path, { folder: target.path, keys: [...marked.markers.keys()] }] as const] : []
  ))));
  const same = new Map<string, FormerFile>();
  const byEnd = new Map<string, FormerFile>();
  for (const { folder, record } of wanted.size ? recordsOf(live, rendered, recordIn) : []) {
    for (const [path, published] of Object.entries(record.ownership.images ?? {})) {
      const found = live.find(path);
      const file = found.kind === 'file' && isWithin(path, folder) ? markedFile(live.content(found.oid)) : undefined;
      if (file && wanted.has(path)) {
        addNew(same, path, { live: file, published });
      } else if (file) {
        const markers = new Map([...file.markers].filter(([key, { value }]) => !Object.hasOwn(published, key) || published[key] !== value));
        const former = { live: { ...file, markers }, published: {}, path };
        [...markers.keys()].forEach((key) => endsOf(path, folder, key).forEach((end) => addNew(byEnd, end, former)));
      }
    }
  }
  return new Map([...wanted].map(([path, { folder, keys }]) => {
    const itself = same.get(path);
    const others = keys.flatMap((key) => byEnd.get(endsOf(path, folder, key).find((end) => byEnd.has(end)) ?? '') ?? []);
    return [path, itself ? [itself] : [...new Set(others)]];
  }));
}

/** The app's records in directories that are not rendered now, the one of the newest source commit first. */
function recordsOf(live: LiveBranch, rendered: ReadonlySet<string>, recordIn: (folder: string) => OwnRecord | undefined) {
  const time = ({ source }: OwnRecord) => Date.parse(source?.date ?? '') || 0;
  return live.filesBelow('').filter((file) => file === OWNERSHIP_FILE || file.endsWith(`/${OWNERSHIP_FILE}`)).flatMap((file) => {
    const folder = file.slice(0, -OWNERSHIP_FILE.length - 1);
    const record = rendered.has(folder) ? undefined : recordIn(folder);
    return record ? [{ folder, record }] : [];
  }).sort((one, other) => time(other.record) - time(one.record));
}

/** A marker's place in a file, by all ends of the file's path from the whole one to that relative to its directory. */
function endsOf(path: string, folder: string, key: string): string[] {
  const parts = path.split('/');
  const count = folder ? folder.split('/').length : 0;
  return Array.from({ length: count + 1 }, (_, index) => JSON.stringify([parts.slice(index).join('/'), slotOf(key)]));
}

function addNew<T>(map: Map<string, T>, key: string, value: T): void {
  if (!map.has(key)) {
    map.set(key, value);
  }
}
