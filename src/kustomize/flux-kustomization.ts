import { Duration } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { decryptionFrom, decryptionKeys, decryptionProblems, DecryptionSources, requireSopsKeys } from './decryption';
import {
  KustomizationBuildMetadata, KustomizationDecryption, KustomizationDeletionPolicy, KustomizationHealthCheck, KustomizationPostBuild,
} from './kustomization-types';
import {
  Dependencies, DependsOnOptions, FluxApplierOptions, FluxHealthCheckExpr, FluxIgnoreRule, FluxObject, KustomizeImage, KustomizePatch,
} from '../flux';
import { fileNameOf } from '../format';
import { Destination, encryptedIn, markExisting, requireGiven } from '../routing';
import { IFluxSource } from '../source';

const GROUP = 'kustomize.toolkit.fluxcd.io';
const KIND = 'Kustomization';

/** A Flux Kustomization, or what stands for one: something that another can depend on. */
export interface IFluxKustomization extends IConstruct {
  /** `metadata.name`. */
  readonly kustomizationName: string;

  /** `metadata.namespace`. */
  readonly kustomizationNamespace: string;
}

/** What a Kustomization takes beside its source and path. */
export interface FluxKustomizationOptions extends FluxApplierOptions {
  /**
   * How often Flux applies it all again, so that drift is undone; a new revision is applied at once.
   *
   * @default Duration.minutes(10)
   */
  readonly interval?: Duration;

  /**
   * How long to wait after a failure before trying again.
   *
   * @default Duration.minutes(1)
   */
  readonly retryInterval?: Duration;

  /**
   * How long an apply and its health checks may take. While it waits for a rollout that is stuck, a new revision waits too.
   *
   * @default Duration.minutes(3)
   */
  readonly timeout?: Duration;

  /**
   * Whether what is no longer in the source is deleted.
   *
   * @default true
   */
  readonly prune?: boolean;

  /**
   * Whether to wait until everything that was applied is ready. With it Flux ignores `healthChecks`.
   *
   * @default - true, unless `healthChecks` are given
   */
  readonly wait?: boolean;

  /**
   * Objects whose readiness to wait for, in place of all.
   *
   * @default - all that was applied
   */
  readonly healthChecks?: KustomizationHealthCheck[];

  /**
   * How to tell the state of kinds that Flux does not know. They count only with `wait` or `healthChecks`.
   *
   * @default - none
   */
  readonly healthCheckExprs?: FluxHealthCheckExpr[];

  /**
   * Kustomizations that must be ready before this one is applied. See also `addDependsOn`.
   *
   * @default - none
   */
  readonly dependsOn?: IFluxKustomization[];

  /**
   * Namespace for all that is applied. Flux does not make it.
   *
   * @default - as the manifests have it
   */
  readonly targetNamespace?: string;

  /**
   * Text to put before every name; at most 200 characters.
   *
   * @default - none
   */
  readonly namePrefix?: string;

  /**
   * Text to put after every name; at most 200 characters.
   *
   * @default - none
   */
  readonly nameSuffix?: string;

  /**
   * Kustomize components to build with, as paths relative to `path`.
   *
   * @default - none
   */
  readonly components?: string[];

  /**
   * Whether a component that is missing is left out instead of failing.
   *
   * @default false
   */
  readonly ignoreMissingComponents?: boolean;

  /**
   * Patches.
   *
   * @default - none
   */
  readonly patches?: KustomizePatch[];

  /**
   * Other images.
   *
   * @default - none
   */
  readonly images?: KustomizeImage[];

  /**
   * Fields to leave to others.
   *
   * @default - none
   */
  readonly ignore?: FluxIgnoreRule[];

  /**
   * Substitution of variables.
   *
   * @default - none
   */
  readonly postBuild?: KustomizationPostBuild;

  /**
   * Decryption of what was encrypted with SOPS.
   *
   * @default - as each SopsSecret says that is delivered here; else none: an encrypted Secret fails the apply
   */
  readonly decryption?: KustomizationDecryption;

  /**
   * What kustomize notes on the objects.
   *
   * @default - nothing
   */
  readonly buildMetadata?: KustomizationBuildMetadata[];

  /**
   * What becomes of the objects when this one is deleted.
   *
   * @default - Flux's: as `prune` says
   */
  readonly deletionPolicy?: KustomizationDeletionPolicy;

  /**
   * Whether to delete and create anew what cannot be changed in place.
   *
   * @default false
   */
  readonly force?: boolean;
}

/** What a Kustomization takes. */
export interface FluxKustomizationProps extends FluxKustomizationOptions {
  /** Where the manifests come from. */
  readonly source: IFluxSource;

  /**
   * Directory in the source.
   *
   * @default './'
   */
  readonly path?: string;
}

/**
 * A Flux Kustomization (`kustomize.toolkit.fluxcd.io/v1`): what kustomize-controller applies from a source.
 *
 * Unnamed, it is named like the construct's id. A rename makes Flux delete what it applied under the old name.
 *
 * @throws if the source is missing, the name is no DNS label of at most 63 characters (kustomize-controller writes it into a
 *   label), or options contradict each other
 */
