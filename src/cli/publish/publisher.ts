import { CliError, combined } from '../cli-error';
import { BranchContents, RepositoryContents } from './contents';
import { RepositoryReport } from './report';

/** Brings one remote to what was rendered, of whatever kind it is. */
export interface Publisher {
  readonly name: string;
  /** What makes Flux read others is moved after those. */
  readonly isConfig: boolean;
  /** Why it cannot be done, as the remote was when last looked at. */
  readonly refusals: string[];
  /** What the user should know of how it was done. */
  readonly warnings: string[];
  /** Looks at the remote and decides what to do. */
  prepare(): Promise<void>;
  /** Does it. Whoever was there in between makes it look and decide again, and what is found then may be refused. */
  push(): Promise<void>;
  /** The files that change in each branch or artifact, as they are and as they will be. */
  contents(): Promise<BranchContents[]>;
  report(): RepositoryReport;
}

/** What changes in each of them. */
export async function contentsOfAll(publishers: readonly Publisher[]): Promise<RepositoryContents[]> {
  return Promise.all(publishers.map(async (publisher) => ({ name: publisher.name, branches: await publisher.contents() })));
}

/** Does something to all of them at once; what goes wrong is told together. */
export async function all<T>(publishers: readonly T[], work: (publisher: T) => Promise<void>): Promise<void> {
  const results = await Promise.allSettled(publishers.map(work));
  const errors = results.flatMap((result) => result.status === 'rejected' ? [result.reason] : []);
  const unexpected = errors.find((error) => !(error instanceof CliError));
  if (unexpected) {
    throw unexpected;
  } else if (errors.length) {
    throw combined(errors);
  }
}
