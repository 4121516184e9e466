import {
  AcknowledgedManifest, AppliedManifest, DELIVERY_MANIFEST_VERSION, DeliveryManifest, ExistingManifest, RegistryManifest, RepositoryManifest,
} from '../manifest';
import { DeclaredRepository, Destination } from '../routing';
import { GrantedException } from '../validation';

/** What was rendered for a destination. */
export interface RenderedDestination {
  readonly destination: Destination;
  /** Relative to the root of the branch or artifact. */
  readonly files: readonly string[];
  readonly exceptions: readonly GrantedException[];
  /** The objects as a cluster gets them. */
  readonly objects: readonly string[];
  /** Those that Flux leaves when it drops them. */
  readonly kept: readonly string[];
}

/** All that `delivery.json` says, in any order. */
export interface DeliveryEntries {
  readonly app?: string;
  readonly inputs: { readonly [name: string]: string };
  readonly delivered: readonly RenderedDestination[];
  /** Also what nothing is delivered to stands there: what was, is taken away by its name. */
  readonly declared: readonly DeclaredRepository[];
  readonly unclaimed: readonly string[];
  /** What the Kustomizations of a directory apply. */
  readonly applies: ReadonlyMap<Destination, readonly AppliedManifest[]>;
  readonly existing: readonly ExistingManifest[];
  readonly acknowledged: readonly AcknowledgedManifest[];
}

/** The content of `delivery.json`, sorted, without what is empty. */
export function deliveryManifest(entries: DeliveryEntries): DeliveryManifest {
  const { app, inputs, delivered, declared, unclaimed, applies, existing, acknowledged } = entries;
  const repositories = new Map<string, RepositoryManifest>();
  const registries = new Map<string, RegistryManifest>();
  for (const rendered of delivered) {
    const { role, repository: { name, url }, branch, path, artifact } = rendered.destination;
    const content = {
      files: [...rendered.files].sort(byCodeUnits),
      exceptions: unlessEmpty([...rendered.exceptions].sort((a, b) => byCodeUnits(a.construct, b.construct))),
      objects: [...new Set(rendered.objects)].sort(byCodeUnits),
      kept: unlessEmpty([...new Set(rendered.kept)].sort(byCodeUnits)),
    };
    if (artifact) {
      entry(registries, name, () => ({ name, url, artifacts: [] })).artifacts.push({ ...artifact, ...content });
    } else {
      const applied = applies.get(rendered.destination) ?? [];
      entry(repositories, name, () => ({ name, url, targets: [] })).targets.push({
        role, branch, path, ...content, applies: unlessEmpty([...applied].sort((a, b) => byCodeUnits(a.kustomization, b.kustomization))),
      });
    }
  }
  declared.forEach(({ name, url, isRegistry }) => (
    isRegistry ? entry(registries, name, () => ({ name, url, artifacts: [] })) : entry(repositories, name, () => ({ name, url, targets: [] }))
  ));
  repositories.forEach(({ targets }) => targets.sort((a, b) => byCodeUnits(a.branch, b.branch) || byCodeUnits(a.path, b.path)));
  registries.forEach(({ artifacts }) => artifacts.sort((a, b) => byCodeUnits(a.artifact, b.artifact) || byCodeUnits(a.tag, b.tag)));
  return {
    version: DELIVERY_MANIFEST_VERSION,
    app,
    inputs,
    repositories: sortedByName(repositories),
    registries: unlessEmpty(sortedByName(registries)),
    unclaimed: [...unclaimed].sort(byCodeUnits),
    existing: unlessEmpty(existing),
    acknowledged: unlessEmpty(acknowledged),
  };
}

function entry<T>(entries: Map<string, T>, name: string, make: () => T): T {
  const known = entries.get(name) ?? make();
  entries.set(name, known);
  return known;
}

function sortedByName<T extends { readonly name: string }>(entries: ReadonlyMap<string, T>): T[] {
  return [...entries.values()].sort((a, b) => byCodeUnits(a.name, b.name));
}

function unlessEmpty<T>(list: readonly T[]): T[] | undefined {
  return list.length ? [...list] : undefined;
}

/** The same order in every locale. */
export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
