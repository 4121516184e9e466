import { DeliveredRecord, placeKey, placeName } from './delivered';
import { Ownership } from './ownership';

/** What a config directory says, as far as it matters to others. */
export type ConfigState = Pick<Ownership, 'app' | 'delivered' | 'objects' | 'kept'>;

export interface ConfigProblems {
  readonly refusals: readonly string[];
  readonly warnings: readonly string[];
}

const SHOWN = 3;

/**
 * What of a config directory would break or prune what is there: by other apps of the cluster, or by this one before.
 *
 * Flux prunes by Kustomization: what one drops is deleted, also if another applies it from now on (kustomize-controller's inventory).
 */
export function configProblems(now: ConfigState, former: ConfigState | undefined, others: readonly ConfigState[]): ConfigProblems {
  const { fresh, old } = clashes(now, former, others);
  return { refusals: [...fresh, ...former ? [...renamed(now, former), ...suspended(now, former), ...moved(now, former)] : []], warnings: old };
}

/** What was there before is no reason to keep a mended app from being published. */
function clashes(now: ConfigState, former: ConfigState | undefined, others: readonly ConfigState[]): { fresh: string[]; old: string[] } {
  const owners = new Map(others.flatMap((other) => applications(other).map((one) => [one.identity, other.app] as const)));
  const known = former?.delivered && new Set(applications(former).map(({ identity }) => identity));
  const told = (which: readonly Application[]) => (
    grouped(which.map(({ object, identity }) => ({ object, with: owners.get(identity) }))).map(({ objects, with: app }) => (
      `${objects}: app '${app}' delivers that to this cluster already, and the last one to apply it would win. ` +
      'Give one of the two another name, or leave it to one app'
    ))
  );
  const all = applications(now);
  // A record of an earlier version says nothing of objects.
  const isOld = ({ identity }: Application) => former !== undefined && (known === undefined || known.has(identity));
  return { fresh: told(all.filter((one) => !isOld(one))), old: told(all.filter(isOld)) };
}

/** Another Kustomization for the same place. */
function renamed(now: ConfigState, former: ConfigState): string[] {
  const places = new Map(entries(now).map((entry) => [placeKey(entry), entry]));
  return entries(former).flatMap((old) => {
    const after = places.get(placeKey(old));
    const gone = old.kustomizations.find((name) => !kustomizations(now).has(name));
    const isRenamed = after?.kustomizations.length && !old.kustomizations.some((name) => after.kustomizations.includes(name));
    return isRenamed && gone !== undefined && !old.orphans ? [
      `Kustomization '${gone}': is '${after.kustomizations[0]}' now, and Flux would delete all that it has applied from ${placeName(old)}. ` +
      `Keep the name, or do it in two steps: publish with deletionPolicy Orphan on '${gone}' first, then rename it`,
    ] : [];
  });
}

function suspended(now: ConfigState, former: ConfigState): string[] {
  return entries(former).filter(({ suspended: was, orphans }) => was && !orphans).flatMap((old) => (
    old.kustomizations.filter((name) => !kustomizations(now).has(name)).map((name) => (
      `Kustomization '${name}': is suspended, and removing it would leave all that it has applied from ${placeName(old)} behind, without an owner. ` +
      'Publish it resumed first, or with deletionPolicy Orphan if that is what you want'
    ))
  ));
}

/** From one Kustomization to another: the one that drops an object deletes it, whichever comes first. */
function moved(now: ConfigState, former: ConfigState): string[] {
  const after = new Map<string, Set<string>>();
  applications(now).forEach(({ identity, by }) => after.set(identity, (after.get(identity) ?? new Set()).add(by)));
  const places = new Set(entries(now).map(placeKey));
  return grouped(applications(former).flatMap(({ object, identity, by, kept, delivery }) => {
    const [to] = after.get(identity) ?? [];
    const stays = to === undefined || after.get(identity)!.has(by) || kept;
    const goes = delivery !== undefined && !kustomizations(now).has(by);
    // A Kustomization that was renamed is told of as a whole.
    return stays || goes && (delivery.orphans || places.has(placeKey(delivery))) ? [] : [{ object, with: `'${by}' to '${to}'` }];
  })).map(({ objects, with: way }) => (
    `${objects}: moves from Kustomization ${way}, and Flux deletes what the first one drops. Publish it with the annotation ` +
    'kustomize.toolkit.fluxcd.io/prune: disabled where it is first, and move it after that'
  ));
}

interface Application {
  readonly object: string;
  /** The object and the cluster that it is applied to. */
  readonly identity: string;
  /** `namespace/name` of the Kustomization, or the name that every config directory's has by rule. */
  readonly by: string;
  readonly kept: boolean;
  /** Absent for what stands in the config directory itself. */
  readonly delivery?: DeliveredRecord;
}

/** Who applies which object. */
function applications({ app, objects = [], kept = [], delivered = [] }: ConfigState): Application[] {
  const own = new Set(kept);
  return [
    ...objects.map((object) => ({ object, identity: object, by: `${app}-config`, kept: own.has(object) })),
    ...entries({ app, delivered }).flatMap((delivery) => {
      const stays = new Set(delivery.kept);
      return delivery.kustomizations.flatMap((by) => (delivery.objects ?? []).map((object) => (
        { object, identity: [object, delivery.clusters?.[by] ?? []].flat().join('\0'), by, kept: stays.has(object), delivery }
      )));
    }),
  ];
}

/** What is delivered; what has left is there, too, in a record. */
function entries({ delivered = [] }: ConfigState): readonly DeliveredRecord[] {
  return delivered.filter(({ left }) => !left);
}

function kustomizations(state: ConfigState): Set<string> {
  return new Set(entries(state).flatMap((entry) => entry.kustomizations));
}

/** Objects with the same fate, told together. */
function grouped(objects: readonly { object: string; with?: string }[]): { objects: string; with: string }[] {
  const groups = new Map<string, Set<string>>();
  for (const { object, with: fate } of objects) {
    if (fate !== undefined) {
      groups.set(fate, (groups.get(fate) ?? new Set()).add(object));
    }
  }
  return [...groups].map(([fate, members]) => {
    const [first, ...more] = [...members].map((object) => `'${object}'`);
    const shown = [first, ...more.slice(0, SHOWN - 1)].join(', ');
    return { objects: `${more.length ? 'objects' : 'object'} ${shown}${more.length >= SHOWN ? ` and ${more.length + 1 - SHOWN} more` : ''}`, with: fate };
  });
}
