import { IConstruct } from 'constructs';
import { Place, Repository } from './destination';
import { constructError } from '../format';
import { artifactFolder, artifactProblem, repositoryOfArtifact, tagProblem } from '../manifest';

/** The place of a tag of an artifact; whether there can be one, `requireArtifact` says. */
export function artifactPlace(repository: Repository, artifact: string, tag: string): Place {
  return { repository, branch: artifactFolder({ artifact, tag }), path: '', artifact: { artifact, tag } };
}

/**
 * Refuses an artifact or a tag that no registry takes.
 *
 * @throws if it is one
 */
export function requireArtifact(construct: IConstruct, { repository, artifact }: Place): void {
  const { artifact: name, tag } = artifact!;
  const problem = artifactProblem(name) ?? artifactProblem(repositoryOfArtifact(repository.url, name));
  if (problem) {
    throw constructError(construct, `'${name}' ${problem}`, 'Give the artifact another name');
  }
  const wrong = tagProblem(tag);
  if (wrong) {
    throw constructError(construct, `'${tag}' ${wrong}`, 'Give it another tag');
  }
}
