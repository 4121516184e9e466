import { FluxSecret } from '../flux';

/** A security token service of MinIO that turns an LDAP login into a temporary credential. */
export interface LdapTokenService {
  /** URL of the service: `https://` or `http://`. */
  readonly endpoint: string;

  /**
   * The LDAP login: user name and password.
   *
   * @default - none
   */
  readonly secret?: FluxSecret;

  /**
   * Certificates to trust and to log in with.
   *
   * @default - those that the controller's system trusts
   */
  readonly certSecret?: FluxSecret;
}

/** A security token service of AWS. */
export interface AwsTokenService {
  /** URL of the service: `https://` or `http://`. */
  readonly endpoint: string;
}

/** What a bucket of any S3 server takes. */
export interface GenericBucketOptions {
  /**
   * Where to get temporary credentials from; in place of a `secret`.
   *
   * @default - none
   */
  readonly sts?: LdapTokenService;
}

/** How source-controller logs in to a cloud without a Secret. */
export interface CloudBucketOptions {
  /**
   * The service account, in the namespace of the Bucket, whose workload identity logs in; in place of a `secret`. The controller must be told to allow that
   * (`--feature-gates=ObjectLevelWorkloadIdentity=true`).
   *
   * @default - the controller's own
   */
  readonly serviceAccountName?: string;
}

/** What a bucket of AWS takes. */
export interface AwsBucketOptions extends CloudBucketOptions {
  /**
   * The token service to ask; in place of a `secret`.
   *
   * @default - the public one of the region
   */
  readonly sts?: AwsTokenService;
}

/** Who keeps a bucket: what the API of the server is and how source-controller logs in. Each takes only what the API server admits with it. */
export class BucketProvider {
  /** Any server with the API of S3. This is what Flux expects unless told otherwise. */
  public static generic(options: GenericBucketOptions = {}): BucketProvider {
    return new BucketProvider('generic', undefined, options.sts && 'ldap', options.sts);
  }

  /** Amazon S3: by the Secret, or else by workload identity. */
  public static aws(options: AwsBucketOptions = {}): BucketProvider {
    return new BucketProvider('aws', options.serviceAccountName, options.sts && 'aws', options.sts && { endpoint: options.sts.endpoint });
  }

  /** Google Cloud Storage: by the Secret, or else by workload identity. */
  public static gcp(options: CloudBucketOptions = {}): BucketProvider {
    return new BucketProvider('gcp', options.serviceAccountName);
  }

  /** Azure Blob Storage: by the Secret, or else by workload identity. */
  public static azure(options: CloudBucketOptions = {}): BucketProvider {
    return new BucketProvider('azure', options.serviceAccountName);
  }

  private constructor(
    private readonly provider: string,
    /** @internal */
    public readonly _serviceAccountName?: string,
    private readonly stsProvider?: string,
    /** @internal */
    public readonly _sts?: LdapTokenService,
  ) {}

  /** @internal */
  public _toSpec(): any {
    return {
      provider: this.provider,
      serviceAccountName: this._serviceAccountName,
      sts: this._sts && {
        provider: this.stsProvider,
        endpoint: this._sts.endpoint,
        secretRef: this._sts.secret?._toReference(),
        certSecretRef: this._sts.certSecret?._toReference(),
      },
    };
  }
}
