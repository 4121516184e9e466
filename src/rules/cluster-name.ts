import { groupOf } from './objects';
import { isClusterScoped } from './scope';

/** What a Kustomization makes of the names of what it applies. */
export interface Naming {
  /** Namespace that it gives to all objects, whatever theirs. */
  readonly targetNamespace?: string;
  readonly namePrefix?: string;
  readonly nameSuffix?: string;
}

// Kustomize's own list of those that a prefix leaves alone.
const NEVER_PREFIXED = ['\0Namespace', 'apiextensions.k8s.io\0CustomResourceDefinition', 'apiregistration.k8s.io\0APIService'];

/** `Kind.group namespace/name` of an object as a cluster gets it; of the core group without `.group`, of what is in no namespace without `namespace/`. */
export function clusterNameOf({ apiVersion, kind, metadata }: any, naming: Naming = {}): string {
  const group = groupOf(apiVersion);
  const { targetNamespace, namePrefix, nameSuffix } = naming;
  const namespace = isClusterScoped(group, kind) ? undefined : targetNamespace ?? metadata?.namespace;
  const given = metadata?.name;
  const name = (namePrefix || nameSuffix) && !NEVER_PREFIXED.includes(`${group}\0${kind}`) ? `${namePrefix ?? ''}${given}${nameSuffix ?? ''}` : given;
  return `${group ? `${kind}.${group}` : kind} ${namespace ? `${namespace}/${name}` : name}`;
}
