import { ObjectChange } from './change';
import { compareFiles, difference, Difference, judged, sorted } from './compare-files';
import { moved } from './effects';
import { Place } from './places';

/** A place with what would become of its objects. */
export interface ComparedPlace {
  readonly place: Place;
  readonly changes: readonly ObjectChange[];
}

/** Compares all places; what leaves one and comes in another of the same cluster has moved. */
export function comparePlaces(places: readonly Place[]): ComparedPlace[] {
  const compared = places.map((place) => place.left ? { place, objects: [], files: [] } : { place, ...compareFiles(place.before, place.after) });
  const moves = compared.map((): ObjectChange[] => []);
  const gone = new Set<Difference>();
  const leaving = new Map<string, { readonly place: Place; readonly one: Difference }[]>();
  for (const { place, objects } of compared) {
    for (const one of objects.filter(({ after }) => !after)) {
      const { id } = one.before!;
      leaving.set(id, [...leaving.get(id) ?? [], { place, one }]);
    }
  }
  compared.forEach(({ place, objects }, index) => {
    for (const fresh of objects.filter(({ before }) => !before)) {
      const found = (leaving.get(fresh.after!.id) ?? []).filter(({ place: other, one }) => !gone.has(one) && inOneCluster(other, place));
      if (found.length === 1) {
        const [{ place: old, one }] = found;
        [one, fresh].forEach((each) => gone.add(each));
        const { fields } = difference(one.before, fresh.after);
        moves[index].push({
          object: fresh.after!.id,
          of: 'object',
          change: 'moved',
          file: fresh.after!.file,
          from: `${old.repository}/${old.branch}/${one.before!.file}`,
          fields,
          ...moved({ object: one.before!, appliers: old.appliers }, { object: fresh.after!, appliers: place.appliers }, fields),
        });
      }
    }
  });
  return compared.map(({ place, objects, files }, index) => ({
    place,
    changes: sorted([...judged(objects.filter((one) => !gone.has(one)), place.appliers, place.taken), ...moves[index], ...files]),
  }));
}

/** Where no cluster is known, it is taken to be one: the same object twice is more often a move than two. */
function inOneCluster(one: Place, other: Place): boolean {
  return !one.clusters || !other.clusters || one.clusters.some((cluster) => other.clusters!.includes(cluster));
}
