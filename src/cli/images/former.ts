import { ImageMarker, MarkedFile } from './marked-file';
import { isByOrder } from './place';

/** Marked values as they were rendered when they were published, by the keys of `MarkedFile.markers`. */
export interface PublishedImages {
  readonly [marker: string]: string;
}

/** A published file as it is now, and what was rendered for it then. */
export interface FormerFile {
  readonly live: MarkedFile;
  /** Empty where nobody knows. */
  readonly published: PublishedImages;
  /** Where it is, if not where the merged file goes. */
  readonly path?: string;
}

/** What a marker was before. */
export interface FormerValue {
  readonly live: ImageMarker;
  /** What was rendered when it was published; undefined where nobody knows. */
  readonly last?: string;
  /** Whether it is surely the same marker, or one that only has another policy now. */
  readonly isSame: boolean;
  /** The file, if another one. */
  readonly path?: string;
}

/** Looks for a marker in what was there before: by itself, else whatever has its place, else one of its policy that has left its own place. */
export function formerValue(key: string, rendered: MarkedFile, formers: readonly FormerFile[]): FormerValue | undefined {
  const itself = formers.find(({ live, published }) => live.markers.has(key) && Object.hasOwn(published, key));
  if (itself) {
    return { live: itself.live.markers.get(key)!, last: itself.published[key], isSame: true, path: itself.path };
  }
  const atPlace = formers.flatMap((former) => valueAtPlace(key, rendered, former) ?? []);
  return atPlace.find(({ isSame }) => isSame) ?? atPlace[0] ?? strayed(key, rendered, formers);
}

function valueAtPlace(key: string, rendered: MarkedFile, { live, published, path }: FormerFile): FormerValue | undefined {
  const liveKey = live.markers.has(key) ? key : slotsOf(live.markers, live.markers.keys()).get(slotOf(key));
  if (liveKey === undefined) {
    return undefined;
  }
  const lastKey = [key, liveKey].find((one) => Object.hasOwn(published, one)) ?? slotsOf(published, Object.keys(published)).get(slotOf(key));
  const marker = live.markers.get(liveKey)!;
  const isSame = lastKey !== undefined && partOf(lastKey) === partOf(key) && partOf(liveKey) === partOf(key) &&
    (!isByOrder(key) || hasNewPolicy(rendered.markers.get(key)!, marker, rendered, live));
  return { live: marker, last: lastKey === undefined ? undefined : published[lastKey], isSame, path };
}

/** Where order alone tells what was where, a policy must have gone for another one to have come. */
function hasNewPolicy({ policy }: ImageMarker, former: ImageMarker, rendered: MarkedFile, live: MarkedFile): boolean {
  const has = ({ markers }: MarkedFile, one: string) => [...markers.values()].some((marker) => marker.policy === one);
  return policy === former.policy || !has(rendered, former.policy) && !has(live, policy);
}

/** A value of the same policy that was rendered alike and is gone from where it was: in a container with another name, say. */
function strayed(key: string, rendered: MarkedFile, formers: readonly FormerFile[]): FormerValue | undefined {
  const { policy, value } = rendered.markers.get(key)!;
  for (const { live, published, path } of formers) {
    const found = [...live.markers].find(([one, marker]) => marker.policy === policy && published[one] === value && !rendered.markers.has(one));
    if (found) {
      return { live: found[1], last: value, isSame: false, path };
    }
  }
  return undefined;
}

const SLOTS = new WeakMap<object, ReadonlyMap<string, string>>();

/** The keys of markers by what they say apart from the policy; kept with `owner`, for each file asks the formers of all. */
function slotsOf(owner: object, keys: Iterable<string>): ReadonlyMap<string, string> {
  let slots = SLOTS.get(owner);
  if (!slots) {
    // The first one wins.
    SLOTS.set(owner, slots = new Map([...keys].reverse().map((key) => [slotOf(key), key])));
  }
  return slots;
}

/** The place, numbered if it is there twice: what a key of `MarkedFile.markers` says apart from the policy. */
export function slotOf(key: string): string {
  return key.replace(/ # \S+( \(\d+\))?$/, '$1');
}

function partOf(key: string): string | undefined {
  return / # [^\s:]+:[^\s:]+(:\w+)?(?: \(\d+\))?$/.exec(key)?.[1];
}
