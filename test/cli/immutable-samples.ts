/** A change of an object, and whether Kubernetes takes it. */
export interface ImmutableSample {
  /** What changes. */
  readonly title: string;
  readonly before: any;
  readonly after: any;
  /** The fields that are refused; empty where the change is taken. */
  readonly fields: readonly string[];
}

const LABELS = { app: 'web' };
const POD = { containers: [{ name: 'web', image: 'web:1' }] };
const TEMPLATE = { metadata: { labels: LABELS }, spec: POD };
const JOB_TEMPLATE = { spec: { ...POD, restartPolicy: 'Never' } };
const OTHER_JOB_TEMPLATE = { spec: { containers: [{ name: 'web', image: 'web:2' }], restartPolicy: 'Never' } };
const CLAIM = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, storageClassName: 'none' };
const RBAC = 'rbac.authorization.k8s.io';

const workload = (kind: string, spec: object = {}) => ({ apiVersion: 'apps/v1', kind, spec: { selector: { matchLabels: LABELS }, template: TEMPLATE, ...spec } });
const OTHER_SELECTOR = { selector: { matchLabels: { app: 'web', tier: 'front' } }, template: { metadata: { labels: { app: 'web', tier: 'front' } }, spec: POD } };
const job = (spec: object) => ({ apiVersion: 'batch/v1', kind: 'Job', spec: { template: JOB_TEMPLATE, suspend: false, ...spec } });
const service = (spec: object) => ({ apiVersion: 'v1', kind: 'Service', spec: { selector: LABELS, ports: [{ port: 80 }], ...spec } });
const claim = (spec: object) => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', spec: { ...CLAIM, ...spec } });
const volume = (spec: object) => ({
  apiVersion: 'v1', kind: 'PersistentVolume', spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/data' }, ...spec },
});
const storageClass = (fields: object) => ({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', provisioner: 'example.com/disk', ...fields });
const configMap = (fields: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', data: { a: '1' }, ...fields });
const secret = (fields: object) => ({ apiVersion: 'v1', kind: 'Secret', data: { a: 'MQ==' }, ...fields });
const binding = (kind: string, name: string) => ({ apiVersion: `${RBAC}/v1`, kind, roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name }, subjects: [] });
const driver = (spec: object) => ({ apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver', spec });
const priority = (fields: object) => ({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', value: 1, ...fields });
const pod = (spec: object) => ({ apiVersion: 'v1', kind: 'Pod', spec: { ...POD, ...spec } });

/** A refused one for every line of the table, and one beside it that is taken. */
export const IMMUTABLE_SAMPLES: readonly ImmutableSample[] = [
  ...['Deployment', 'ReplicaSet', 'DaemonSet'].flatMap((kind) => [
    refused('selector', workload(kind), workload(kind, OTHER_SELECTOR), 'spec.selector.matchLabels.tier'),
    taken('template', workload(kind), workload(kind, { template: { ...TEMPLATE, spec: { containers: [{ name: 'web', image: 'web:2' }] } } })),
  ]),
  refused('serviceName', workload('StatefulSet', { serviceName: 'a' }), workload('StatefulSet', { serviceName: 'b' }), 'spec.serviceName'),
  refused(
    'volumeClaimTemplates', workload('StatefulSet'), workload('StatefulSet', { volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: CLAIM }] }),
    'spec.volumeClaimTemplates',
  ),
  refused('podManagementPolicy', workload('StatefulSet'), workload('StatefulSet', { podManagementPolicy: 'Parallel' }), 'spec.podManagementPolicy'),
  taken('podManagementPolicy, the default', workload('StatefulSet'), workload('StatefulSet', { podManagementPolicy: 'OrderedReady' })),
  taken('what may change', workload('StatefulSet'), workload('StatefulSet', {
    replicas: 3,
    ordinals: { start: 1 },
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } },
    minReadySeconds: 5,
    revisionHistoryLimit: 2,
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' },
    template: { ...TEMPLATE, spec: { containers: [{ name: 'web', image: 'web:2' }] } },
  })),
  refused('template', job({}), job({ template: OTHER_JOB_TEMPLATE }), 'spec.template.spec.containers[web].image'),
  refused('completions', job({}), job({ completions: 2 }), 'spec.completions'),
  taken('completions, the default', job({}), job({ completions: 1 })),
  refused('completionMode', job({ completions: 1 }), job({ completions: 1, completionMode: 'Indexed' }), 'spec.completionMode'),
  refused('managedBy', job({}), job({ managedBy: 'example.com/other' }), 'spec.managedBy'),
  refused(
    'podFailurePolicy', job({}), job({ podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [1] } }] } }), 'spec.podFailurePolicy',
  ),
  refused(
    'backoffLimitPerIndex', job({ completions: 2, completionMode: 'Indexed', backoffLimitPerIndex: 1 }),
    job({ completions: 2, completionMode: 'Indexed', backoffLimitPerIndex: 2 }), 'spec.backoffLimitPerIndex',
  ),
  refused(
    'successPolicy', job({ completions: 2, completionMode: 'Indexed' }),
    job({ completions: 2, completionMode: 'Indexed', successPolicy: { rules: [{ succeededIndexes: '0' }] } }), 'spec.successPolicy',
  ),
  taken(
    'completions of an Indexed one', job({ completions: 2, parallelism: 2, completionMode: 'Indexed' }), job({ completions: 3, parallelism: 3, completionMode: 'Indexed' }),
  ),
  taken('parallelism, backoffLimit, suspend', job({}), job({ parallelism: 2, backoffLimit: 1, suspend: true })),
  refused('serviceAccountName', pod({}), pod({ serviceAccountName: 'other' }), 'spec.serviceAccountName'),
  taken('image', pod({}), pod({ containers: [{ name: 'web', image: 'web:2' }] })),
  taken('tolerations', pod({}), pod({ tolerations: [{ key: 'a', operator: 'Exists' }] })),
  refused('clusterIP, set', service({ clusterIP: '10.96.77.70' }), service({ clusterIP: '10.96.77.71' }), 'spec.clusterIP'),
  refused('clusterIP, headless from now on', service({}), service({ clusterIP: 'None' }), 'spec.clusterIP'),
  taken('clusterIP, left out', service({ clusterIP: 'None' }), service({})),
  taken('clusterIP, of what had none', { ...service({}), spec: { type: 'ExternalName', externalName: 'a.example.com' } }, service({ clusterIP: 'None' })),
  refused(
    'loadBalancerClass', service({ type: 'LoadBalancer', loadBalancerClass: 'a.example/one' }), service({ type: 'LoadBalancer', loadBalancerClass: 'a.example/two' }),
    'spec.loadBalancerClass',
  ),
  taken('type, ports and selector', service({}), service({ type: 'NodePort', ports: [{ port: 81 }], selector: { app: 'other' } })),
  refused('accessModes', claim({}), claim({ accessModes: ['ReadWriteMany'] }), 'spec.accessModes'),
  refused('storageClassName', claim({}), claim({ storageClassName: 'other' }), 'spec.storageClassName'),
  taken('volumeMode, the default', claim({}), claim({ volumeMode: 'Filesystem' })),
  refused('source', volume({}), volume({ hostPath: { path: '/other' } }), 'spec.hostPath.path'),
  refused('volumeMode', volume({}), volume({ volumeMode: 'Block' }), 'spec.volumeMode'),
  taken('reclaim policy and size', volume({}), volume({ persistentVolumeReclaimPolicy: 'Delete', capacity: { storage: '2Gi' } })),
  refused('data', configMap({ immutable: true }), configMap({ immutable: true, data: { a: '2' } }), 'data.a'),
  refused('immutable', configMap({ immutable: true }), configMap({}), 'immutable'),
  taken('data', configMap({}), configMap({ data: { a: '2' }, immutable: true })),
  refused('data', secret({ immutable: true }), secret({ immutable: true, data: { a: 'Mg==' } }), 'data.a'),
  refused('type', secret({}), secret({ type: 'example.com/other' }), 'type'),
  taken('type, the default', secret({}), secret({ type: 'Opaque' })),
  ...['RoleBinding', 'ClusterRoleBinding'].flatMap((kind) => [
    refused('roleRef', binding(kind, 'view'), binding(kind, 'edit'), 'roleRef.name'),
    taken('subjects', binding(kind, 'view'), { ...binding(kind, 'view'), subjects: [{ kind: 'ServiceAccount', name: 'a', namespace: 'b' }] }),
  ]),
  refused('provisioner', storageClass({}), storageClass({ provisioner: 'example.com/other' }), 'provisioner'),
  refused('parameters', storageClass({}), storageClass({ parameters: { a: 'b' } }), 'parameters'),
  refused('reclaimPolicy', storageClass({}), storageClass({ reclaimPolicy: 'Retain' }), 'reclaimPolicy'),
  refused('volumeBindingMode', storageClass({}), storageClass({ volumeBindingMode: 'WaitForFirstConsumer' }), 'volumeBindingMode'),
  taken('the defaults and the rest', storageClass({}), storageClass({ reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate', allowVolumeExpansion: true, mountOptions: ['a'] })),
  refused(
    'parameters', { apiVersion: 'storage.k8s.io/v1', kind: 'VolumeAttributesClass', driverName: 'example.com', parameters: { a: '1' } },
    { apiVersion: 'storage.k8s.io/v1', kind: 'VolumeAttributesClass', driverName: 'example.com', parameters: { a: '2' } }, 'parameters.a',
  ),
  refused('attachRequired', driver({}), driver({ attachRequired: false }), 'spec.attachRequired'),
  refused('volumeLifecycleModes', driver({}), driver({ volumeLifecycleModes: ['Ephemeral'] }), 'spec.volumeLifecycleModes'),
  taken('the rest', driver({}), driver({ attachRequired: true, podInfoOnMount: true, storageCapacity: true, fsGroupPolicy: 'File', requiresRepublish: true })),
  refused('value', priority({}), priority({ value: 2 }), 'value'),
  refused('preemptionPolicy', priority({}), priority({ preemptionPolicy: 'Never' }), 'preemptionPolicy'),
  taken('description and default', priority({}), priority({ description: 'a', preemptionPolicy: 'PreemptLowerPriority' })),
  refused(
    'controller', { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', spec: { controller: 'example.com/one' } },
    { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', spec: { controller: 'example.com/two' } }, 'spec.controller',
  ),
  refused('handler', { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', handler: 'one' }, { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', handler: 'two' }, 'handler'),
  refused(
    'addressType', { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', addressType: 'IPv4', endpoints: [] },
    { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', addressType: 'IPv6', endpoints: [] }, 'addressType',
  ),
  refused(
    'scopes', { apiVersion: 'v1', kind: 'ResourceQuota', spec: { hard: { pods: '1000' }, scopes: ['BestEffort'] } },
    { apiVersion: 'v1', kind: 'ResourceQuota', spec: { hard: { pods: '1000' }, scopes: ['NotBestEffort'] } }, 'spec.scopes',
  ),
  refused(
    'data', { apiVersion: 'apps/v1', kind: 'ControllerRevision', revision: 1, data: { a: 1 } },
    { apiVersion: 'apps/v1', kind: 'ControllerRevision', revision: 1, data: { a: 2 } }, 'data.a',
  ),
  ...['scope', 'group'].map((field) => refused(field, definition({}), definition(field === 'scope' ? { scope: 'Cluster' } : { group: 'other.example.com' }), `spec.${field}`)),
];

function definition(spec: object): any {
  const names = { kind: 'Widget', plural: 'widgets', singular: 'widget', listKind: 'WidgetList' };
  const versions = [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true } } }];
  return { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', spec: { group: 'immutable.example.com', scope: 'Namespaced', names, versions, ...spec } };
}

function refused(what: string, before: any, after: any, ...fields: string[]): ImmutableSample {
  return { title: `${before.kind}: ${what}`, before, after, fields };
}

function taken(what: string, before: any, after: any): ImmutableSample {
  return { title: `${before.kind}: ${what} may change`, before, after, fields: [] };
}
