import { Construct } from 'constructs';
import { Delivery } from './delivery';
import { ArtifactDeliveryOptions } from './delivery-options';
import { FluxCluster } from './flux-cluster';
import { PlaceDelivery } from './place-delivery';
import { FluxSecret } from '../flux';
import { constructError, objectNameOf } from '../format';
import { KustomizationDecryption } from '../kustomize';
import { artifactPlace, describePlace, layered, markRepository, placeKey, Repository, requireArtifact, requireGiven, requireRegistry } from '../routing';
import { FluxOciSource, FluxOciSourceOptions, OciRef, RegistryProvider } from '../source';

/** What a ManifestRegistry takes. */
export interface ManifestRegistryProps {
  /** `oci://`, the host, and the path that all artifacts are below, such as `oci://ghcr.io/nodezoo`; no credential, tag or digest in it. */
  readonly url: string;

  /**
   * What the output folder and `publish --remote` call it.
   *
   * @default - the last segment of the URL
   */
  readonly name?: string;

  /**
   * The clusters that its deliveries go to.
   *
   * @default - the only cluster of the app's FluxConfigRepository; without one the Flux objects stay in their chart's file
   */
  readonly clusters?: FluxCluster[];

  /**
   * The credential that Flux reads the registry with.
   *
   * @default - none
   */
  readonly secret?: FluxSecret;

  /**
   * How Flux logs in to the registry, where it is not by a Secret.
   *
   * @default - Flux's: generic
   */
  readonly provider?: RegistryProvider;

  /**
   * What a delivery decrypts with to which a SopsSecret goes that does not say it itself.
   *
   * @default - none: a cloud's key service, by workload identity
   */
  readonly decryption?: KustomizationDecryption;

  /**
   * More said about the source of every delivery; a delivery's own `source` wins, field by field.
   *
   * @default - none
   */
  readonly source?: FluxOciSourceOptions;
}

/**
 * A place in an OCI registry that rendered manifests are pushed to as artifacts, which Flux reads.
 *
 * @throws if the URL is missing, is none of a registry or carries a credential, a tag or a digest
 */
export class ManifestRegistry extends Construct {
  /** The place in the registry. */
  public readonly url: string;

  private readonly repository: Repository;
  private readonly places = new Set<string>();
  private readonly _props: ManifestRegistryProps;

  constructor(scope: Construct, id: string, props: ManifestRegistryProps) {
    super(scope, id);
    this._props = props;
    this.url = props.url;
    this.repository = requireRegistry(this, props.url, props.name);
    markRepository(this, { ...this.repository, isRegistry: true });
  }

  /**
   * An artifact for what is delivered: `registry.artifact('nodezoo-npm-service')`. Flux follows its tag.
   *
   * It is named like the artifact.
   *
   * @param artifact the artifact's name below the registry's URL: parts of lower-case letters, digits, `.`, `_` and `-`, separated by `/`
   * @throws if the name or the tag is none, or delivered to already, or no object name can be made of the name and none is given
   */
  public artifact(artifact: string, options: ArtifactDeliveryOptions = {}): Delivery {
    requireGiven(this, 'artifact', artifact, 'Give artifact() the name of an artifact');
    const { tag = 'latest', secret, source: own, ...kustomization } = options;
    const place = artifactPlace(this.repository, artifact, tag);
    const title = describePlace(place);
    if (this.places.has(placeKey(place))) {
      throw constructError(this, `${title} is delivered to twice`, 'Keep the first Delivery and call its deliver() again');
    }
    const source = {
      ...layered({ provider: this._props.provider }, this._props.source, own),
      secret: secret ?? own?.secret ?? this._props.source?.secret ?? this._props.secret,
    };
    const delivery = new PlaceDelivery(this, `artifact ${artifact}:${tag}`, {
      place,
      title,
      defaultName: objectNameOf(artifact),
      options: kustomization,
      clusters: options.clusters ?? this._props.clusters ?? [],
      decryption: this._props.decryption,
      source,
      check: (construct) => requireArtifact(construct, place),
      makeSource: (scope, common) => new FluxOciSource(scope, 'source', { url: `${this.url}/${artifact}`, ref: OciRef.tag(tag), ...source, ...common }),
    });
    this.places.add(placeKey(place));
    return delivery;
  }
}
