import { Construct, IConstruct } from 'constructs';
import { DigestReflectionPolicy } from './digest-reflection-policy';
import { IFluxImageRepository } from './flux-image-repository';
import { imageMarker, ImageMarkerPart } from './image-marker';
import { ImageTagPolicy } from './image-tag-policy';
import { FluxObject, FluxObjectOptions } from '../flux';
import { constructError, fileNameOf } from '../format';
import { markExisting, requireGiven } from '../routing';

const GROUP = 'image.toolkit.fluxcd.io';
const KIND = 'ImagePolicy';

/** An ImagePolicy, or what stands for one: something that chooses a tag. */
export interface IFluxImagePolicy extends IConstruct {
  /** `metadata.name`. */
  readonly imagePolicyName: string;

  /** `metadata.namespace`. */
  readonly imagePolicyNamespace: string;

  /**
   * The comment that lets an automation set a value to what this policy chose, such as `# {"$imagepolicy": "flux-system:app:tag"}`. It
   * belongs behind the value, on the same line of a `.yaml` or `.yml` file.
   *
   * @param part the part of the image that stands there; default: name and tag, and the digest if the policy says one
   */
  marker(part?: ImageMarkerPart): string;
}

/** Which tags count, and what of them is compared. */
export interface ImageTagFilter {
  /**
   * A regular expression of Go (RE2: no look-ahead, no back-reference) that matches any part of a tag; anchor it by `^` and `$`. Tags that
   * it does not match are passed over.
   */
  readonly pattern: string;

  /**
   * What to compare in place of the whole tag: text with groups of the pattern in it, such as `$1`, `$ts` for a group `(?P<ts>...)`, or
   * `${ts}` where a letter, a digit or `_` follows.
   *
   * @default - the tag
   */
  readonly extract?: string;
}

/** What an ImagePolicy takes. */
export interface FluxImagePolicyProps extends FluxObjectOptions {
  /** The image whose tags to choose from. In another namespace it must let this one in, by its `accessFrom`. */
  readonly imageRepository: IFluxImageRepository;

  /** How to choose. */
  readonly policy: ImageTagPolicy;

  /**
   * Which tags count, and what of them is compared.
   *
   * @default - all tags, as they are
   */
  readonly filterTags?: ImageTagFilter;

  /**
   * Whether to say the digest beside the tag.
   *
   * @default - Flux's: DigestReflectionPolicy.never()
   */
  readonly digestReflectionPolicy?: DigestReflectionPolicy;

  /**
   * Whether Flux stops choosing. What was chosen last stays, and an automation goes on setting it.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/**
 * An ImagePolicy (`image.toolkit.fluxcd.io/v1`): which tag of an image is the one to run. It chooses only; a FluxImageUpdateAutomation of the
 * same namespace writes it down.
 *
 * Unnamed, it is named like the construct's id. Markers hold its namespace and name, so that a rename leaves those in files without effect.
 *
 * @throws if the image repository or the policy is missing, the name is no DNS label, the pattern is no regular expression of Go, or `extract`
 *   names no group of it
 */
export class FluxImagePolicy extends FluxObject implements IFluxImagePolicy {
  /**
   * An ImagePolicy that is made elsewhere.
   *
   * @throws if the name is missing
   */
  public static fromImagePolicyName(scope: Construct, id: string, name: string, namespace?: string): IFluxImagePolicy {
    class Imported extends Construct implements IFluxImagePolicy {
      public readonly imagePolicyName = name;
      public readonly imagePolicyNamespace = namespace ?? FluxObject.DEFAULT_NAMESPACE;

      public marker(part?: ImageMarkerPart): string {
        return imageMarker(this.imagePolicyNamespace, this.imagePolicyName, part);
      }
    }
    const imported = new Imported(scope, id);
    markExisting(imported, { group: GROUP, kind: KIND, name, namespace: imported.imagePolicyNamespace });
    return imported;
  }

  public readonly imagePolicyName: string;
  public readonly imagePolicyNamespace: string;

  /** The image whose tags it chooses from. */
  public readonly imageRepository: IFluxImageRepository;

  private readonly _props: FluxImagePolicyProps;

  constructor(scope: Construct, id: string, props: FluxImagePolicyProps) {
    super(scope, id, { ...props, apiVersion: `${GROUP}/v1`, kind: KIND, defaultName: fileNameOf(id) });
    requireGiven(this, 'imageRepository', props.imageRepository, 'Give a FluxImageRepository, or FluxImageRepository.fromImageRepositoryName()');
    requireGiven(this, 'policy', props.policy, "Say how to choose a tag: ImageTagPolicy.semver('...')");
    this._props = props;
    this.imagePolicyName = this.objectName;
    this.imagePolicyNamespace = this.objectNamespace;
    this.imageRepository = props.imageRepository;
    this._check();
  }

  /**
   * The comment that lets an automation set a value to what this policy chose.
   *
   * @throws if it is for the digest, and the policy says none
   */
  public marker(part?: ImageMarkerPart): string {
    if (part === ImageMarkerPart.DIGEST && (this._props.digestReflectionPolicy ?? DigestReflectionPolicy.never())._mode === 'Never') {
      throw constructError(this, 'a marker for the digest has no value: the policy says no digest', "Give 'digestReflectionPolicy'");
    }
    return imageMarker(this.imagePolicyNamespace, this.imagePolicyName, part);
  }

  /** @internal */
  protected _toSpec(): any {
    const { imageRepository, policy, filterTags, digestReflectionPolicy, suspend } = this._props;
    const { imageRepositoryName: name, imageRepositoryNamespace: namespace } = imageRepository;
    return {
      imageRepositoryRef: { name, namespace: this._otherNamespace(namespace) },
      policy: policy._toSpec(),
      filterTags: filterTags && { pattern: filterTags.pattern, extract: filterTags.extract },
      digestReflectionPolicy: digestReflectionPolicy?._mode,
      interval: this._duration('digestReflectionPolicy', digestReflectionPolicy?._interval),
      suspend,
    };
  }
}
