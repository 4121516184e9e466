import { Applier, isFluxKustomization, kustomizationName, takesAllWithIt } from './appliers';
import { Files, FieldChange, ObjectChange } from './change';
import { compareObjects } from './compare';
import { changed, created, deleted, Judgement } from './effects';
import { Hidden } from './hidden';
import { withImmutable } from './immutable';
import { FileObject, isRecord, ObjectFile, readObjects } from './object-file';

/** An object on either side, and its file if it is none. */
export interface Difference {
  readonly before?: FileObject;
  readonly after?: FileObject;
  readonly fields: readonly FieldChange[];
  /** What is not certain about it. */
  readonly doubts?: readonly string[];
}

/** How two states of a directory differ. */
export interface Differences {
  readonly objects: readonly Difference[];
  /** What is no object. */
  readonly files: readonly ObjectChange[];
}

/**
 * What it would do to objects to have the files of `after` in place of those of `before`. Files that are the same on both sides may
 * be left out.
 */
export function diffOf(before: Files, after: Files, appliers: readonly Applier[] = []): ObjectChange[] {
  const { objects, files } = compareFiles(before, after);
  return sorted([...judged(objects, appliers), ...files]);
}

export function sorted(changes: readonly ObjectChange[]): ObjectChange[] {
  return [...changes].sort((one, other) => one.object < other.object ? -1 : one.object > other.object ? 1 : one.file < other.file ? -1 : 1);
}

/** What a Kustomization has applied and would prune, by its `namespace/name`. */
type Taken = (kustomization: string) => readonly string[];

function takes({ object }: FileObject, taken: Taken): Pick<ObjectChange, 'takes'> {
  const objects = isFluxKustomization(object) && takesAllWithIt(object) ? taken(kustomizationName(object)) : [];
  return objects.length ? { takes: objects } : {};
}

/** The differences as changes, with what Flux makes of them. */
export function judged(differences: readonly Difference[], appliers: readonly Applier[], taken: Taken = () => []): ObjectChange[] {
  const fresh = differences.flatMap(({ before, after }) => before || !after ? [] : [after]);
  return differences.map(({ before, after, fields, doubts = [] }) => {
    const base = { object: (after ?? before)!.id, of: 'object' as const, file: (after ?? before)!.file, fields };
    return before && after ? { ...base, change: 'changed', ...changed(before, after, fields, appliers) }
      : after ? { ...base, change: 'created', ...doubted(created(after, appliers), doubts) }
        : { ...base, change: 'deleted', ...deleted(before!, fresh, appliers), ...takes(before!, taken) };
  });
}

function doubted({ effect, notes }: Judgement, doubts: readonly string[]): Judgement {
  return { effect, notes: [...doubts, ...notes] };
}

/** Pairs objects by identity, in whatever file they are. */
export function compareFiles(before: Files, after: Files): Differences {
  const isTold = (path: string) => !isRecord(path) && !isSame(before.get(path), after.get(path));
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter(isTold).sort();
  const read = (files: Files) => new Map(paths.flatMap((path) => files.has(path) ? [[path, readObjects(path, files.get(path)!)]] : []));
  const [old, fresh] = [read(before), read(after)];
  const [oldObjects, newObjects] = [old, fresh].map(byIdentity);
  const objects = [...new Set([...oldObjects.keys(), ...newObjects.keys()])].map((key) => {
    const [one, other] = [oldObjects.get(key), newObjects.get(key)];
    const doubts = !one && other && old.get(other.file)?.problem ? ['it may be there already, in what cannot be read'] : [];
    return { ...difference(one, other), doubts };
  });
  return {
    // What stood in a file that can no longer be read is neither there nor gone.
    objects: objects.filter(({ before: one, after: other, fields }) => (one && other ? fields.length > 0 : other || !fresh.get(one!.file)?.problem)),
    files: paths.flatMap((path) => [...buildChanges(path, old, fresh), ...fileChange(path, old.get(path), fresh.get(path))]),
  };
}

/** The change of one object from a place to another. */
export function difference(before: FileObject | undefined, after: FileObject | undefined): Difference {
  return { before, after, fields: before && after ? withImmutable(compareObjects(before, after), before.object, after.object) : [] };
}

/** What of a `kustomization.yaml` holds no text of others: generators and patches may hold secrets. */
const OPEN_BUILD = ['apiVersion', 'kind', 'resources', 'components', 'crds', 'namespace', 'namePrefix', 'nameSuffix', 'images', 'replicas', 'labels', 'commonLabels'];

function isSame(one: Buffer | undefined, other: Buffer | undefined): boolean {
  return one !== undefined && other !== undefined && one.equals(other);
}

/** What is there twice is told apart by its turn. */
function byIdentity(files: ReadonlyMap<string, ObjectFile>): Map<string, FileObject> {
  const found = new Map<string, FileObject>();
  for (const object of [...files.values()].flatMap(({ objects }) => objects)) {
    let key = object.id;
    for (let turn = 2; found.has(key); turn++) {
      key = `${object.id}\0${turn}`;
    }
    found.set(key, object);
  }
  return found;
}

function fileChange(path: string, old: ObjectFile | undefined, fresh: ObjectFile | undefined): ObjectChange[] {
  const notes = [[old, 'what is there'], [fresh, 'what was rendered']].flatMap(([file, which]) => (
    (file as ObjectFile | undefined)?.problem ? [`${which as string} ${(file as ObjectFile).problem}`] : []
  ));
  const failing = fresh?.problem ? [...notes, 'where kustomize cannot read it either, Flux applies and deletes nothing of this directory until it is mended'] : notes;
  return old?.hasMore || fresh?.hasMore ? [fileOnly(path, old ? fresh ? 'changed' : 'deleted' : 'created', failing)] : [];
}

/**
 * A `kustomization.yaml` decides which of the files are applied. That it lists a file which comes, and no longer one that goes, is no
 * news.
 */
function buildChanges(path: string, old: ReadonlyMap<string, ObjectFile>, fresh: ReadonlyMap<string, ObjectFile>): ObjectChange[] {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const [before, after] = [[old, fresh], [fresh, old]].map(([own, other]) => (own.get(path)?.builds ?? []).map((build): any => ({
    ...Object.fromEntries(Object.entries(build).map(([key, value]) => [key, OPEN_BUILD.includes(key) ? value : new Hidden(value)])),
    resources: Array.isArray(build.resources)
      ? build.resources.filter((entry: unknown) => typeof entry !== 'string' || other.has(folder + entry) || !own.has(folder + entry)) : build.resources,
  })));
  const isPlain = [before, after].every((builds) => builds.every(({ apiVersion, kind, resources, ...more }) => Object.keys(more).length === 0));
  if (isPlain && (before.length === 0 || after.length === 0)) {
    return [];
  } else if (before.length !== 1 || after.length !== 1) {
    return [fileOnly(path, before.length ? after.length ? 'changed' : 'deleted' : 'created', [])];
  }
  const asObject = (object: any): FileObject => ({ id: path, object, file: path, markerAt: () => undefined });
  const { fields } = difference(asObject(before[0]), asObject(after[0]));
  return fields.length === 0 ? [] : [{ ...fileOnly(path, 'changed', ['it decides which objects are applied, and how']), fields }];
}

function fileOnly(path: string, change: ObjectChange['change'], notes: readonly string[]): ObjectChange {
  return { object: path, of: 'file', change, file: path, fields: [], effect: 'none', notes };
}
