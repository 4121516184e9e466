import { BranchChange } from './branch-plan';
import { SourceCommit } from './source';

/** What became of a branch. */
export interface BranchReport {
  readonly branch: string;
  readonly change: BranchChange;
  readonly pushed: boolean;
  /** The commit before; absent for a new branch. */
  readonly before?: string;
  /** The commit that was pushed. */
  readonly commit?: string;
  /** The branch or ref that it was pushed to, for review. */
  readonly review?: string;
  readonly added: string[];
  readonly changed: string[];
  readonly removed: string[];
  /** What was not ours, or not as we left it. */
  readonly adopted: string[];
  /** Of these, what was ours, and changed by hand. */
  readonly overwritten: string[];
}

/** What became of a tag of an artifact. */
export interface ArtifactReport {
  readonly artifact: string;
  readonly tag: string;
  readonly change: 'create' | 'update' | 'none';
  readonly pushed: boolean;
  /** The digest before; absent for a new tag. */
  readonly before?: string;
  /** The digest that was pushed. */
  readonly digest?: string;
  /** Number of files. */
  readonly files: number;
  readonly adopted: boolean;
}

/** What became of a repository or a registry. */
export interface RepositoryReport {
  readonly name: string;
  readonly url: string;
  /** None in a registry. */
  readonly branches: BranchReport[];
  /** Of a registry. */
  readonly artifacts?: ArtifactReport[];
}

/** What the report says of a place that is published to, whatever its kind. */
export interface PlaceReport {
  readonly change: 'create' | 'update' | 'delete' | 'none';
  readonly pushed: boolean;
}

export function placesOf({ branches, artifacts = [] }: RepositoryReport): PlaceReport[] {
  return [...branches, ...artifacts];
}

/** One report for each repository, though first something was brought there and then something taken away. */
export function merged(reports: RepositoryReport[]): RepositoryReport[] {
  const byName = new Map<string, RepositoryReport>();
  for (const report of reports) {
    byName.set(report.name, { ...report, branches: [...byName.get(report.name)?.branches ?? [], ...report.branches] });
  }
  return [...byName.values()];
}

/** What a run did; with `--json` it is the standard output. */
export interface PublishReport {
  readonly version: 1;
  readonly outcome: 'published' | 'unchanged' | 'dry-run' | 'failed';
  readonly exitCode: number;
  readonly app?: string;
  readonly source?: SourceCommit;
  readonly repositories: RepositoryReport[];
  readonly warnings: string[];
  /** What remotes said of how to open a request to merge. */
  readonly notes?: string[];
  readonly errors: string[];
}

type Paint = (text: string) => string;

/** The lines for people. */
export function reportLines(report: PublishReport, colours: boolean): string[] {
  const verb = report.outcome === 'dry-run' ? wouldDo : did;
  const paint = (code: number): Paint => (text) => colours ? `\u001b[${code}m${text}\u001b[0m` : text;
  const [bold, green, yellow, dim] = [1, 32, 33, 2].map(paint);
  const lines = report.repositories.flatMap(({ name, url, branches, artifacts = [] }) => {
    const told = [
      ...branches.filter(isChanged).map((branch) => ({ place: branch as PlaceReport, label: branch.branch, text: details(branch) })),
      ...artifacts.filter(isChanged).map((artifact) => ({ place: artifact as PlaceReport, label: `${artifact.artifact}:${artifact.tag}`, text: artifactDetails(artifact) })),
    ];
    const width = Math.max(...told.map(({ label }) => label.length));
    const same = unchanged(branches, 'branch', 'branches') ?? unchanged(artifacts, 'artifact', 'artifacts');
    return [
      `${bold(name)}  ${dim(url)}`,
      ...told.map(({ place, label, text }) => `  ${(place.change === 'create' ? green : yellow)(verb(place).padEnd(12))} ${label.padEnd(width)}  ${text}`),
      ...same ? [`  ${dim(same)}`] : [],
    ];
  });
  return [...lines, ...report.notes ?? [], ...summary(report)];
}

function isChanged({ change }: PlaceReport): boolean {
  return change !== 'none';
}

function did({ change, pushed }: PlaceReport): string {
  return `${pushed ? '' : 'not '}${change}d`; // created, updated, deleted
}

function wouldDo({ change }: PlaceReport): string {
  return `would ${change}`;
}

function details({ review, commit, pushed, change, added, changed, removed, adopted, overwritten }: BranchReport): string {
  const numbers = change === 'create'
    ? [count(added.length, 'file', 'files')]
    : [[added, 'added'], [changed, 'changed'], [removed, 'removed']].flatMap(([files, word]) => files.length ? [`${files.length} ${word}`] : []);
  const taken = { adopted: adopted.filter((path) => !overwritten.includes(path)), overwritten };
  return [
    ...review ? [`for review on ${review} `] : [],
    ...pushed && commit ? [`${commit.slice(0, 7)} `] : [],
    numbers.join(', '),
    ...Object.entries(taken).flatMap(([word, paths]) => paths.length ? [`(${word}: ${paths.join(', ')})`] : []),
  ].join(' ');
}

function artifactDetails({ digest, pushed, files, adopted }: ArtifactReport): string {
  return [...pushed && digest ? [`${digest.slice(0, 19)} `] : [], count(files, 'file', 'files'), ...adopted ? ['(adopted)'] : []].join(' ');
}

function unchanged(places: readonly PlaceReport[], one: string, many: string): string | undefined {
  const same = places.filter(({ change }) => change === 'none').length;
  return same ? `${count(same, one, many)} unchanged` : undefined;
}

function summary({ outcome, repositories }: PublishReport): string[] {
  const pushed = (place: PlaceReport) => place.pushed;
  const would = total(repositories, isChanged);
  const done = total(repositories, pushed);
  switch (outcome) {
    case 'unchanged':
      return ['Nothing changed, nothing to push.'];
    case 'dry-run':
      return [would ? `Dry run: nothing was pushed, ${would} would be.` : 'Dry run: nothing changed.'];
    case 'published':
      return [`Published ${done ?? 'nothing'}.`];
    default:
      return [done ? `Published ${done} before it failed.` : 'Nothing was published.'];
  }
}

/** `3 branches and 1 artifact`; undefined if there is none. */
function total(repositories: readonly RepositoryReport[], which: (place: PlaceReport) => boolean): string | undefined {
  const branches = repositories.flatMap((repository) => repository.branches).filter(which).length;
  const artifacts = repositories.flatMap((repository) => repository.artifacts ?? []).filter(which).length;
  const parts = [...branches ? [count(branches, 'branch', 'branches')] : [], ...artifacts ? [count(artifacts, 'artifact', 'artifacts')] : []];
  return parts.length ? parts.join(' and ') : undefined;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
