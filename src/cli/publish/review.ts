/** How a request to merge is asked for. */
export enum ReviewRequest {
  /** By push options, as GitLab takes them; a host that does not is shown the branches alone. */
  PUSH_OPTIONS = 'push-options',
  /** By pushing to `refs/for/<branch>`, as Gitea, Forgejo and Gerrit take it, without a branch. */
  AGIT = 'agit',
  /** Not at all: branches alone. */
  NONE = 'none',
}

export interface Review {
  readonly name: string;
  readonly request: ReviewRequest;
  /** Go on over what somebody else committed to a branch for review. */
  readonly overwrite: boolean;
}
