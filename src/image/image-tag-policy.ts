/** Which of two tags is taken. */
export enum ImageTagOrder {
  /** The last in alphabetical order, or the highest number. */
  ASC = 'asc',
  /** The first in alphabetical order, or the lowest number. */
  DESC = 'desc',
}

/**
 * How to choose one of an image's tags.
 *
 * In an ImagePolicy several ways may stand side by side, of which the controller takes one without a word; here one is all there can be.
 */
export class ImageTagPolicy {
  /**
   * The highest version in a SemVer range, such as `>=1.0.0 <2.0.0` or `1.2.x`. Tags that are no versions are passed over, and so are
   * pre-releases, unless the range names one: `>=1.0.0-0`.
   *
   * @throws if the range is missing
   */
  public static semver(range: string): ImageTagPolicy {
    if (!range) {
      throw new Error("ImageTagPolicy.semver: the range is missing. Give one, such as '>=1.0.0' or '*'.");
    }
    return new ImageTagPolicy({ semver: { range } });
  }

  /**
   * The last tag in alphabetical order: right for dates of one length, wrong for numbers (`10` comes before `9`).
   *
   * @param order the other end if it is DESC; default: ASC, the last
   */
  public static alphabetical(order: ImageTagOrder = ImageTagOrder.ASC): ImageTagPolicy {
    return new ImageTagPolicy({ alphabetical: { order } });
  }

  /**
   * The tag with the highest number, such as a build number or a time stamp. One tag that is no number fails it: filter first, by
   * `filterTags`.
   *
   * @param order the other end if it is DESC; default: ASC, the highest
   */
  public static numerical(order: ImageTagOrder = ImageTagOrder.ASC): ImageTagPolicy {
    return new ImageTagPolicy({ numerical: { order } });
  }

  private constructor(private readonly fields: any) {}

  /** @internal */
  public _toSpec(): any {
    return this.fields;
  }
}
