/** Which objects a patch or an ignore rule is for; what is left out matches everything. */
export interface KustomizeTarget {
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
export interface FluxIgnoreRule {
  /** JSON pointers, such as `/spec/replicas`. */
  readonly paths: string[];

  /**
   * The objects meant.
   *
   * @default - all
   */
  readonly target?: KustomizeTarget;
}

/** A change that kustomize makes before the objects are applied. */
export interface KustomizePatch {
  /** A strategic merge patch or a JSON patch (RFC 6902), as YAML text. */
  readonly patch: string;

  /**
   * The objects meant; may be left out if a strategic merge patch names its object.
   *
   * @default - the object that the patch names
   */
  readonly target?: KustomizeTarget;
}

/** Another name, tag or digest for an image. */
export interface KustomizeImage {
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
export interface FluxCommonMetadata {
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
