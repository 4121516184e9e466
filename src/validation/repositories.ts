import { complaint } from '../format';
import { canonicalGitUrl } from '../git';
import { Destination } from '../routing';

/** The name of a repository is its folder in the output, so that a name means one URL and a URL has one name. */
export function checkRepositories(destinations: readonly Destination[]): string[] {
  const byName = new Map<string, Destination>();
  const byUrl = new Map<string, Destination>();
  const errors = new Set<string>();
  for (const destination of destinations) {
    const { repository: { name, url }, owner } = destination;
    const namesake = first(byName, name.toLowerCase(), destination);
    if (namesake.repository.url !== url && canonicalGitUrl(namesake.repository.url) !== canonicalGitUrl(url)) {
      errors.add(complaint(
        owner,
        `repository '${name}' is '${url}' here and '${namesake.repository.url}' at '${namesake.owner.node.path}'`,
        "Give one of the two another 'name'",
      ));
    }
    const twin = first(byUrl, canonicalGitUrl(url), destination);
    if (twin.repository.name !== name || twin.repository.url !== url) {
      errors.add(complaint(
        owner,
        `'${url}' named '${name}' is the repository that '${twin.owner.node.path}' knows as '${twin.repository.url}' named '${twin.repository.name}'`,
        'Write the same URL and name in both places',
      ));
    }
  }
  return [...errors];
}

function first(map: Map<string, Destination>, key: string, destination: Destination): Destination {
  const former = map.get(key);
  if (former) {
    return former;
  }
  map.set(key, destination);
  return destination;
}
