import { IConstruct } from 'constructs';
import { Repository } from './destination';
import { FOLDER_NAME, isFolderName } from './folder-name';
import { requireGiven } from './given';
import { constructError } from '../format';
import { repositoryNameOf } from '../git';
import { registryUrlProblem } from '../manifest';

/**
 * The place in an OCI registry that a URL means, under the name given or the last segment of the URL.
 *
 * @throws if the URL is missing, is none of a registry or carries a credential, a tag or a digest, or the name cannot be a folder's
 */
export function requireRegistry(construct: IConstruct, url: string, givenName?: string): Repository {
  requireGiven(construct, 'url', url, "Give the URL of the place in the registry: 'oci://<host>/<path>'");
  const problem = registryUrlProblem(url);
  if (problem) {
    throw constructError(construct, `the URL ${problem}`, "Write it like 'oci://ghcr.io/nodezoo'");
  }
  const name = givenName ?? repositoryNameOf(url.replace(/:[0-9]+$/, ''));
  if (!isFolderName(name)) {
    throw constructError(construct, `'${name}' cannot be the name of a registry's folder`, `Give a 'name' of ${FOLDER_NAME}`);
  }
  return { name, url };
}
