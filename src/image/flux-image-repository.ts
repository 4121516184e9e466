import { Duration } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { FluxObject, FluxObjectOptions, FluxSecret } from '../flux';
import { DurationUnits, fileNameOf } from '../format';
import { markExisting, requireGiven } from '../routing';
import { FluxAccessFrom, RegistryProvider } from '../source';

const GROUP = 'image.toolkit.fluxcd.io';
const KIND = 'ImageRepository';

/** An ImageRepository, or what stands for one: something whose tags a policy can choose from. */
export interface IFluxImageRepository extends IConstruct {
  /** `metadata.name`. */
  readonly imageRepositoryName: string;

  /** `metadata.namespace`. */
  readonly imageRepositoryNamespace: string;
}

/** What an ImageRepository takes. */
export interface FluxImageRepositoryProps extends FluxObjectOptions {
  /**
   * The image, as a pod names it but without tag and digest: `registry.example.com/team/app`, or `team/app` for Docker Hub.
   *
   * No scheme. A first segment without a dot and without a port is no host to Flux: `localhost/app` is an image on Docker Hub.
   */
  readonly image: string;

  /**
   * How often Flux lists the tags.
   *
   * @default Duration.minutes(1) - what `flux create image repository` takes too
   */
  readonly interval?: Duration;

  /**
   * How long listing the tags may take; written in minutes and smaller, for the API server refuses hours here.
   *
   * @default - Flux's: the interval
   */
  readonly timeout?: Duration;

  /**
   * The login of the registry, in the namespace of this object: what `docker login` writes. Only with the generic provider: with another
   * one Flux does not read it.
   *
   * @default - none
   */
  readonly secret?: FluxSecret;

  /**
   * How to log in. With a cloud's provider and a service account, Flux logs in as the account's workload identity, never by its image pull secrets.
   *
   * @default - Flux's: generic
   */
  readonly provider?: RegistryProvider;

  /**
   * Certificates to trust, beside those that the controller's system trusts, and to log in with.
   *
   * @default - none
   */
  readonly certSecret?: FluxSecret;

  /**
   * The proxy to go through.
   *
   * @default - none
   */
  readonly proxySecret?: FluxSecret;

  /**
   * Whether to speak HTTP to the registry.
   *
   * @default false
   */
  readonly insecure?: boolean;

  /**
   * Tags to leave out: regular expressions of Go, of which one that matches any part of a tag is enough; at most 25.
   *
   * @default - Flux's: `^.*\.sig$`, the signatures of Cosign. It does not hold beside yours, and an empty list means it again
   */
  readonly exclusionList?: string[];

  /**
   * Namespaces whose policies may refer to this one, beside its own.
   *
   * @default - its own namespace only
   */
  readonly accessFrom?: FluxAccessFrom;

  /**
   * Whether Flux stops listing the tags.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/**
 * An ImageRepository (`image.toolkit.fluxcd.io/v1`): an image whose tags image-reflector-controller lists, for policies to choose from.
 *
 * Unnamed, it is named like the construct's id.
 *
 * @throws if the image is missing or has a scheme, a tag or a digest, the name is no DNS label, a pattern is no regular expression of Go, or a
 *   Secret does not hold what the field reads
 */
export class FluxImageRepository extends FluxObject implements IFluxImageRepository {
  /**
   * An ImageRepository that is made elsewhere.
   *
   * @throws if the name is missing
   */
  public static fromImageRepositoryName(scope: Construct, id: string, name: string, namespace?: string): IFluxImageRepository {
    class Imported extends Construct implements IFluxImageRepository {
      public readonly imageRepositoryName = name;
      public readonly imageRepositoryNamespace = namespace ?? FluxObject.DEFAULT_NAMESPACE;
    }
    const imported = new Imported(scope, id);
    markExisting(imported, { group: GROUP, kind: KIND, name, namespace: imported.imageRepositoryNamespace });
    return imported;
  }

  public readonly imageRepositoryName: string;
  public readonly imageRepositoryNamespace: string;

  /** The image, without tag. */
  public readonly image: string;

  private readonly _props: FluxImageRepositoryProps;

  constructor(scope: Construct, id: string, props: FluxImageRepositoryProps) {
    super(scope, id, { ...props, apiVersion: `${GROUP}/v1`, kind: KIND, defaultName: fileNameOf(id) });
    requireGiven(this, 'image', props.image, "Name the image, such as 'registry.example.com/team/app'");
    this._props = props;
    this.imageRepositoryName = this.objectName;
    this.imageRepositoryNamespace = this.objectNamespace;
    this.image = props.image;
    this._check({ secretRef: props.secret, certSecretRef: props.certSecret, proxySecretRef: props.proxySecret });
  }

  /** @internal */
  protected _toSpec(): any {
    const props = this._props;
    return {
      image: props.image,
      interval: this._duration('interval', props.interval ?? Duration.minutes(1)),
      timeout: this._duration('timeout', props.timeout, DurationUnits.UP_TO_MINUTES),
      ...props.provider?._toSpec(),
      secretRef: props.secret?._toReference(),
      certSecretRef: props.certSecret?._toReference(),
      proxySecretRef: props.proxySecret?._toReference(),
      insecure: props.insecure,
      exclusionList: props.exclusionList,
      accessFrom: props.accessFrom && {
        namespaceSelectors: props.accessFrom.namespaceSelectors.map(({ matchLabels }) => (matchLabels ? { matchLabels } : {})),
      },
      suspend: props.suspend,
    };
  }
}
