import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { checkLabels, checkNamespace } from './checks';
import { claim, layered, markExisting, requireGiven } from '../routing';

const POD_SECURITY = 'pod-security.kubernetes.io';

/** What the pods of a namespace may do (the levels of the Pod Security Standards). */
export enum PodSecurityLevel {
  /** No privileges at all, as a Microservice needs none. */
  RESTRICTED = 'restricted',
  /** What the API server gives a pod that says nothing; no known way to more. */
  BASELINE = 'baseline',
  /** Everything. */
  PRIVILEGED = 'privileged',
}

/** What an AppNamespace takes. */
export interface AppNamespaceProps {
  /**
   * Name of the namespace: a DNS label of at most 63 characters.
   *
   * @default - the construct's id
   */
  readonly name?: string;

  /**
   * What pods in it may do: a pod that does more is refused. As that refusal reaches only the ReplicaSet, whoever applies the
   * Deployment is warned too, except at level "privileged", which forbids nothing.
   *
   * @default PodSecurityLevel.RESTRICTED
   */
  readonly podSecurity?: PodSecurityLevel;

  /**
   * Further labels; they win over those of `podSecurity`.
   *
   * @default - none
   */
  readonly labels?: { readonly [name: string]: string };

  /**
   * Further annotations.
   *
   * @default - `kustomize.toolkit.fluxcd.io/prune: disabled` alone
   */
  readonly annotations?: { readonly [name: string]: string };
}

/** A namespace, made here or elsewhere. */
export interface IAppNamespace extends IConstruct {
  /** Its name. */
  readonly namespaceName: string;
}

/**
 * The namespace of an app.
 *
 * Flux never prunes it (`kustomize.toolkit.fluxcd.io/prune: disabled`, read by kustomize-controller): deleting a namespace
 * deletes all that is in it, whoever put it there. One app makes a namespace, others refer to it by `fromNamespaceName()`.
 */
export class AppNamespace extends Construct implements IAppNamespace {
  /**
   * A namespace that something else makes; nothing is rendered.
   *
   * @throws if the name is missing or no DNS label of at most 63 characters
   */
  public static fromNamespaceName(scope: Construct, id: string, namespaceName: string): IAppNamespace {
    class Import extends Construct implements IAppNamespace {
      public readonly namespaceName = namespaceName;
    }
    const namespace = new Import(scope, id);
    requireGiven(namespace, 'namespaceName', namespaceName, 'Give the name of the namespace');
    checkNamespace(namespace, namespaceName);
    markExisting(namespace, { group: '', kind: 'Namespace', name: namespaceName });
    return namespace;
  }

  /** Its name. */
  public readonly namespaceName: string;

  /** @throws if the name is no DNS label of at most 63 characters, or a label is none */
  constructor(scope: Construct, id: string, props: AppNamespaceProps = {}) {
    super(scope, id);
    this.namespaceName = props.name ?? id;
    checkNamespace(this, this.namespaceName);
    checkLabels(this, props.labels);
    const level = props.podSecurity ?? PodSecurityLevel.RESTRICTED;
    const object = new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: this.namespaceName,
        labels: layered({
          [`${POD_SECURITY}/enforce`]: level,
          ...(level === PodSecurityLevel.PRIVILEGED ? {} : { [`${POD_SECURITY}/warn`]: level }),
        }, props.labels),
        annotations: layered({ 'kustomize.toolkit.fluxcd.io/prune': 'disabled' }, props.annotations),
      },
    });
    // cdk8s gives every object its chart's namespace, but a Namespace is in none. A patch would leave the metadata, which
    // others read, saying otherwise.
    (object.metadata as { namespace?: string }).namespace = undefined;
    claim(this, { by: this, everyCluster: true });
  }
}
