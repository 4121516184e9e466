import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { BucketProvider } from './bucket-provider';
import { IFluxSource } from './flux-source';
import { importedSource, SOURCE_API_VERSION } from './imported-source';
import { FluxObject, FluxObjectOptions, FluxSecret } from '../flux';
import { constructError, DurationUnits, fileNameOf } from '../format';
import { requireGiven } from '../routing';

const KIND = 'Bucket';

/** What a Bucket takes. */
export interface FluxBucketSourceProps extends FluxObjectOptions {
  /** Name of the bucket; with Azure, of the container. */
  readonly bucketName: string;

  /** Address of the server: host and port, such as `s3.amazonaws.com`; with Azure a URL, such as `https://account.blob.core.windows.net`. */
  readonly endpoint: string;

  /**
   * Who keeps the bucket, and how to log in without a Secret.
   *
   * @default - Flux's: generic, any server with the API of S3
   */
  readonly provider?: BucketProvider;

  /**
   * The credential for the bucket, in the namespace of this object. What keys it must hold depends on the provider.
   *
   * @default - none
   */
  readonly secret?: FluxSecret;

  /**
   * Certificates to trust and to log in with; for servers with the API of S3 only.
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
   * Region of the bucket.
   *
   * @default - none
   */
  readonly region?: string;

  /**
   * Beginning of the keys to take; all others are left out.
   *
   * @default - everything
   */
  readonly prefix?: string;

  /**
   * Paths to leave out of the artifact, in the format of `.sourceignore`, several lines in one text.
   *
   * @default - the `.sourceignore` file in the root of the bucket
   */
  readonly ignore?: string;

  /**
   * How often Flux looks for a new revision: it lists the keys.
   *
   * @default Duration.minutes(1)
   */
  readonly interval?: Duration;

  /**
   * How long a fetch may take; written in minutes and smaller, for the API server refuses hours here.
   *
   * @default - Flux's: 60 seconds
   */
  readonly timeout?: Duration;

  /**
   * Whether to speak HTTP to the server; for servers with the API of S3 only.
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

/**
 * A Bucket (`source.toolkit.fluxcd.io/v1`): the files in a bucket of an object storage that source-controller watches.
 *
 * Unnamed, it is named like the construct's id.
 *
 * @throws if the bucket's name or the endpoint is missing, the endpoint is not of the form that the provider reads, a Secret stands beside another way to log in
 *   or does not hold what the field reads, or the name is no DNS label
 */
export class FluxBucketSource extends FluxObject implements IFluxSource {
  /**
   * A Bucket that is made elsewhere.
   *
   * @throws if the name is missing
   */
  public static fromBucketName(scope: Construct, id: string, name: string, namespace?: string): IFluxSource {
    return importedSource(scope, id, KIND, name, namespace);
  }

  public readonly sourceApiVersion: string = SOURCE_API_VERSION;
  public readonly sourceKind: string = KIND;
  public readonly sourceName: string;
  public readonly sourceNamespace: string;

  private readonly _props: FluxBucketSourceProps;

  constructor(scope: Construct, id: string, props: FluxBucketSourceProps) {
    super(scope, id, { ...props, apiVersion: SOURCE_API_VERSION, kind: KIND, defaultName: fileNameOf(id) });
    requireGiven(this, 'bucketName', props.bucketName, 'Give the name of the bucket');
    requireGiven(this, 'endpoint', props.endpoint, 'Give the address of the server');
    this._props = props;
    this.sourceName = this.objectName;
    this.sourceNamespace = this.objectNamespace;
    const { provider, secret } = props;
    if (secret && provider?._serviceAccountName) {
      throw constructError(this, "the API server refuses 'secret' beside the provider's 'serviceAccountName'", 'Give one of the two');
    }
    this._check({
      'secretRef': secret,
      'certSecretRef': props.certSecret,
      'proxySecretRef': props.proxySecret,
      'sts.secretRef': provider?._sts?.secret,
      'sts.certSecretRef': provider?._sts?.certSecret,
    });
  }

  /** @internal */
  protected _toSpec(): any {
    const props = this._props;
    return {
      bucketName: props.bucketName,
      endpoint: props.endpoint,
      ...props.provider?._toSpec(),
      secretRef: props.secret?._toReference(),
      certSecretRef: props.certSecret?._toReference(),
      proxySecretRef: props.proxySecret?._toReference(),
      region: props.region,
      prefix: props.prefix,
      ignore: props.ignore,
      interval: this._duration('interval', props.interval ?? Duration.minutes(1)),
      timeout: this._duration('timeout', props.timeout, DurationUnits.UP_TO_MINUTES),
      insecure: props.insecure,
      suspend: props.suspend,
    };
  }
}
