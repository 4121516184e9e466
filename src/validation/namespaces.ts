import { DeliveredObject, describeObject, groupOf, itemsOf } from './delivered-object';
import { complaint } from '../format';

// Groups whose kinds are known to be namespaced but for those listed; of other groups nothing can be said here.
const CLUSTER_SCOPED: { readonly [group: string]: readonly string[] } = {
  '': ['Namespace', 'Node', 'PersistentVolume', 'ComponentStatus'],
  'apps': [],
  'autoscaling': [],
  'batch': [],
  'policy': ['PodSecurityPolicy'],
  'networking.k8s.io': ['IngressClass', 'ServiceCIDR', 'IPAddress'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
  'source.toolkit.fluxcd.io': [],
  'kustomize.toolkit.fluxcd.io': [],
  'helm.toolkit.fluxcd.io': [],
  'image.toolkit.fluxcd.io': [],
  'notification.toolkit.fluxcd.io': [],
  'source.extensions.fluxcd.io': [],
};

/**
 * A namespaced object without a namespace fails in kustomize-controller; a Namespace in a branch belongs to whoever applied it
 * last, and takes everything in it along when it leaves the branch.
 */
export function checkNamespace(delivered: DeliveredObject): string | undefined {
  return itemsOf(delivered.json).map((json) => checkItem({ ...delivered, json })).find((error) => error !== undefined);
}

function checkItem({ object, json, destination }: DeliveredObject): string | undefined {
  const group = groupOf(json.apiVersion ?? '');
  if (group === '' && json.kind === 'Namespace') {
    return destination.role === 'config' ? undefined : complaint(
      object,
      `${describeObject(json)} would be applied from '${destination.branch}', and deleted with all that is in it when it leaves that branch`,
      'Make it with AppNamespace, outside of what is delivered: it goes with the Flux objects',
    );
  }
  if (json.metadata?.namespace || destination.targetNamespace || !(CLUSTER_SCOPED[group] && !CLUSTER_SCOPED[group].includes(json.kind))) {
    return undefined;
  }
  return complaint(
    object,
    `${describeObject(json)} is delivered to '${destination.branch}' without a namespace, and Flux would fail to apply it`,
    'Give the chart or the object a namespace, or the delivery a targetNamespace',
  );
}
