import { ObjectChange } from './change';
import { codeSpan, MarkdownSection, sectionsAsMarkdown } from './markdown';
import { printable } from '../printable';
import { changesAsText } from './text';
import { BranchChange } from '../publish/branch-plan';
import { SourceCommit } from '../publish/source';

/** A directory of a branch with what publishing would do to the objects in it. */
export interface PlaceReport {
  /** Name of the repository or registry. */
  readonly repository: string;
  /** Or `<artifact>/<tag>`. */
  readonly branch: string;
  /** The directory; empty for the whole branch. */
  readonly path: string;
  /** What becomes of the branch. */
  readonly change: BranchChange;
  /** Empty where files are only written in another way, and where the branch has left the app: its objects went with their Kustomization. */
  readonly changes: readonly ObjectChange[];
  /** Files that are written or deleted, our record among them. */
  readonly files: number;
  /** Whether it has left the app, and is taken away. */
  readonly left?: true;
}

/** How many objects. */
export interface DiffCounts {
  readonly created: number;
  readonly changed: number;
  readonly deleted: number;
  readonly moved: number;
  /** Of these, deleted and made anew. */
  readonly replaced: number;
  /** Of these, refused by Kubernetes. */
  readonly refused: number;
}

/** What publishing would do; with `--json` it is the standard output. */
export interface DiffReport {
  readonly version: 1;
  readonly outcome: 'unchanged' | 'different' | 'failed';
  readonly exitCode: number;
  readonly app?: string;
  readonly source?: SourceCommit;
  readonly counts: DiffCounts;
  /** Only those in which something changes. */
  readonly places: readonly PlaceReport[];
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
}

export function countsOf(places: readonly PlaceReport[]): DiffCounts {
  const all = places.flatMap(({ changes }) => changes).filter((change) => change.of === 'object');
  const count = (wanted: (change: ObjectChange) => boolean) => all.filter(wanted).length;
  const [created, changed, deleted, moved] = (['created', 'changed', 'deleted', 'moved'] as const).map((kind) => count(({ change }) => change === kind));
  return { created, changed, deleted, moved, replaced: count(({ effect }) => effect === 'replaced'), refused: count(({ effect }) => effect === 'refused') };
}

/** The lines for people. */
export function diffLines(report: DiffReport, colours: boolean): string[] {
  const bold = (text: string): string => colours ? `\u001b[1m${text}\u001b[0m` : text;
  return [
    ...report.places.flatMap((place) => [
      bold(placeName(place)),
      ...place.changes.length ? changesAsText(place.changes, colours).map((line) => `  ${line}`) : [`  ${nothing(place)}`],
    ]),
    summary(report),
  ];
}

/** The text of a comment: see `sectionsAsMarkdown`. */
export function diffMarkdown(report: DiffReport, limit?: number): string {
  const title = `### ${report.app === undefined ? 'Publishing' : `Publishing ${codeSpan(report.app)}`}: ${summary(report)}\n\n`;
  const problems = [...report.errors, ...report.warnings];
  const told = problems.slice(0, PROBLEMS).map((line) => `- ${codeSpan(line.slice(0, PROBLEM_LENGTH))}\n`);
  const more = problems.length > PROBLEMS ? [`- and ${problems.length - PROBLEMS} more\n`] : [];
  const head = `${title}${[...told, ...more].join('')}${problems.length ? '\n' : ''}`;
  const sections: MarkdownSection[] = report.places.map((place) => ({ title: placeName(place), changes: place.changes, otherwise: `${nothing(place)}` }));
  return head + sectionsAsMarkdown(sections, limit === undefined ? undefined : limit - head.length);
}

/** As many errors and warnings stand in a comment, and as many characters of each. */
const PROBLEMS = 20;
const PROBLEM_LENGTH = 1000;
const NEWS: Partial<Record<BranchChange, string>> = { create: ' (new)', delete: ' (deleted)' };

function placeName({ repository, branch, path, change }: PlaceReport): string {
  return printable(`${repository} ${branch}${path ? ` ${path}` : ''}${NEWS[change] ?? ''}`);
}

function nothing({ change, files, left }: PlaceReport): string {
  const some = files === 1 ? 'one file is' : `${files} files are`;
  return left || change === 'delete' ? `No longer delivered: ${some} deleted. What was applied from here is told at its Kustomization.`
    : `No object changes: ${some} written in another way.`;
}

function summary({ outcome, counts, places }: DiffReport): string {
  if (outcome === 'failed' && places.length === 0) {
    return 'it cannot be published.';
  }
  const { replaced, refused, ...kinds } = counts;
  const told = Object.entries(kinds).flatMap(([kind, number]) => number ? [`${number} ${kind}`] : []);
  const worse = [...replaced ? [`${replaced} deleted and made anew`] : [], ...refused ? [`${refused} refused by Kubernetes`] : []];
  return `${told.length ? `objects: ${told.join(', ')}${worse.length ? ` (of these ${worse.join(', ')})` : ''}` : 'no object changes'}` +
    `${outcome === 'failed' ? '; it cannot be published' : ''}.`;
}
