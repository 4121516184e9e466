import { IConstruct } from 'constructs';
import { complaint } from '../format';
import { pathProblem } from '../manifest';

/**
 * What keeps a file from being written or published, if anything; said before the first one is written.
 *
 * @param of the construct that the file is named after
 * @param path relative to the root of the branch, or of the output folder
 */
export function checkFileName(of: IConstruct, path: string): string | undefined {
  const problem = pathProblem(path);
  return problem && complaint(of, `its file '${path}' ${problem}`, 'Give it another id or name');
}
