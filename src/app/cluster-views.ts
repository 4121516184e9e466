import { ApiObject } from 'cdk8s';
import { Application, appliedManifest, Deliveries, DeliveredObjects, directory, idOf, objectReader, ObjectReader, objectsOf } from './applied-deliveries';
import { Routing } from './route';
import { AppliedManifest } from '../manifest';
import { Destination } from '../routing';
import { AppliedSet, ClusterView, ExistingObject, groupOf, isFluxGroup, isFluxObject, KnownObjects, RuledObject } from '../rules';

/** What is known of the clusters of an app. */
export interface Clusters {
  readonly views: ClusterView[];
  /** What the Kustomizations in a directory of Flux objects apply. */
  readonly applies: ReadonlyMap<Destination, AppliedManifest[]>;
}

/**
 * What is known of each cluster: its directory of Flux objects, and the deliveries that Kustomizations in it apply. Without a cluster all
 * is one, and with several what names none stands by itself.
 *
 * @param jsonOf what an object renders
 */
export function clusterViews(routing: Routing, existing: readonly ExistingObject[], jsonOf: (object: ApiObject) => any): Clusters {
  const ruled = objectReader(jsonOf);
  const deliveries = new Deliveries(routing.destinations, ruled);
  const byHand = unclaimedObjects(routing, ruled);
  const knownByHand = byHand.flux.flat().map(({ object }) => existingFrom(object));
  const applies = new Map<Destination, AppliedManifest[]>();
  const remote: ClusterView[] = [];
  const views: ClusterView[] = [];
  const setsOf = (flux: readonly RuledObject[], applications: readonly Application[]): AppliedSet[] => {
    const { here, elsewhere } = byCluster(applications);
    remote.push(...remoteViews(elsewhere, flux, existing));
    return here.map(({ kustomization: { object }, delivered }) => setOf(object, delivered.objects));
  };
  for (const { destination, files } of routing.destinations) {
    if (destination.role === 'config') {
      const objects = ruled(objectsOf(files));
      const applications = deliveries.appliedAmong(objects);
      applies.set(destination, applications.map(appliedManifest));
      views.push({
        ...destination.cluster,
        applied: [setOf(applierOf(destination, objects), objects), ...setsOf(objects, applications), { byHand: true, objects: byHand.others }],
        existing: [...existing, ...knownByHand],
      });
    }
  }
  // What names no cluster may be applied to any of them, so that everything is there for it.
  const flux = byHand.flux.flat();
  const applied = setsOf(flux, deliveries.appliedAmong(flux));
  const { stray } = deliveries;
  if (flux.length || stray.length || !views.length) {
    views.push({
      applied: [
        ...[...byHand.flux, views.length ? [] : byHand.others].map((objects) => ({ byHand: true, objects })),
        ...applied,
        ...stray.map(straySet),
      ],
      existing: [...existing, ...views.flatMap((view) => view.applied.flatMap(({ objects }) => objects.map(({ object }) => existingFrom(object))))],
    });
  }
  return { views: [...views, ...remote], applies };
}

/** What no delivery claimed: Flux objects by chart, for the file of each may be meant for another cluster, and all others. */
function unclaimedObjects({ unclaimed }: Routing, ruled: ObjectReader): { flux: RuledObject[][]; others: RuledObject[] } {
  const charts = unclaimed.map((chart) => chart.map(({ construct }) => construct as ApiObject));
  return {
    flux: charts.map((chart) => ruled(chart.filter(({ apiGroup }) => isFluxGroup(apiGroup)))),
    others: ruled(charts.flat().filter(({ apiGroup }) => !isFluxGroup(apiGroup))),
  };
}

/** Tells those that apply to the cluster that they are in from those that apply to another. */
function byCluster(applications: readonly Application[]): { here: Application[]; elsewhere: Application[] } {
  const isElsewhere = ({ kustomization: { object } }: Application) => Boolean(object.spec.kubeConfig);
  return { here: applications.filter((application) => !isElsewhere(application)), elsewhere: applications.filter(isElsewhere) };
}

/** What a Kustomization applies to another cluster is a view of its own, of which little is known: whatever is named is taken to be there. */
function remoteViews(applications: readonly Application[], flux: readonly RuledObject[], existing: readonly ExistingObject[]): ClusterView[] {
  // One for all: there may be as many such Kustomizations as objects.
  const all = applications.length ? [...existing, ...flux.flatMap(({ object }) => [existingFrom(object), namespaceOf(object)])] : [];
  const known = new KnownObjects(all);
  return applications.map(({ kustomization, delivered: { objects } }) => ({
    applied: [{ byHand: true, objects: [kustomization] }, setOf(kustomization.object, objects)],
    existing: objects.map(({ object }) => namespaceOf(object)),
    known,
  }));
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

function straySet({ destination: { applied: { targetNamespace } }, objects }: DeliveredObjects): AppliedSet {
  return { targetNamespace, objects };
}

/** The Kustomization that applies the directory of a cluster: the one whose path it is. */
function applierOf({ path }: Destination, objects: readonly RuledObject[]): any {
  return objects.find(({ object }) => isFluxObject(object, 'Kustomization') && directory(object.spec?.path) === path)?.object;
}

function namespaceOf({ metadata }: any): ExistingObject {
  return { group: '', kind: 'Namespace', name: metadata?.namespace };
}

function existingFrom({ apiVersion, kind, metadata }: any): ExistingObject {
  return { group: groupOf(apiVersion), kind, name: metadata?.name, namespace: metadata?.namespace };
}
