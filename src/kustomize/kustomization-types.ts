import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { FluxSecret } from '../flux';

/** What becomes of the applied objects when the Kustomization itself is deleted. */
export enum KustomizationDeletionPolicy {
  /** As `prune` says. */
  MIRROR_PRUNE = 'MirrorPrune',
  /** Delete them. */
  DELETE = 'Delete',
  /** Delete them and wait until they are gone. */
  WAIT_FOR_TERMINATION = 'WaitForTermination',
  /** Leave them. */
  ORPHAN = 'Orphan',
}

/** What kustomize notes on the objects it builds. */
export enum KustomizationBuildMetadata {
  /** Where an object came from. */
  ORIGIN_ANNOTATIONS = 'originAnnotations',
  /** What transformed it. */
  TRANSFORMER_ANNOTATIONS = 'transformerAnnotations',
}

/** When variables are substituted. */
export enum SubstituteStrategy {
  /** As soon as one variable resolves. */
  WITH_VARIABLES = 'WithVariables',
  /** Always. */
  ALWAYS = 'Always',
}

/** An object whose readiness a Kustomization waits for. */
export class KustomizationHealthCheck {
  /** An object that is made here, such as a Deployment; a construct stands for its `defaultChild`. */
  public static forObject(object: IConstruct): KustomizationHealthCheck {
    const { apiVersion, kind, name, metadata } = ApiObject.of(object);
    return new KustomizationHealthCheck(kind, name, metadata.namespace, apiVersion);
  }

  /** An object that is made elsewhere. */
  public static forName(apiVersion: string, kind: string, name: string, namespace?: string): KustomizationHealthCheck {
    return new KustomizationHealthCheck(kind, name, namespace, apiVersion);
  }

  private constructor(
    private readonly kind: string,
    private readonly name: string,
    private readonly namespace: string | undefined,
    private readonly apiVersion: string,
  ) {}

  /** @internal */
  public _toSpec(): any {
    return { apiVersion: this.apiVersion, kind: this.kind, name: this.name, namespace: this.namespace };
  }
}

/** How to tell the state of an object of a kind that Flux does not know, by CEL expressions over the object. */
export interface KustomizationHealthCheckExpr {
  /** API version of the kind. */
  readonly apiVersion: string;

  /**
   * The kind.
   *
   * @default - every kind of the API version
   */
  readonly kind?: string;

  /** True when the object is ready. */
  readonly current: string;

  /**
   * True when it failed.
   *
   * @default - never
   */
  readonly failed?: string;

  /**
   * True while it is on its way.
   *
   * @default - whenever the others are false
   */
  readonly inProgress?: string;
}

/** Which objects a patch or an ignore rule is for; what is left out matches everything. */
export interface KustomizationTarget {
  /**
   * API group.
   *
   * @default - any
   */
  readonly group?: string;

  /**
   * API version, without the group.
   *
   * @default - any
   */
  readonly version?: string;

  /**
   * Kind.
   *
   * @default - any
   */
  readonly kind?: string;

  /**
   * Name: a regular expression that matches the whole name.
   *
   * @default - any
   */
  readonly name?: string;

  /**
   * Namespace: a regular expression that matches the whole namespace.
   *
   * @default - any
   */
  readonly namespace?: string;

  /**
   * Label selector, such as `app=web`.
   *
   * @default - any
   */
  readonly labelSelector?: string;

  /**
   * Annotation selector.
   *
   * @default - any
   */
  readonly annotationSelector?: string;
}

/** Fields that Flux leaves to others once the object exists. */
export interface KustomizationIgnore {
  /** JSON pointers, such as `/spec/replicas`. */
  readonly paths: string[];

  /**
   * The objects meant.
   *
   * @default - all
   */
  readonly target?: KustomizationTarget;
}

/** A change that kustomize makes before the objects are applied. */
export interface KustomizationPatch {
  /** A strategic merge patch or a JSON patch (RFC 6902), as YAML text. */
  readonly patch: string;

  /**
   * The objects meant; may be left out if a strategic merge patch names its object.
   *
   * @default - the object that the patch names
   */
  readonly target?: KustomizationTarget;
}

/** Another name, tag or digest for an image. */
export interface KustomizationImage {
  /** The image as the manifests have it, without tag. */
  readonly name: string;

  /**
   * The name to put in its place.
   *
   * @default - the same
   */
  readonly newName?: string;

  /**
   * The tag to put in its place.
   *
   * @default - the same
   */
  readonly newTag?: string;

  /**
   * The digest to put in place of the tag.
   *
   * @default - none
   */
  readonly digest?: string;
}

/** Labels and annotations that Flux puts on every object it applies. */
export interface KustomizationCommonMetadata {
  /**
   * Labels.
   *
   * @default - none
   */
  readonly labels?: { readonly [name: string]: string };

  /**
   * Annotations.
   *
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
}

/** Decryption of what was encrypted with SOPS. */
export interface KustomizationDecryption {
  /**
   * The private keys.
   *
   * @default - none: a cloud's key service, by workload identity
   */
  readonly secret?: FluxSecret;

  /**
   * The service account whose workload identity asks the key service.
   *
   * @default - the controller's
   */
  readonly serviceAccountName?: string;
}

/** A ConfigMap or Secret whose keys are variables. */
export class SubstituteReference {
  /**
   * A ConfigMap in the namespace of the Kustomization.
   *
   * @param name name of the ConfigMap
   * @param optional whether it may be missing; default: no
   */
  public static configMap(name: string, optional?: boolean): SubstituteReference {
    return new SubstituteReference('ConfigMap', name, optional);
  }

  /**
   * A Secret in the namespace of the Kustomization.
   *
   * @param secret the Secret
   * @param optional whether it may be missing; default: no
   */
  public static secret(secret: FluxSecret, optional?: boolean): SubstituteReference {
    return new SubstituteReference('Secret', secret.secretName, optional);
  }

  private constructor(private readonly kind: string, private readonly name: string, private readonly optional?: boolean) {}

  /** @internal */
  public _toSpec(): any {
    return { kind: this.kind, name: this.name, optional: this.optional };
  }
}

/** Substitution of `${VARIABLE}` in what was built. An unset variable fails the reconcile. */
export interface KustomizationPostBuild {
  /**
   * Variables; a name starts with a letter or `_`, and goes on with letters, digits and `_`.
   *
   * @default - none
   */
  readonly substitute?: { readonly [name: string]: string };

  /**
   * ConfigMaps and Secrets whose keys are variables; a later one wins, and `substitute` over all.
   *
   * @default - none
   */
  readonly substituteFrom?: SubstituteReference[];

  /**
   * When to substitute.
   *
   * @default - Flux's: WithVariables
   */
  readonly substituteStrategy?: SubstituteStrategy;
}

/** Another cluster to apply to. */
export class KustomizationKubeConfig {
  /**
   * A kubeconfig in a Secret.
   *
   * @param secret the Secret, in the namespace of the Kustomization
   * @param key the key that holds it; default: `value`, then `value.yaml`
   */
  public static fromSecret(secret: FluxSecret, key?: string): KustomizationKubeConfig {
    return new KustomizationKubeConfig({ secretRef: { name: secret.secretName, key } }, secret);
  }

  /** A ConfigMap that says how to log in by workload identity, in the namespace of the Kustomization. */
  public static fromConfigMap(name: string): KustomizationKubeConfig {
    return new KustomizationKubeConfig({ configMapRef: { name } });
  }

  private constructor(
    private readonly fields: any,
    /** @internal */
    public readonly _secret?: FluxSecret,
  ) {}

  /** @internal */
  public _toSpec(): any {
    return this.fields;
  }
}
