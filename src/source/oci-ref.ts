/** Which of the fields of `spec.ref` is set. */
interface RefFields {
  readonly tag?: string;
  readonly semver?: string;
  readonly semverFilter?: string;
  readonly digest?: string;
}

/**
 * What of an OCI repository Flux follows: exactly one of a tag, a SemVer range of tags or a digest.
 *
 * In an OCIRepository several may stand side by side, of which source-controller takes one by a precedence of its own;
 * here one is all there can be.
 */
export class OciRef {
  /** A tag, such as `latest`: whatever it points to at the time. */
  public static tag(tag: string): OciRef {
    return new OciRef({ tag: required('tag', tag) });
  }

  /**
   * The highest tag in a SemVer range, such as `>=1.0.0 <2.0.0`. Flux lists all tags at every interval.
   *
   * @param range the range
   * @param semverFilter a regular expression (of Go) that a tag must match to be looked at, such as `.*-rc.*`; default: all tags are
   */
  public static semver(range: string, semverFilter?: string): OciRef {
    return new OciRef({ semver: required('semver', range), semverFilter });
  }

  /** One artifact for good, by its digest: `sha256:` and 64 hexadecimal digits in lower case. */
  public static digest(digest: string): OciRef {
    return new OciRef({ digest: required('digest', digest) });
  }

  private constructor(private readonly fields: RefFields) {}

  /** @internal */
  public _toSpec(): any {
    return this.fields;
  }
}

function required(kind: string, value: string): string {
  if (!value) {
    throw new Error(`OciRef.${kind}: it is empty. Name the ${kind}.`);
  }
  return value;
}
