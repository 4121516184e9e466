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
