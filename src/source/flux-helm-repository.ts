import { Duration } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { FluxAccessFrom } from './access-from';
import { SOURCE_API_VERSION, SOURCE_GROUP } from './imported-source';
import { FluxObject, FluxObjectOptions, FluxSecret } from '../flux';
import { DurationUnits, fileNameOf } from '../format';
import { markExisting, requireGiven } from '../routing';

const KIND = 'HelmRepository';

/** How source-controller logs in to a registry of charts; for an `oci://` URL only. It always does so by its own identity. */
export enum HelmRepositoryProvider {
  /** By what the Secret holds. */
  GENERIC = 'generic',
  /** Amazon ECR, by workload identity. */
  AWS = 'aws',
  /** Azure Container Registry, by workload identity. */
  AZURE = 'azure',
  /** Google Artifact Registry, by workload identity. */
  GCP = 'gcp',
}

/** A HelmRepository, or what stands for one: where a chart may be from. */
export interface IFluxHelmRepository extends IConstruct {
  /** `metadata.name`. */
  readonly helmRepositoryName: string;

  /** `metadata.namespace`. */
  readonly helmRepositoryNamespace: string;
}

/** What a HelmRepository takes. */
export interface FluxHelmRepositoryProps extends FluxObjectOptions {
  /**
   * `https://` or `http://` for a repository with an index, `oci://` for a registry; without the chart's name.
   *
   * The `type` of the HelmRepository follows from it, which YAML may contradict.
   */
  readonly url: string;

  /**
   * How often Flux reads the index. A registry has none, and Flux does not look at the interval.
   *
   * @default - Flux's: one minute
   */
  readonly interval?: Duration;

  /**
   * How long reading the index or a chart may take; written in minutes and smaller, for the API server refuses hours here.
   *
   * @default - Flux's: 60 seconds
   */
  readonly timeout?: Duration;

  /**
   * The credential, in the namespace of this object: user name and password, or for a registry what `docker login` writes.
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

  /**
   * Whether the credential is sent to another host too, if the index says that a chart is there. An index that others can write may so carry it away.
   * Not for an `oci://` URL.
   *
   * @default false
   */
  readonly passCredentials?: boolean;

  /**
   * How to log in to a registry; for an `oci://` URL only. A `secret` wins over it.
   *
   * @default - Flux's: generic
   */
  readonly provider?: HelmRepositoryProvider;

  /**
   * Whether to speak HTTP to the registry; for an `oci://` URL only.
   *
   * @default false
   */
  readonly insecure?: boolean;

  /**
   * Namespaces whose objects may refer to this one. No version of Flux heeds it so far.
   *
   * @default - none
   */
  readonly accessFrom?: FluxAccessFrom;

  /**
   * Whether Flux stops reading the index. Not for an `oci://` URL: there is nothing that could stop.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/**
 * A HelmRepository (`source.toolkit.fluxcd.io/v1`): where Helm charts are, behind an index or in a registry.
 *
 * Unnamed, it is named like the construct's id.
 *
 * @throws if the URL is missing, the name is no DNS label, or a Secret does not hold what the field reads
 */
export class FluxHelmRepository extends FluxObject implements IFluxHelmRepository {
  /**
   * A HelmRepository that is made elsewhere.
   *
   * @throws if the name is missing
   */
  public static fromHelmRepositoryName(scope: Construct, id: string, name: string, namespace?: string): IFluxHelmRepository {
    class Imported extends Construct implements IFluxHelmRepository {
      public readonly helmRepositoryName = name;
      public readonly helmRepositoryNamespace = namespace ?? FluxObject.DEFAULT_NAMESPACE;
    }
    const imported = new Imported(scope, id);
    markExisting(imported, { group: SOURCE_GROUP, kind: KIND, name, namespace: imported.helmRepositoryNamespace });
    return imported;
  }

  public readonly helmRepositoryName: string;
  public readonly helmRepositoryNamespace: string;

  /** Where the charts are. */
  public readonly url: string;

  private readonly _props: FluxHelmRepositoryProps;

  constructor(scope: Construct, id: string, props: FluxHelmRepositoryProps) {
    super(scope, id, { ...props, apiVersion: SOURCE_API_VERSION, kind: KIND, defaultName: fileNameOf(id) });
    requireGiven(this, 'url', props.url, 'Give the URL of the Helm repository');
    this._props = props;
    this.helmRepositoryName = this.objectName;
    this.helmRepositoryNamespace = this.objectNamespace;
    this.url = props.url;
    this._check({ secretRef: props.secret, certSecretRef: props.certSecret });
  }

  /** @internal */
  protected _toSpec(): any {
    const props = this._props;
    return {
      url: props.url,
      // Left out it means the other type.
      type: props.url.startsWith('oci://') ? 'oci' : undefined,
      interval: this._duration('interval', props.interval),
      timeout: this._duration('timeout', props.timeout, DurationUnits.UP_TO_MINUTES),
      secretRef: props.secret?._toReference(),
      certSecretRef: props.certSecret?._toReference(),
      passCredentials: props.passCredentials,
      provider: props.provider,
      insecure: props.insecure,
      accessFrom: props.accessFrom && {
        namespaceSelectors: props.accessFrom.namespaceSelectors.map(({ matchLabels }) => (matchLabels ? { matchLabels } : {})),
      },
      suspend: props.suspend,
    };
  }
}
