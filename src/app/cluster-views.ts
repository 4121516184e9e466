import { ApiObject } from 'cdk8s';
import { RoutedDestination, Routing } from './route';
import { canonicalGitUrl } from '../git';
import { Destination } from '../routing';
import { AppliedSet, ClusterView, ExistingObject, groupOf, isFluxGroup, isFluxObject, itemsOf, RuledObject } from '../rules';

/**
 * What is known of each cluster: its directory of Flux objects, and the branches that Kustomizations in it apply. Without a cluster all
 * is one, and with several what names none stands by itself.
 *
 * @param jsonOf what an object renders
 */
export function clusterViews(routing: Routing, existing: readonly ExistingObject[], jsonOf: (object: ApiObject) => any): ClusterView[] {
  const ruled = (objects: readonly ApiObject[]): RuledObject[] => objects.flatMap((object) => (
    itemsOf(jsonOf(object)).map((json) => ({ object: json, at: object.node.path }))
  ));
  const branches = routing.destinations.filter(({ destination }) => destination.role === 'manifests').map((routed) => ({
    routed, objects: ruled(objectsOf(routed)), applied: false,
  }));
  const byPlace = new Map(branches.map((branch) => [placeOf(branch.routed.destination), branch]));
  const remote: ClusterView[] = [];
  /** The branches that Kustomizations among the objects apply. What one applies to another cluster is a view of its own. */
  const branchesOf = (flux: readonly RuledObject[]): AppliedSet[] => {
    const sources = new Map(flux.filter(({ object }) => isFluxObject(object, 'GitRepository')).map(({ object }) => [idOf(object), object]));
    return flux.filter(({ object }) => isFluxObject(object, 'Kustomization')).flatMap((kustomization) => {
      const { object } = kustomization;
      const { sourceRef, path, kubeConfig } = object.spec ?? {};
      const source = sourceRef?.kind === 'GitRepository'
        ? sources.get(`${sourceRef.namespace ?? object.metadata?.namespace}/${sourceRef.name}`)
        : undefined;
      const branch = typeof source?.spec?.url === 'string'
        ? byPlace.get(place(source.spec.url, source.spec.ref?.branch, path))
        : undefined;
      if (!branch) {
        return [];
      }
      branch.applied = true;
      const set = setOf(object, branch.objects);
      if (kubeConfig) {
        const there = [...flux, ...branch.objects].flatMap((known) => [existingFrom(known.object), namespaceOf(known.object)]);
        remote.push({ applied: [{ byHand: true, objects: [kustomization] }, set], existing: [...existing, ...there] });
        return [];
      }
      return [set];
    });
  };

  const unclaimed = routing.unclaimed.flat().map(({ construct }) => construct as ApiObject);
  // The file of each chart may be meant for another cluster.
  const fluxByChart = routing.unclaimed.map((chart) => (
    ruled(chart.map(({ construct }) => construct as ApiObject).filter(({ apiGroup }) => isFluxGroup(apiGroup)))
  ));
  const fluxByHand = fluxByChart.flat();
  const otherByHand = ruled(unclaimed.filter(({ apiGroup }) => !isFluxGroup(apiGroup)));
  const clusters = routing.destinations.filter(({ destination }) => destination.role === 'config');
  const knownByHand = fluxByHand.map(({ object }) => existingFrom(object));
  const views: ClusterView[] = clusters.map((routed) => {
    const objects = ruled(objectsOf(routed));
    return {
      ...routed.destination.cluster,
      applied: [setOf(applierOf(routed.destination, objects), objects), ...branchesOf(objects), { byHand: true, objects: otherByHand }],
      existing: [...existing, ...knownByHand],
    };
  });
  // What names no cluster may be applied to any of them, so that everything is there for it.
  const byHand = branchesOf(fluxByHand);
  const stray = branches.filter(({ applied }) => !applied)
    .map(({ routed: { destination: { targetNamespace } }, objects }) => ({ targetNamespace, objects }));
  if (fluxByHand.length || stray.length || !clusters.length) {
    views.push({
      applied: [
        ...[...fluxByChart, clusters.length ? [] : otherByHand].map((objects) => ({ byHand: true, objects })),
        ...byHand,
        ...stray,
      ],
      existing: [...existing, ...views.flatMap(({ applied }) => applied.flatMap(({ objects }) => objects.map(({ object }) => existingFrom(object))))],
    });
  }
  return [...views, ...remote];
}

function objectsOf({ files }: RoutedDestination): ApiObject[] {
  return [...files.values()].flatMap(({ objects }) => objects.map(({ object }) => object));
}

/** What a Kustomization applies. */
function setOf(kustomization: any, objects: readonly RuledObject[]): AppliedSet {
  const { targetNamespace, namePrefix, nameSuffix, postBuild, patches } = kustomization?.spec ?? {};
  return {
    by: kustomization && idOf(kustomization),
    targetNamespace,
    namePrefix,
    nameSuffix,
    objects: postBuild || patches ? objects.map((ruled) => ({ ...ruled, substituted: Boolean(postBuild), uncertain: Boolean(patches) })) : objects,
  };
}

/** The Kustomization that applies the directory of a cluster: the one whose path it is. */
function applierOf({ path }: Destination, objects: readonly RuledObject[]): any {
  return objects.find(({ object }) => isFluxObject(object, 'Kustomization') && directory(object.spec?.path) === path)?.object;
}

function idOf({ metadata }: any): string {
  return `${metadata?.namespace}/${metadata?.name}`;
}

function placeOf({ repository, branch, path }: Destination): string {
  return place(repository.url, branch, path);
}

function place(url: string, branch: unknown, path: unknown): string {
  return [canonicalGitUrl(url), branch, directory(path)].join('\0');
}

/** A path as a Kustomization may write it, without what says nothing. */
function directory(path: unknown): string {
  return typeof path === 'string' ? path.split('/').filter((part) => part && part !== '.').join('/') : '';
}

function namespaceOf({ metadata }: any): ExistingObject {
  return { group: '', kind: 'Namespace', name: metadata?.namespace };
}

function existingFrom({ apiVersion, kind, metadata }: any): ExistingObject {
  return { group: groupOf(apiVersion), kind, name: metadata?.name, namespace: metadata?.namespace };
}
