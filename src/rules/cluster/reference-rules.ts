import { ClusterIndex } from './cluster-index';
import { ClusterComplaint, ClusterRule } from './cluster-rule';
import { Reference, referencesOf } from './references';
import { mapsOf } from '../shared/json';

/** The classes that are not called `Flux<kind>`. */
const CLASSES: { readonly [kind: string]: string } = {
  GitRepository: 'FluxGitSource', OCIRepository: 'FluxOciSource', Bucket: 'FluxBucketSource', Provider: 'FluxAlertProvider',
};

/** A reference to an object that nobody makes: what refers to it waits for it for ever. */
export const missingReference: ClusterRule = {
  id: 'missing-reference',
  severity: 'error',
  absence: true,
  summary: 'An object names a source, a dependency, a chart, an image repository or a provider that nobody makes',
  source: 'all controllers of Flux: the object waits for ever, without Ready',
  check: (cluster) => missing(cluster, (reference) => !reference.optional, 'so that it would wait for ever'),
};

/** An Alert or a Receiver for an object that nobody makes: there is never anything to tell. */
export const missingSubject: ClusterRule = {
  id: 'missing-subject',
  severity: 'warning',
  absence: true,
  summary: 'An Alert or a Receiver is for an object that nobody makes',
  source: 'notification-controller: it does not look whether the object is there',
  check: (cluster) => missing(cluster, (reference) => reference.optional === true, 'so that nothing would come of it'),
};

/** A reference into another namespace, in a cluster whose controllers refuse these. */
export const crossNamespaceReference: ClusterRule = {
  id: 'cross-namespace-reference',
  severity: 'error',
  summary: 'An object names one of another namespace, in a cluster that does not allow that',
  source: 'all controllers of Flux with --no-cross-namespace-refs=true',
  *check(cluster) {
    if (!cluster.view.noCrossNamespaceRefs) {
      return;
    }
    for (const on of cluster.flux) {
      for (const { field, kind, namespace, name, restricted } of referencesOf(withNamespace(on))) {
        if (restricted && namespace !== on.namespace) {
          yield {
            on,
            field,
            problem: `${kind} '${namespace}/${name}' is in another namespace, and the controllers of this cluster refuse that`,
            remedy: `Make the ${kind} in namespace '${on.namespace}', or this object in '${namespace}'`,
          };
        }
      }
    }
  },
};

/** Objects that wait for each other. */
export const dependencyCycle: ClusterRule = {
  id: 'dependency-cycle',
  severity: 'error',
  summary: 'Kustomizations, or HelmReleases, depend on each other in a circle',
  source: 'kustomize-controller and helm-controller: they look at direct dependencies only, and all of the circle waits for ever',
  *check(cluster) {
    for (const kind of ['Kustomization', 'HelmRelease']) {
      yield* cyclesOf(cluster, kind);
    }
  },
};

function* missing(cluster: ClusterIndex, meant: (reference: Reference) => boolean, consequence: string): Iterable<ClusterComplaint> {
  for (const on of cluster.flux) {
    for (const reference of referencesOf(withNamespace(on))) {
      const { field, group, kind, namespace, name } = reference;
      if (meant(reference) && !cluster.has(group, kind, namespace, name)) {
        yield {
          on,
          field,
          problem: `nobody makes ${kind} '${namespace}/${name}', ${consequence}`,
          remedy: `Make it, mend the name, or say that it is made elsewhere: ${CLASSES[kind] ?? `Flux${kind}`}.from${kind}Name(), on the command line --exists ${kind}/${namespace}/${name}`,
        };
      }
    }
  }
}

/** The object with the namespace that it ends up in, which a targetNamespace may have changed. */
function withNamespace({ object, namespace }: { readonly object: any; readonly namespace: string }): any {
  return { ...object, metadata: { ...object.metadata, namespace } };
}

/** One cycle for each knot of dependencies. Without recursion: a chain may be long. */
function* cyclesOf(cluster: ClusterIndex, kind: string): Iterable<ClusterComplaint> {
  const vertices = new Map(cluster.flux.filter((object) => object.kind === kind).map((object) => [`${object.namespace}/${object.name}`, object]));
  const state = new Map<string, 'open' | 'done'>();
  const told = new Set<string>();
  for (const start of vertices.keys()) {
    const path: { id: string; dependencies: string[]; next: number }[] = [];
    const enter = (id: string): void => {
      if (!state.has(id) && vertices.has(id)) {
        state.set(id, 'open');
        path.push({ id, dependencies: dependenciesOf(vertices.get(id)!.object, vertices.get(id)!.namespace), next: 0 });
      }
    };
    enter(start);
    while (path.length) {
      const { id, dependencies, next } = path[path.length - 1];
      if (next === dependencies.length) {
        state.set(id, 'done');
        path.pop();
        continue;
      }
      path[path.length - 1].next++;
      const dependency = dependencies[next];
      if (state.get(dependency) === 'open' && dependency !== id) {
        // One cycle is enough to be mended, and there may be one for every dependency.
        if (told.has(id) || told.has(dependency)) {
          continue;
        }
        const cycle = [...path.slice(path.findIndex((step) => step.id === dependency)).map((step) => step.id), dependency];
        cycle.forEach((step) => told.add(step));
        yield {
          on: vertices.get(id)!,
          field: 'spec.dependsOn',
          problem: `it is in a circle of dependencies, all of which would wait for ever: ${shortened(cycle).join(' -> ')}`,
          remedy: 'Take one of the dependencies away',
        };
      } else {
        enter(dependency);
      }
    }
  }
}

function dependenciesOf({ spec }: any, own: string): string[] {
  return mapsOf(spec?.dependsOn).map(({ namespace = own, name }) => `${namespace}/${name}`);
}

const MAX_SHOWN = 20;

function shortened(cycle: string[]): string[] {
  return cycle.length <= MAX_SHOWN ? cycle : [...cycle.slice(0, MAX_SHOWN / 2), `(${cycle.length - MAX_SHOWN} more)`, ...cycle.slice(-MAX_SHOWN / 2)];
}
