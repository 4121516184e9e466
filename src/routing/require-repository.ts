import { IConstruct } from 'constructs';
import { Repository } from './destination';
import { constructError, gitUrlProblem, repositoryNameOf } from '../format';

/**
 * The repository of a URL, under the name given or the last segment of the URL.
 *
 * @throws if the URL is not one that Flux reads or carries a credential, or the name cannot be a folder's
 */
export function requireRepository(construct: IConstruct, url: string, givenName?: string): Repository {
  const wrong = gitUrlProblem(url);
  if (wrong) {
    throw constructError(construct, wrong.problem, wrong.remedy);
  }
  const name = givenName ?? repositoryNameOf(url);
  if (!/^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(name)) {
    throw constructError(construct, `'${name}' cannot be the name of a repository's folder`, "Give a 'name' of letters, digits, '.', '_' and '-'");
  }
  return { name, url };
}
