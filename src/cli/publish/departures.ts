import { FormerTarget, PlanContext } from './branch-plan';
import { removing } from './branch-work';
import { DeliveredRecord, placeKey, placeName } from './delivered';
import { FoundRecord } from './neighbours';
import { OpenRepository } from './remotes';
import { PublisherContext, RepositoryPublisher } from './repository-publisher';
import { Patience } from './retry';
import { DeliveryManifest, ownershipFileOf } from '../../manifest';

/** The config directories as they were published last. */
export function formerConfigs(publishers: readonly RepositoryPublisher[]): FormerTarget[] {
  return publishers.filter(({ isConfig }) => isConfig).flatMap(({ branchPlans }) => branchPlans.flatMap(({ former }) => former));
}

/** Why it is unknown what other clusters read of what has left those that were rendered. */
export function unknownReaders(publishers: readonly RepositoryPublisher[]): string[] {
  return otherClusters(publishers).flatMap(({ file, record }) => record.kind === 'unreadable' ? [
    `file '${file}' of the config repository: ${record.problem}, so that it is unknown what that cluster still reads. ${record.remedy}, or leave out --delete-branches.`,
  ] : []);
}

function otherClusters(publishers: readonly RepositoryPublisher[]): FoundRecord[] {
  return publishers.flatMap(({ branchPlans }) => branchPlans).flatMap(({ elsewhere = [] }) => elsewhere);
}

/** What the records of the config directories list and the app no longer delivers, to this or another cluster. */
export function departures(publishers: readonly RepositoryPublisher[], rendered: ReadonlySet<string>): DeliveredRecord[] {
  const elsewhere = new Set(otherClusters(publishers).flatMap(({ record }) => (
    record.kind === 'ours' ? record.ownership.delivered?.filter((one) => !one.left).map(placeKey) ?? [] : []
  )));
  const former = formerConfigs(publishers).flatMap(({ ownership }) => ownership.delivered ?? []);
  const places = new Map(former.map((one) => [placeKey(one), one]));
  return [...places].filter(([key]) => !rendered.has(key) && !elsewhere.has(key)).map(([, one]) => one);
}

/** What to tell of a place that has left the app, and how to be rid of it. */
export function staysThere(place: DeliveredRecord, { repositories, registries = [] }: DeliveryManifest, forgets: boolean): string {
  const among = (all: readonly { readonly name: string }[]) => all.some(({ name }) => name === place.repository);
  const remedy = among(repositories) ? 'Publish with --delete-branches to delete it.'
    : among(registries) ? 'Tags of a registry are deleted there, not from here.'
      : forgets ? `The app no longer says where '${place.repository}' is.`
        : `Declare '${place.repository}' in the app again and publish with --delete-branches to delete it, or only that if it is to be forgotten.`;
  return `${placeName(place)} is no longer delivered; what was published stays there. ${remedy}${forgets ? ' It is not told of again.' : ''}`;
}

/** Files that the app publishes on a branch, its records among them. */
function renderedOn(repository: string, branch: string, { manifest }: PlanContext): Set<string> {
  const all = manifest.repositories.find(({ name }) => name === repository)?.targets ?? [];
  const targets = all.filter((one) => one.branch === branch);
  return new Set(targets.flatMap((target) => [...target.files, ownershipFileOf(target)]));
}

/** What takes it away, a publisher for each repository. */
export function removersOf(
  left: readonly DeliveredRecord[], opened: readonly OpenRepository[], context: PlanContext & PublisherContext, patience: Patience,
): RepositoryPublisher[] {
  return opened.flatMap(({ repository, remote, local }) => {
    const here = left.filter((one) => one.repository === repository);
    const branches = [...new Set(here.map(({ branch }) => branch))].map((branch) => (
      removing({
        branch,
        paths: here.filter((one) => one.branch === branch).map(({ path }) => path),
        rendered: renderedOn(repository, branch, context),
      }, context)
    ));
    const work = { name: repository, url: remote.url, isConfig: false, artifacts: [], branches };
    return branches.length ? [new RepositoryPublisher(work, local, context, patience)] : [];
  });
}
