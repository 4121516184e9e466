/** What a repository that receives rendered files takes. */
export interface GitRepositoryOptions {
  /** `https://`, `http://` or `ssh://`; no credential in it, no scp style. */
  readonly url: string;

  /**
   * What the output folder and `publish --remote` call it.
   *
   * @default - the last segment of the URL, without `.git`
   */
  readonly name?: string;
}
