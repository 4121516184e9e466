import { isDeepStrictEqual } from 'util';
import { FieldChange } from './change';
import { groupOf } from '../../rules';
import { isMap } from '../validate/objects';

/** Fields of a kind that the API server does not let change. */
interface ImmutableRule {
  /** `Kind.group`. */
  readonly kinds: readonly string[];
  readonly fields: readonly string[];
  /** Fields below them that may change. */
  readonly except?: readonly (string | RegExp)[];
  /** What the API server puts where nothing is said, so that to say it changes nothing. */
  readonly defaults?: { readonly [field: string]: unknown };
  readonly when?: (before: any, after: any) => boolean;
  /** The end of "... cannot be changed:". */
  readonly why: string;
}

const SERVER_SAYS = 'Kubernetes keeps it as it was created';

/**
 * From the validation of updates in kube-apiserver 1.35 (pkg/apis/<group>/validation/validation.go, `Validate<Kind>Update`); the end-to-end
 * scenario `immutable` asks a real one about each of them.
 */
const RULES: readonly ImmutableRule[] = [
  { kinds: ['Deployment.apps', 'ReplicaSet.apps', 'DaemonSet.apps'], fields: ['spec.selector'], why: SERVER_SAYS },
  {
    kinds: ['StatefulSet.apps'],
    fields: ['spec'],
    except: [
      'spec.replicas', 'spec.ordinals', 'spec.template', 'spec.updateStrategy', 'spec.persistentVolumeClaimRetentionPolicy', 'spec.minReadySeconds',
      'spec.revisionHistoryLimit',
    ],
    defaults: { 'spec.podManagementPolicy': 'OrderedReady' },
    why: 'of a StatefulSet only replicas, ordinals, template, updateStrategy, persistentVolumeClaimRetentionPolicy, minReadySeconds and revisionHistoryLimit may change',
  },
  // Of one that waits, some of how it is scheduled may change; which parts depends on what it has done.
  { kinds: ['Job.batch'], fields: ['spec.template'], when: ({ spec }) => spec?.suspend !== true, why: 'what a Job runs is kept as it was created' },
  {
    kinds: ['Job.batch'],
    fields: ['spec.selector', 'spec.completionMode', 'spec.podFailurePolicy', 'spec.backoffLimitPerIndex', 'spec.managedBy', 'spec.successPolicy'],
    defaults: { 'spec.completionMode': 'NonIndexed' },
    why: SERVER_SAYS,
  },
  {
    kinds: ['Job.batch'],
    fields: ['spec.completions'],
    defaults: { 'spec.completions': 1 },
    when: (_, { spec }) => spec?.completionMode !== 'Indexed',
    why: 'only that of an Indexed Job may change',
  },
  {
    kinds: ['Pod'],
    fields: ['spec'],
    except: [/^spec\.(?:initC|c)ontainers\[[^\]]*\]\.image$/, 'spec.activeDeadlineSeconds', 'spec.tolerations', 'spec.schedulingGates', 'spec.terminationGracePeriodSeconds'],
    why: 'of a Pod little more than images may change',
  },
  {
    kinds: ['Service'],
    fields: ['spec.clusterIP', 'spec.clusterIPs'],
    // Left out, it stays what it is; set, it must be what the Service has got, also where it was given one.
    when: (before, after) => [before, after].every(({ spec }) => spec?.type !== 'ExternalName') && Boolean(after.spec?.clusterIP || after.spec?.clusterIPs?.length),
    why: 'a Service keeps the address that it got first',
  },
  {
    kinds: ['Service'],
    fields: ['spec.loadBalancerClass'],
    when: (before, after) => [before, after].every(({ spec }) => spec?.type === 'LoadBalancer'),
    why: SERVER_SAYS,
  },
  {
    kinds: ['PersistentVolumeClaim'],
    fields: ['spec'],
    except: ['spec.resources.requests', 'spec.volumeAttributesClassName'],
    defaults: { 'spec.volumeMode': 'Filesystem' },
    why: 'of a claim only resources.requests and volumeAttributesClassName may change',
  },
  {
    kinds: ['PersistentVolume'],
    fields: [
      'awsElasticBlockStore', 'azureDisk', 'azureFile', 'cephfs', 'cinder', 'csi', 'fc', 'flexVolume', 'flocker', 'gcePersistentDisk', 'glusterfs', 'hostPath',
      'iscsi', 'local', 'nfs', 'photonPersistentDisk', 'portworxVolume', 'quobyte', 'rbd', 'scaleIO', 'storageos', 'vsphereVolume', 'volumeMode',
    ].map((name) => `spec.${name}`),
    defaults: { 'spec.volumeMode': 'Filesystem' },
    why: 'the source of a volume is kept as it was created',
  },
  { kinds: ['ConfigMap', 'Secret'], fields: ['data', 'binaryData', 'stringData', 'immutable'], when: ({ immutable }) => immutable === true, why: "it says 'immutable: true'" },
  { kinds: ['Secret'], fields: ['type'], defaults: { type: 'Opaque' }, why: SERVER_SAYS },
  { kinds: ['RoleBinding.rbac.authorization.k8s.io', 'ClusterRoleBinding.rbac.authorization.k8s.io'], fields: ['roleRef'], why: SERVER_SAYS },
  {
    kinds: ['StorageClass.storage.k8s.io'],
    fields: ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'],
    defaults: { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
    why: SERVER_SAYS,
  },
  { kinds: ['VolumeAttributesClass.storage.k8s.io'], fields: ['driverName', 'parameters'], why: SERVER_SAYS },
  {
    kinds: ['CSIDriver.storage.k8s.io'],
    fields: ['spec.attachRequired', 'spec.volumeLifecycleModes'],
    defaults: { 'spec.attachRequired': true, 'spec.volumeLifecycleModes': ['Persistent'] },
    why: SERVER_SAYS,
  },
  {
    kinds: ['PriorityClass.scheduling.k8s.io'],
    fields: ['value', 'preemptionPolicy'],
    defaults: { preemptionPolicy: 'PreemptLowerPriority' },
    why: SERVER_SAYS,
  },
  { kinds: ['IngressClass.networking.k8s.io'], fields: ['spec.controller'], why: SERVER_SAYS },
  { kinds: ['RuntimeClass.node.k8s.io'], fields: ['handler'], why: SERVER_SAYS },
  { kinds: ['EndpointSlice.discovery.k8s.io'], fields: ['addressType'], why: SERVER_SAYS },
  { kinds: ['ResourceQuota'], fields: ['spec.scopes'], why: SERVER_SAYS },
  { kinds: ['CertificateSigningRequest.certificates.k8s.io'], fields: ['spec'], why: SERVER_SAYS },
  { kinds: ['ControllerRevision.apps'], fields: ['data'], why: SERVER_SAYS },
  { kinds: ['ResourceClaim.resource.k8s.io', 'ResourceClaimTemplate.resource.k8s.io'], fields: ['spec'], why: SERVER_SAYS },
  {
    kinds: ['CustomResourceDefinition.apiextensions.k8s.io'],
    fields: ['spec.group', 'spec.scope', 'spec.names.kind', 'spec.names.plural'],
    why: 'objects of it may be there',
  },
];

