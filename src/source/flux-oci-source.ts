import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { IFluxSource } from './flux-source';
import { importedSource, SOURCE_API_VERSION } from './imported-source';
import { OciRef } from './oci-ref';
import { RegistryProvider } from './registry-provider';
import { SignatureVerification } from './signature-verification';
import { FluxObject, FluxObjectOptions, FluxSecret } from '../flux';
import { DurationUnits, fileNameOf } from '../format';
import { requireGiven } from '../routing';

const KIND = 'OCIRepository';

/** What becomes of a layer of an OCI artifact. */
export enum OciLayerOperation {
  /** It is unpacked, and its files are the source. */
  EXTRACT = 'extract',
  /** It is kept as it is: what a HelmRelease wants of a chart. */
  COPY = 'copy',
}

/** Which layer of an OCI artifact is the source. */
export interface OciLayerSelector {
  /**
   * Media type of the layer; the first one of that type is taken.
   *
   * @default - the first layer, of whatever type
   */
  readonly mediaType?: string;

  /**
   * What becomes of it.
   *
   * @default - Flux's: OciLayerOperation.EXTRACT
   */
  readonly operation?: OciLayerOperation;
}

/** What an OCIRepository takes beside its URL and reference. */
export interface FluxOciSourceOptions extends FluxObjectOptions {
  /**
   * How often Flux looks for a new revision.
   *
   * @default Duration.minutes(1)
   */
  readonly interval?: Duration;

  /**
   * How long an operation such as a pull may take; written in minutes and smaller, for the API server refuses hours here.
   *
   * @default - Flux's: 60 seconds
   */
  readonly timeout?: Duration;

  /**
   * Which layer of the artifact is the source.
   *
   * @default - the first one, unpacked
   */
  readonly layerSelector?: OciLayerSelector;

  /**
   * How to log in to the registry. A `secret` wins over it.
   *
   * @default - Flux's: generic
   */
  readonly provider?: RegistryProvider;

  /**
   * The credential for the registry, in the namespace of this object.
   *
   * @default - none
   */
  readonly secret?: FluxSecret;

  /**
   * Who must have signed the artifact.
   *
   * @default - nobody
   */
  readonly verify?: SignatureVerification;

  /**
   * Certificates to trust and to log in with.
   *
   * @default - those that the controller's system trusts
   */
  readonly certSecret?: FluxSecret;

  /**
   * The proxy to go through.
   *
   * @default - none
   */
  readonly proxySecret?: FluxSecret;

  /**
   * Paths to leave out of the source, in the format of `.sourceignore`, several lines in one text.
   *
   * @default - the `.sourceignore` files of the artifact
   */
  readonly ignore?: string;

  /**
   * Whether to speak HTTP to the registry, and to trust whatever certificate it shows.
   *
   * @default false
   */
  readonly insecure?: boolean;

  /**
   * Whether Flux stops looking for new revisions.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/** What an OCIRepository takes. */
export interface FluxOciSourceProps extends FluxOciSourceOptions {
  /** `oci://`, the registry and the repository in it: no tag, no digest, lower case. */
  readonly url: string;

  /** What to follow. */
  readonly ref: OciRef;
}

/**
 * An OCIRepository (`source.toolkit.fluxcd.io/v1`): an artifact in a container registry that source-controller watches.
 *
 * Unnamed, it is named like the construct's id.
 *
 * @throws if the URL or the reference is missing, the URL carries a tag, a digest or what no repository can be called, the digest is none, the name is no DNS label,
 *   or a Secret does not hold what the field reads
 */
export class FluxOciSource extends FluxObject implements IFluxSource {
  /**
   * An OCIRepository that is made elsewhere.
   *
   * @throws if the name is missing
   */
  public static fromOciRepositoryName(scope: Construct, id: string, name: string, namespace?: string): IFluxSource {
    return importedSource(scope, id, KIND, name, namespace);
  }

  public readonly sourceApiVersion: string = SOURCE_API_VERSION;
  public readonly sourceKind: string = KIND;
  public readonly sourceName: string;
  public readonly sourceNamespace: string;

  /** The repository. */
  public readonly url: string;

  /** What is followed. */
  public readonly ref: OciRef;

  private readonly _props: FluxOciSourceProps;

  constructor(scope: Construct, id: string, props: FluxOciSourceProps) {
    super(scope, id, { ...props, apiVersion: SOURCE_API_VERSION, kind: KIND, defaultName: fileNameOf(id) });
    requireGiven(this, 'ref', props.ref, "Say what to follow: OciRef.tag('...')");
    requireGiven(this, 'url', props.url, 'Give the URL of the OCI repository');
    this._props = props;
    this.sourceName = this.objectName;
    this.sourceNamespace = this.objectNamespace;
    this.url = props.url;
    this.ref = props.ref;
    this._check({
      'secretRef': props.secret,
      'certSecretRef': props.certSecret,
      'proxySecretRef': props.proxySecret,
      'verify.secretRef': props.verify?._secret,
      'verify.trustedRootSecretRef': props.verify?._trustedRootSecret,
    });
  }

  /** @internal */
  protected _toSpec(): any {
    const props = this._props;
    return {
      url: props.url,
      ref: props.ref._toSpec(),
      interval: this._duration('interval', props.interval ?? Duration.minutes(1)),
      timeout: this._duration('timeout', props.timeout, DurationUnits.UP_TO_MINUTES),
      layerSelector: props.layerSelector,
      ...props.provider?._toSpec(),
      secretRef: props.secret?._toReference(),
      verify: props.verify?._toSpec(),
      certSecretRef: props.certSecret?._toReference(),
      proxySecretRef: props.proxySecret?._toReference(),
      ignore: props.ignore,
      insecure: props.insecure,
      suspend: props.suspend,
    };
  }
}
