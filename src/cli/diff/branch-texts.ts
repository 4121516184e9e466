import { ComparedPlace } from './moves';
import { changesAsText } from './text';
import { printable } from '../printable';

/** The text for each branch of a repository, out of the comparison of all: what becomes of an object may be decided in another one. */
export function branchTexts(compared: readonly ComparedPlace[], repository: string): Map<string, string> {
  const here = compared.filter(({ place }) => place.repository === repository);
  const branches = new Set(here.map(({ place }) => place.branch));
  return new Map([...branches].map((branch) => {
    const places = here.filter(({ place }) => place.branch === branch);
    const several = places.length > 1;
    const lines = places.flatMap(({ place, changes }) => {
      const told = changesAsText(changes, false);
      return several && told.length ? [printable(`${place.path || 'the whole branch'}:`), ...told.map((line) => `  ${line}`)] : told;
    });
    return [branch, [...lines, ...leaving(compared, `${repository}/${branch}/`)].join('\n')];
  }));
}

/** What has moved is told where it comes; where it goes, too, or that commit would say nothing of it. */
function leaving(compared: readonly ComparedPlace[], from: string): string[] {
  return compared.flatMap(({ place, changes }) => changes.filter((change) => change.from?.startsWith(from)).map((change) => (
    printable(`> ${change.object}: moves to ${place.repository}/${place.branch}/${change.file}`)
  )));
}