/** The kinds that have fields of which the table says that they cannot change, as `Kind.group`. */
export const IMMUTABLE_KINDS: readonly string[] = [...new Set(RULES.flatMap(({ kinds }) => kinds))];

/** The changes, those that Kubernetes would refuse with the reason. */
export function withImmutable(changes: readonly FieldChange[], before: any, after: any): FieldChange[] {
  const group = groupOf(after.apiVersion);
  const kind = group ? `${after.kind}.${group}` : after.kind;
  const rules = RULES.filter(({ kinds, when = () => true }) => kinds.includes(kind) && when(before, after));
  return changes.map((change) => {
    const rule = change.what === 'marker' ? undefined : rules.find((each) => isAgainst(each, change, before, after));
    return rule ? { ...change, immutable: rule.why } : change;
  });
}

function isAgainst({ fields, except = [], defaults = {} }: ImmutableRule, { field }: FieldChange, before: any, after: any): boolean {
  const touches = fields.some((each) => isAtOrBelow(field, each) || isAtOrBelow(each, field));
  const isFree = except.some((each) => typeof each === 'string' ? isAtOrBelow(field, each) : each.test(field));
  const usual = Object.hasOwn(defaults, field) ? defaults[field] : undefined;
  const isDefault = usual !== undefined && isDeepStrictEqual(valueAt(before, field) ?? usual, valueAt(after, field) ?? usual);
  return touches && !isFree && !isDefault;
}

function isAtOrBelow(field: string, other: string): boolean {
  return field === other || field.startsWith(`${other}.`) || field.startsWith(`${other}[`);
}

function valueAt(object: any, field: string): unknown {
  return field.split('.').reduce((value, key) => isMap(value) ? value[key] : undefined, object);
}
