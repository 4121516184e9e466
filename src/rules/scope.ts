/** Groups whose kinds are known to be namespaced but for those listed; of other groups nothing can be said. */
export const CLUSTER_SCOPED: { readonly [group: string]: readonly string[] } = {
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

/** Kinds of groups that may have others. */
const ALSO_CLUSTER_SCOPED: { readonly [group: string]: readonly string[] } = {
  'admissionregistration.k8s.io': [
    'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding', 'MutatingWebhookConfiguration', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration',
  ],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'certificates.k8s.io': ['CertificateSigningRequest', 'ClusterTrustBundle'],
  'flowcontrol.apiserver.k8s.io': ['FlowSchema', 'PriorityLevelConfiguration'],
  'gateway.networking.k8s.io': ['GatewayClass'],
  'node.k8s.io': ['RuntimeClass'],
  'resource.k8s.io': ['DeviceClass', 'ResourceSlice'],
  'scheduling.k8s.io': ['PriorityClass'],
  'snapshot.storage.k8s.io': ['VolumeSnapshotClass', 'VolumeSnapshotContent'],
  'storage.k8s.io': ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass'],
};

/** Whether a kind is known never to be in a namespace, so that a targetNamespace leaves it alone. */
export function isClusterScoped(group: string, kind: string): boolean {
  return (CLUSTER_SCOPED[group] ?? ALSO_CLUSTER_SCOPED[group])?.includes(kind) ?? false;
}
