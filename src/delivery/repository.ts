import { IConstruct } from 'constructs';
import { GitRepositoryOptions } from './git-repository-options';
import { constructError, gitUrlProblem, repositoryNameOf } from '../format';
import { Repository } from '../routing';

/**
 * The repository that options mean.
 *
 * @throws if the URL is not one that Flux reads or carries a credential, or the name cannot be a folder's
 */
export function repositoryOf(construct: IConstruct, options: GitRepositoryOptions): Repository {
  const wrong = gitUrlProblem(options.url);
  if (wrong) {
    throw constructError(construct, wrong.problem, wrong.remedy);
  }
  const name = options.name ?? repositoryNameOf(options.url);
  if (!/^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(name)) {
    throw constructError(construct, `'${name}' cannot be the name of a repository's folder`, "Give a 'name' of letters, digits, '.', '_' and '-'");
  }
  return { name, url: options.url };
}
