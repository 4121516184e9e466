import { IConstruct } from 'constructs';
import { Repository } from './destination';
import { FOLDER_NAME, isFolderName } from './folder-name';
import { requireGiven } from './given';
import { constructError } from '../format';
import { gitUrlProblem, repositoryNameOf } from '../git';

/**
 * The repository of a URL, under the name given or the last segment of the URL.
 *
 * @throws if the URL is missing, is not one that Flux reads or carries a credential, or the name cannot be a folder's
 */
export function requireRepository(construct: IConstruct, url: string, givenName?: string): Repository {
  requireGiven(construct, 'url', url, 'Give the URL of the Git repository');
  const wrong = gitUrlProblem(url);
  if (wrong) {
    throw constructError(construct, wrong.problem, wrong.remedy);
  }
  const name = givenName ?? repositoryNameOf(url);
  if (!isFolderName(name)) {
    throw constructError(construct, `'${name}' cannot be the name of a repository's folder`, `Give a 'name' of ${FOLDER_NAME}`);
  }
  return { name, url };
}
