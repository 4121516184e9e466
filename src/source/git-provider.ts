/** Which service account source-controller logs in to a Git server as. */
export interface GitProviderOptions {
  /**
   * The service account, in the namespace of the GitRepository, whose workload identity logs in. The controller must be told to allow that
   * (`--feature-gates=ObjectLevelWorkloadIdentity=true`).
   *
   * @default - the controller's own
   */
  readonly serviceAccountName?: string;
}

/**
 * How source-controller logs in to the Git server, other than by what a Secret holds.
 *
 * A GitHub App has no factory: `secret: FluxSecret.githubApp(...)` says it all.
 */
export class GitProvider {
  /** By what the Secret holds, if there is one. This is what Flux does unless told otherwise. */
  public static generic(): GitProvider {
    return new GitProvider('generic', {});
  }

  /** AWS CodeCommit, by workload identity. A `secret` beside it may hold certificates only. */
  public static aws(options: GitProviderOptions = {}): GitProvider {
    return new GitProvider('aws', options);
  }

  /** Azure DevOps, by workload identity. A `secret` beside it may hold certificates only. */
  public static azure(options: GitProviderOptions = {}): GitProvider {
    return new GitProvider('azure', options);
  }

  private constructor(private readonly provider: string, private readonly options: GitProviderOptions) {}

  /** @internal */
  public _toSpec(): { provider: string; serviceAccountName?: string } {
    return { provider: this.provider, serviceAccountName: this.options.serviceAccountName };
  }
}
