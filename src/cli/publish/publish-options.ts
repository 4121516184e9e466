import { RepositoryContents } from './contents';
import { Review } from './review';
import { DeliveryManifest } from '../../manifest';
import { Phase } from '../presenter';

export interface PublishOptions {
  readonly dist: string;
  /** `NAME=URL`. */
  readonly remotes: string[];
  readonly adopt: boolean;
  readonly overwrite: boolean;
  readonly allowOlder: boolean;
  readonly deleteBranches: boolean;
  /** `Name <address>`, in place of git's own. */
  readonly author?: string;
  /** What the commits say first, in place of the source's subject. */
  readonly message?: string;
  /** Whether commits are signed where git is configured to. */
  readonly sign: boolean;
  /** Branches for review in place of those that Flux reads. */
  readonly review?: Review;
  readonly dryRun: boolean;
  readonly sourceCommit?: string;
  readonly sourceUrl?: string;
  readonly sourceDate?: string;
  readonly deadline: string;
  /** Shows a line while it goes on. */
  readonly say: (line: string) => void;
  /** Shows what is being done. */
  readonly phase: (phase: Phase) => void;
  /** Is shown what will change, before anything does, also if it is to be refused; what has left the app in a turn of its own. */
  readonly inspect?: (contents: readonly RepositoryContents[], manifest: DeliveryManifest) => Promise<void>;
}
