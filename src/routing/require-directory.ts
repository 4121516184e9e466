import { IConstruct } from 'constructs';
import { constructError } from '../format';
import { pathProblem } from '../manifest';

/**
 * A directory below the root of a repository, without `./` before and `/` behind it.
 *
 * @throws if it is none, or git, or a tool on the way, does not take its name
 */
export function requireDirectory(construct: IConstruct, given: string): string {
  const path = given.replace(/^(\.?\/)+|\/+$/g, '');
  const problem = pathProblem(path);
  if (problem) {
    throw constructError(construct, `path '${given}' ${problem}`, "Give a directory below the root of the repository, such as 'clusters/production'");
  }
  return path;
}
