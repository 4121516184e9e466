import { CommitSigningKey } from './commit-signing-key';
import { GitRef } from '../source';

/** What an automation starts from. */
export interface ImageAutomationCheckout {
  /** Anything but a branch needs `push.branch`, for there is no branch to push to otherwise. */
  readonly ref: GitRef;
}

/** Who an automation's commits are from. */
export interface ImageAutomationAuthor {
  /** The e-mail address. */
  readonly email: string;

  /**
   * The name.
   *
   * @default - none
   */
  readonly name?: string;
}

/** How an automation commits. */
export interface ImageAutomationCommit {
  /** Who the commits are from. */
  readonly author: ImageAutomationAuthor;

  /**
   * The message: a template of Go, with the functions of Sprig that give the same for the same input.
   *
   * It may use `.AutomationObject` (`.Namespace`, `.Name`), `.Changed` (`.FileChanges`, `.Objects`, `.Changes`, the last a list of `.OldValue`,
   * `.NewValue`, `.Setter`) and `.Values`. What older versions called `.Updated` and `.Changed.ImageResult` fails now.
   *
   * @default - Flux's: `Update from image update automation`
   */
  readonly messageTemplate?: string;

  /**
   * What the template finds in `.Values`.
   *
   * @default - nothing
   */
  readonly messageTemplateValues?: { readonly [name: string]: string };

  /**
   * What to sign the commits with.
   *
   * @default - they are not signed
   */
  readonly signingKey?: CommitSigningKey;
}

/** Where an automation pushes. */
export interface ImageAutomationPush {
  /**
   * The branch. Where it is not the one that was checked out, Flux makes it from that one if it is not there, and goes on from the state that it
   * has if it is; it then pushes by force, unless the controller is told otherwise.
   *
   * @default - the branch that was checked out
   */
  readonly branch?: string;

  /**
   * A refspec to push by too, such as `refs/heads/main:refs/heads/review`. It neither deletes (`:` first) nor forces (`+` first).
   *
   * @default - none
   */
  readonly refspec?: string;

  /**
   * Options for the Git server, such as `merge_request.create` of GitLab.
   *
   * @default - none
   */
  readonly options?: { readonly [name: string]: string };
}

/** What an automation does with Git. */
export interface ImageAutomationGit {
  /** How it commits. */
  readonly commit: ImageAutomationCommit;

  /**
   * What it starts from.
   *
   * @default - what the source follows
   */
  readonly checkout?: ImageAutomationCheckout;

  /**
   * Where it pushes.
   *
   * @default - to the branch that was checked out
   */
  readonly push?: ImageAutomationPush;
}

/** How values are set. */
export enum ImageUpdateStrategy {
  /** Where a comment marks them. */
  SETTERS = 'Setters',
}

/** Which files an automation changes. */
export interface ImageUpdate {
  /**
   * Directory in the repository. The same marker elsewhere is left alone.
   *
   * @default - the root
   */
  readonly path?: string;

  /**
   * How values are set. There is but one way.
   *
   * @default - Flux's: ImageUpdateStrategy.SETTERS
   */
  readonly strategy?: ImageUpdateStrategy;
}