export class FluxKustomization extends FluxObject implements IFluxKustomization {
  /**
   * A Kustomization that is made elsewhere.
   *
   * @throws if the name is missing
   */
  public static fromKustomizationName(scope: Construct, id: string, name: string, namespace?: string): IFluxKustomization {
    class Imported extends Construct implements IFluxKustomization {
      public readonly kustomizationName = name;
      public readonly kustomizationNamespace = namespace ?? FluxObject.DEFAULT_NAMESPACE;
    }
    const imported = new Imported(scope, id);
    markExisting(imported, { group: GROUP, kind: KIND, name, namespace: imported.kustomizationNamespace });
    return imported;
  }

  public readonly kustomizationName: string;
  public readonly kustomizationNamespace: string;

  /** Where the manifests come from. */
  public readonly source: IFluxSource;

  private readonly dependencies: Dependencies;
  private readonly _props: FluxKustomizationProps;
  private applied?: { readonly destination: Destination; readonly fallback?: KustomizationDecryption };

  constructor(scope: Construct, id: string, props: FluxKustomizationProps) {
    super(scope, id, { ...props, apiVersion: `${GROUP}/v1`, kind: KIND, defaultName: fileNameOf(id) });
    requireGiven(this, 'source', props.source, 'Give a FluxGitSource, or FluxGitSource.fromGitRepositoryName()');
    this._props = props;
    this.kustomizationName = this.objectName;
    this.kustomizationNamespace = this.objectNamespace;
    this.source = props.source;
    this.dependencies = new Dependencies(props.dependsOn?.map(nameOf));
    this._check({ 'decryption.secretRef': props.decryption?.secret, 'kubeConfig.secretRef': props.kubeConfig?._secret });
  }

  /**
   * Lets this Kustomization wait until another is ready.
   *
   * @throws if it is this one
   */
  public addDependsOn(kustomization: IFluxKustomization, options: DependsOnOptions = {}): void {
    const dependency = { ...nameOf(kustomization), readyExpr: options.readyExpr };
    this._checkSpec({ dependsOn: [dependency] }, (field) => field.replace('[0]', `[${this.dependencies.count}]`));
    this.dependencies.add(dependency);
  }

  /**
   * Says what it applies: what has to be decrypted there decides on `decryption` where nobody else does.
   *
   * @param fallback what to decrypt with if what is delivered there does not say
   * @internal
   */
  public _apply(destination: Destination, fallback?: KustomizationDecryption): void {
    requireSopsKeys(this, fallback);
    this.applied = { destination, fallback };
    this.node.addValidation({ validate: () => decryptionProblems(this.decryptionSources()) });
  }

  /** @internal */
  protected _toSpec(): any {
    const props = this._props;
    const decryption = decryptionFrom(this.decryptionSources());
    return {
      interval: this._duration('interval', props.interval ?? Duration.minutes(10)),
      retryInterval: this._duration('retryInterval', props.retryInterval ?? Duration.minutes(1)),
      timeout: this._duration('timeout', props.timeout ?? Duration.minutes(3)),
      sourceRef: {
        kind: this.source.sourceKind,
        name: this.source.sourceName,
        namespace: this._otherNamespace(this.source.sourceNamespace),
      },
      path: props.path ?? './',
      prune: props.prune ?? true,
      wait: props.wait ?? (props.healthChecks?.length ? undefined : true),
      healthChecks: props.healthChecks?.map((check) => check._toSpec()),
      healthCheckExprs: props.healthCheckExprs,
      dependsOn: this.dependencies.toSpec(this.objectNamespace),
      serviceAccountName: props.serviceAccountName,
      targetNamespace: props.targetNamespace,
      namePrefix: props.namePrefix,
      nameSuffix: props.nameSuffix,
      commonMetadata: props.commonMetadata,
      components: props.components,
      ignoreMissingComponents: props.ignoreMissingComponents,
      patches: props.patches,
      images: props.images,
      ignore: props.ignore,
      postBuild: props.postBuild && { ...props.postBuild, substituteFrom: props.postBuild.substituteFrom?.map((from) => from._toSpec()) },
      decryption: decryption && {
        provider: 'sops', secretRef: decryption.secretName && { name: decryption.secretName }, serviceAccountName: decryption.serviceAccountName,
      },
      kubeConfig: props.kubeConfig?._toSpec(),
      buildMetadata: props.buildMetadata,
      deletionPolicy: props.deletionPolicy,
      force: props.force,
      suspend: props.suspend,
    };
  }

  private decryptionSources(): DecryptionSources {
    return {
      own: decryptionKeys(this._props.decryption),
      encrypted: this.applied ? encryptedIn(this.applied.destination) : [],
      fallback: decryptionKeys(this.applied?.fallback),
    };
  }
}

function nameOf({ kustomizationName, kustomizationNamespace }: IFluxKustomization): { name: string; namespace: string } {
  return { name: kustomizationName, namespace: kustomizationNamespace };
}
