import { IConstruct } from 'constructs';
import { constructError } from '../format';
import { branchProblem } from '../manifest';

/**
 * Refuses a branch name that git, or a tool on the way, does not take.
 *
 * @throws if it is one
 */
export function requireBranch(construct: IConstruct, branch: string): void {
  const problem = branchProblem(branch);
  if (problem) {
    throw constructError(construct, `branch '${branch}' ${problem}`, 'Give the branch another name');
  }
}
