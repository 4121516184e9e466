import { BranchChange } from './plan';
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
  readonly added: string[];
  readonly changed: string[];
  readonly removed: string[];
  readonly adopted: string[];
}

export interface RepositoryReport {
  readonly name: string;
  readonly url: string;
  readonly branches: BranchReport[];
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
  readonly errors: string[];
}

type Paint = (text: string) => string;

/** The lines for people. */
export function reportLines(report: PublishReport, colours: boolean): string[] {
  const verb = report.outcome === 'dry-run' ? wouldDo : did;
  const paint = (code: number): Paint => (text) => colours ? `\u001b[${code}m${text}\u001b[0m` : text;
  const [bold, green, yellow, dim] = [1, 32, 33, 2].map(paint);
  const lines = report.repositories.flatMap(({ name, url, branches }) => {
    const told = branches.filter(({ change }) => change !== 'none');
    const width = Math.max(...told.map(({ branch }) => branch.length));
    const same = branches.length - told.length;
    return [
      `${bold(name)}  ${dim(url)}`,
      ...told.map((branch) => `  ${(branch.change === 'create' ? green : yellow)(verb(branch).padEnd(12))} ${branch.branch.padEnd(width)}  ${details(branch)}`),
      ...same ? [`  ${dim(`${count(same, 'branch', 'branches')} unchanged`)}`] : [],
    ];
  });
  return [...lines, ...summary(report)];
}

function did({ change, pushed }: BranchReport): string {
  return `${pushed ? '' : 'not '}${change}d`; // created, updated, deleted
}

function wouldDo({ change }: BranchReport): string {
  return `would ${change}`;
}

function details({ commit, pushed, change, added, changed, removed, adopted }: BranchReport): string {
  const numbers = change === 'create'
    ? [count(added.length, 'file', 'files')]
    : [[added, 'added'], [changed, 'changed'], [removed, 'removed']].flatMap(([files, word]) => files.length ? [`${files.length} ${word}`] : []);
  return [...pushed && commit ? [`${commit.slice(0, 7)} `] : [], numbers.join(', '), ...adopted.length ? [`(adopted: ${adopted.join(', ')})`] : []].join(' ');
}

function summary({ outcome, repositories }: PublishReport): string[] {
  const all = repositories.flatMap(({ branches }) => branches);
  const changed = all.filter(({ change }) => change !== 'none');
  const pushed = all.filter((branch) => branch.pushed);
  switch (outcome) {
    case 'unchanged':
      return ['Nothing changed, nothing to push.'];
    case 'dry-run':
      return [changed.length ? `Dry run: nothing was pushed, ${count(changed.length, 'branch', 'branches')} would be.` : 'Dry run: nothing changed.'];
    case 'published':
      return [`Published ${count(pushed.length, 'branch', 'branches')}.`];
    default:
      return [pushed.length ? `Published ${count(pushed.length, 'branch', 'branches')} before it failed.` : 'Nothing was published.'];
  }
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
