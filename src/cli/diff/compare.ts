import { isDeepStrictEqual } from 'util';
import { FieldChange } from './change';
import { Hidden, isSame, isSecretive, withoutSecrets } from './hidden';
import { FileObject } from './object-file';
import { isMap } from '../validate/objects';
import { Token } from '../validate/yaml-file';

/** What tells the items of a list apart, where all have it and no two the same; the first that does is taken. */
const ITEM_KEYS = ['name', 'mountPath', 'containerPort', 'port', 'key', 'topologyKey', 'host', 'path', 'ip', 'type', 'id'];

/** A place of both sides. */
interface Place {
  readonly field: string;
  readonly before: readonly Token[];
  readonly after: readonly Token[];
}

/** The fields in which two objects of one identity differ: as values and image markers; how they are written does not count. */
export function compareObjects(before: FileObject, after: FileObject): FieldChange[] {
  const secretive = isSecretive(before.object) || isSecretive(after.object);
  return new Comparison(before, after).of(withoutSecrets(before.object, secretive), withoutSecrets(after.object, secretive));
}

class Comparison {
  private readonly changes: FieldChange[] = [];

  constructor(private readonly before: FileObject, private readonly after: FileObject) {}

  public of(before: unknown, after: unknown): FieldChange[] {
    this.values(before, after, { field: '', before: [], after: [] });
    return this.changes;
  }

  private values(before: unknown, after: unknown, place: Place): void {
    if (isPlainMap(before) && isPlainMap(after)) {
      this.maps(before, after, place);
    } else if (Array.isArray(before) && Array.isArray(after)) {
      this.lists(before, after, place);
    } else {
      if (!isSame(before, after)) {
        this.add(place, before, after);
      }
      this.markers(place);
    }
  }

  private maps(before: Record<string, unknown>, after: Record<string, unknown>, place: Place): void {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const inner = below(place, fieldBelow(place.field, key), key, key);
      this.sides(own(before, key), own(after, key), inner);
    }
  }

  private lists(before: readonly unknown[], after: readonly unknown[], place: Place): void {
    const key = ITEM_KEYS.find((each) => isKey(each, before) && isKey(each, after));
    if (key !== undefined && (before.length || after.length)) {
      this.keyedLists(key, before as Record<string, unknown>[], after as Record<string, unknown>[], place);
    } else if (before.length === after.length && [...before, ...after].some((item) => typeof item === 'object' && item !== null)) {
      before.forEach((item, index) => this.values(item, after[index], below(place, `${place.field}[${index}]`, index, index)));
    } else if (!isSame(before, after)) {
      // Of a list of texts people want to see all: its items have no names.
      this.add(place, before, after);
      this.markersBelow(after, place);
    } else {
      after.forEach((_, index) => this.markers(below(place, `${place.field}[${index}]`, index, index)));
    }
  }

  private keyedLists(key: string, before: readonly Record<string, unknown>[], after: readonly Record<string, unknown>[], place: Place): void {
    const [old, fresh] = [before, after].map((list) => new Map(list.map((item, index) => [String(item[key]), index])));
    for (const name of new Set([...old.keys(), ...fresh.keys()])) {
      const [one, other] = [old.get(name), fresh.get(name)];
      const field = `${place.field}[${key === 'name' ? name : `${key}=${name}`}]`;
      const inner = below(place, field, one ?? NOWHERE, other ?? NOWHERE);
      this.sides(one === undefined ? NOTHING : before[one], other === undefined ? NOTHING : after[other], inner);
    }
    const [oldOrder, newOrder] = [[...old.keys()].filter((name) => fresh.has(name)), [...fresh.keys()].filter((name) => old.has(name))];
    if (!isDeepStrictEqual(oldOrder, newOrder)) {
      this.changes.push({ field: place.field, what: 'order', change: 'changed', before: oldOrder, after: newOrder });
    }
  }

  /** What may be on one side only. */
  private sides(before: unknown, after: unknown, place: Place): void {
    if (before === NOTHING || after === NOTHING) {
      this.add(place, before, after);
      this.markersBelow(after === NOTHING ? undefined : after, place);
    } else {
      this.values(before, after, place);
    }
  }

  private add({ field }: Place, before: unknown, after: unknown): void {
    const change = before === NOTHING ? 'added' : after === NOTHING ? 'removed' : 'changed';
    const isHidden = [before, after].some(holdsHidden);
    this.changes.push(isHidden ? { field, what: 'value', change, hidden: true } : {
      field, what: 'value', change, ...before === NOTHING ? {} : { before }, ...after === NOTHING ? {} : { after },
    });
  }

  /** Markers in what is new as a whole. */
  private markersBelow(value: unknown, place: Place): void {
    if (isPlainMap(value)) {
      Object.entries(value).forEach(([key, inner]) => this.markersBelow(inner, below(place, fieldBelow(place.field, key), NOWHERE, key)));
    } else if (Array.isArray(value)) {
      value.forEach((inner, index) => this.markersBelow(inner, below(place, `${place.field}[${index}]`, NOWHERE, index)));
    } else if (value !== undefined) {
      this.markers(place);
    }
  }

  private markers({ field, before, after }: Place): void {
    const [old, fresh] = [this.before.markerAt(before), this.after.markerAt(after)];
    if (old !== fresh) {
      const change = old === undefined ? 'added' : fresh === undefined ? 'removed' : 'changed';
      this.changes.push({ field, what: 'marker', change, ...old === undefined ? {} : { before: old }, ...fresh === undefined ? {} : { after: fresh } });
    }
  }
}

/** Where there is no value, not even null. */
const NOTHING = Symbol('nothing');
/** A step that leads to no place of a side. */
const NOWHERE = -1;

function own(map: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : NOTHING;
}

function isPlainMap(value: unknown): value is Record<string, unknown> {
  return isMap(value) && !(value instanceof Hidden);
}

/** The whole is hidden with the part: what is new beside it is told no more than that. */
function holdsHidden(value: unknown): boolean {
  return value instanceof Hidden || (Array.isArray(value) || isMap(value)) && Object.values(value).some(holdsHidden);
}

function isKey(key: string, list: readonly unknown[]): boolean {
  const values = list.map((item) => isMap(item) && Object.hasOwn(item, key) ? item[key] : undefined);
  return values.every((value) => typeof value === 'string' || typeof value === 'number') && new Set(values.map(String)).size === values.length;
}

function below({ before, after }: Place, field: string, old: Token, fresh: Token): Place {
  return { field, before: [...before, old], after: [...after, fresh] };
}

function fieldBelow(field: string, key: string): string {
  return !/^[\w-]+$/.test(key) ? `${field}[${key}]` : field ? `${field}.${key}` : key;
}
