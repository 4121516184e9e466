import { Skipped } from './tree';
import { Severity } from '../../rules';

/** A finding, as it is told. */
export interface ValidationFinding {
  /** Id of the rule. */
  readonly rule: string;
  readonly severity: Severity;
  /** From the current folder on; `<stdin>` for the standard input. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `Kind namespace/name`; absent where a file is no object. */
  readonly object?: string;
  /** Such as `spec.ref.branch`; absent for the object as a whole. */
  readonly field?: string;
  readonly problem: string;
  readonly remedy: string;
  /** Which program behaves so. */
  readonly source: string;
  /** The clusters in which it is so, if not in all. */
  readonly clusters?: readonly string[];
}

/** What was found; with `--json` it is the standard output. */
export interface ValidationReport {
  readonly version: 1;
  readonly exitCode: number;
  /** Sorted by file and line. */
  readonly findings: readonly ValidationFinding[];
  readonly counts: {
    readonly files: number;
    readonly objects: number;
    readonly fluxObjects: number;
    readonly errors: number;
    readonly warnings: number;
    /** Objects that no cluster reaches: each was checked alone. */
    readonly unreached: number;
    /** Objects to which more is done than is followed here, so that what may be missing in them is not told. */
    readonly partlyChecked: number;
  };
  readonly clusters: ReadonlyArray<{
    readonly name: string;
    readonly kustomizations: number;
    readonly objects: number;
    /** What brings objects that are not among the files. */
    readonly unseen: readonly string[];
  }>;
  readonly skipped: readonly Skipped[];
}

/** The lines for people. */
export function validationLines(report: ValidationReport, colours: boolean): string[] {
  const paint = (code: number, text: string): string => colours ? `\u001b[${code}m${text}\u001b[0m` : text;
  const lines = report.findings.map(({ file, line, severity, object, field, problem, remedy, rule, source, clusters }) => (
    `${paint(1, `${file}:${line}`)}: ${paint(severity === 'error' ? 31 : 33, severity)}: ${object ? `${object}: ` : ''}${field ? `${field}: ` : ''}` +
    `${problem}${clusters ? ` (in ${clusters.join(', ')})` : ''}. ${remedy}. ${paint(2, `[${rule}] (${source})`)}`
  ));
  return [...lines, ...lines.length ? [''] : [], ...summary(report)];
}

function summary({ counts, clusters, skipped }: ValidationReport): string[] {
  const { files, objects, fluxObjects, errors, warnings, unreached, partlyChecked } = counts;
  const reasons = new Map<string, number>();
  skipped.forEach(({ reason }) => reasons.set(reason, (reasons.get(reason) ?? 0) + 1));
  const unseen = [...new Set(clusters.flatMap((cluster) => cluster.unseen))];
  return [
    `${count(errors, 'error')}, ${count(warnings, 'warning')} in ${count(objects, 'object')} (${fluxObjects} of Flux) of ${count(files, 'file')}, ${count(clusters.length, 'cluster')}.`,
    ...unreached ? [`${count(unreached, 'object')} that no cluster reaches: each checked alone.`] : [],
    ...partlyChecked ? [`${count(partlyChecked, 'object')} checked in part only: more is done to them than is followed here.`] : [],
    ...unseen.length ? [`Not among the files: ${shortened(unseen)}. What they may bring counts as there.`] : [],
    ...reasons.size ? [`Skipped: ${[...reasons].map(([reason, number]) => `${number} (${reason})`).join(', ')}.`] : [],
  ];
}

function shortened(texts: string[]): string {
  return texts.length > 5 ? `${texts.slice(0, 5).join(', ')} and ${texts.length - 5} more` : texts.join(', ');
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
