/** Which of the fields of `spec.ref` is set. */
interface RefFields {
  readonly branch?: string;
  readonly tag?: string;
  readonly semver?: string;
  readonly name?: string;
  readonly commit?: string;
}

/**
 * What of a Git repository Flux follows: exactly one of a branch, a tag, a SemVer range of tags, a reference or a commit.
 *
 * In a GitRepository several may stand side by side, of which source-controller takes one by a precedence of its own;
 * here one is all there can be.
 */
export class GitRef {
  /** The tip of a branch. Flux asks the server for it once an interval and clones only when it moved. */
  public static branch(branch: string): GitRef {
    return new GitRef({ branch: required('branch', branch) });
  }

  /** A tag. */
  public static tag(tag: string): GitRef {
    return new GitRef({ tag: required('tag', tag) });
  }

  /** The highest tag in a SemVer range, such as `>=1.0.0 <2.0.0`. Flux clones at every interval to see the tags. */
  public static semver(range: string): GitRef {
    return new GitRef({ semver: required('semver', range) });
  }

  /** A reference by its full name, such as `refs/heads/main` or `refs/pull/420/head`. */
  public static refName(name: string): GitRef {
    if (!/^refs\/./.test(name)) {
      throw new Error(`GitRef.refName: '${name}' is no full reference. Write 'refs/heads/<branch>', or use GitRef.branch().`);
    }
    return new GitRef({ name });
  }

  /** A commit on the default branch, or on `branch` if one is given, by its full hash. Flux clones at every interval. */
  public static commit(commit: string, branch?: string): GitRef {
    if (!/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(commit)) {
      throw new Error(`GitRef.commit: '${commit}' is no commit. Give its full hash in lower case: 40 hexadecimal digits (64 with SHA-256).`);
    }
    return new GitRef({ commit, branch });
  }

  /** The branch that is followed; undefined for every other kind of reference. */
  public readonly branchName?: string;

  private constructor(private readonly fields: RefFields) {
    this.branchName = fields.commit ? undefined : fields.branch;
  }

  /** @internal */
  public _toSpec(): any {
    return this.fields;
  }
}

function required(kind: string, value: string): string {
  if (!value) {
    throw new Error(`GitRef.${kind}: it is empty. Name the ${kind}.`);
  }
  return value;
}
