import { ClusterIndex, IndexedObject } from './cluster-index';
import { ClusterRule } from './cluster-rule';
import { ExistingObject } from '../cluster-view';
import { isFluxObject } from '../objects';
import { CLUSTER_SCOPED } from '../scope';
import { isSettled } from '../shared/json';

/** Namespaces of every cluster that Flux runs in. */
const ALWAYS = ['default', 'flux-system', 'kube-node-lease', 'kube-public', 'kube-system'];

/** An object in a namespace that nobody makes. */
export const missingNamespace: ClusterRule = {
  id: 'missing-namespace',
  severity: 'warning',
  absence: true,
  summary: 'An object is in a namespace that nobody makes',
  source: 'the API server refuses it, and kustomize-controller with it all that is applied together; neither targetNamespace nor a Kustomization makes a namespace',
  *check(cluster) {
    const there = namespacesOf(cluster);
    const told = new Set<string>();
    for (const on of cluster.objects) {
      for (const [field, namespace] of namespacesAskedFor(on)) {
        // One is enough: there may be thousands in it.
        if (namespace && isSettled(namespace) && !there.has(namespace) && !cluster.view.known?.hasNamespace(namespace) && !told.has(namespace)) {
          told.add(namespace);
          yield {
            on,
            field,
            problem: `nobody makes namespace '${namespace}'`,
            remedy: `Make it (AppNamespace), or say that it is there: AppNamespace.fromNamespaceName(), on the command line --exists Namespace/${namespace}`,
          };
        }
      }
    }
  },
};

/** A namespaced object without a namespace. */
export const withoutNamespace: ClusterRule = {
  id: 'no-namespace',
  severity: 'error',
  summary: 'An object of a namespaced kind has no namespace, and the Kustomization that applies it gives it none',
  source: 'kustomize-controller: it applies nothing without a namespace, and fails',
  *check(cluster) {
    for (const on of cluster.objects) {
      const scoped = CLUSTER_SCOPED[on.group];
      if (!on.set.byHand && !on.namespace && scoped && !scoped.includes(on.kind)) {
        yield {
          on,
          field: 'metadata.namespace',
          problem: 'it has no namespace, and Flux would fail to apply it',
          remedy: 'Give the chart or the object a namespace, or the Kustomization a targetNamespace',
        };
      }
    }
  },
};

function namespacesOf(cluster: ClusterIndex): Set<string> {
  const there = new Set(ALWAYS);
  const add = ({ group, kind, name }: ExistingObject) => {
    if (group === '' && kind === 'Namespace') {
      there.add(name);
    }
  };
  cluster.objects.forEach(add);
  cluster.view.existing.forEach(add);
  for (const { object } of cluster.flux) {
    if (object.kind === 'HelmRelease' && object.spec?.install?.createNamespace === true) {
      there.add(object.spec.targetNamespace);
    }
  }
  return there;
}

function namespacesAskedFor({ object, namespace }: IndexedObject): [string, string][] {
  const target = isFluxObject(object, 'HelmRelease') ? object.spec?.targetNamespace : undefined;
  return [['metadata.namespace', namespace], ...typeof target === 'string' ? [['spec.targetNamespace', target] as [string, string]] : []];
}
