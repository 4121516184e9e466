/** What a label must be like. */
export class ImagePolicyLabel {
  /** It is there, with one of the values. */
  public static isIn(key: string, values: string[]): ImagePolicyLabel {
    return new ImagePolicyLabel(key, 'In', values);
  }

  /** It is not there, or with none of the values. */
  public static isNotIn(key: string, values: string[]): ImagePolicyLabel {
    return new ImagePolicyLabel(key, 'NotIn', values);
  }

  /** It is there, whatever its value. */
  public static exists(key: string): ImagePolicyLabel {
    return new ImagePolicyLabel(key, 'Exists');
  }

  /** It is not there. */
  public static doesNotExist(key: string): ImagePolicyLabel {
    return new ImagePolicyLabel(key, 'DoesNotExist');
  }

  private constructor(private readonly key: string, private readonly operator: string, private readonly values?: string[]) {}

  /** @internal */
  public _toSpec(): any {
    return { key: this.key, operator: this.operator, values: this.values };
  }
}

/** Policies by their labels; all that is given must hold. */
export interface ImagePolicySelector {
  /**
   * Labels, each with its one value.
   *
   * @default - any
   */
  readonly matchLabels?: { readonly [label: string]: string };

  /**
   * What else labels must be like.
   *
   * @default - anything
   */
  readonly matchExpressions?: ImagePolicyLabel[];
}
