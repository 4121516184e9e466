import { Target } from './cases';
import { CaseResult, Ratio, SideResult } from './measure';

/** All that one comparison showed, for people. */
export function describe(result: CaseResult): string {
  const { case: { name, what }, pairs, ours, other, ratios, decisive } = result;
  const row = (label: string, a: string, b: string, rest = '') => `  ${label.padEnd(20)}${a.padStart(12)}${b.padStart(12)}   ${rest}`.trimEnd();
  const times = Object.entries(ratios).map(([timed, ratio]) => (
    row(timed, time(ours.times[timed]), time(other.times[timed]), `${spread(ratio)}${timed === decisive ? `   ${verdict(result)}` : ''}`)
  ));
  return [
    `${name}: ${what} (${pairs} pair${pairs === 1 ? '' : 's'})`,
    row('', ours.name, other.name, 'ratio (lowest and highest pair)'),
    ...times,
    row('peak memory', memory(ours.peak), memory(other.peak), ours.peak && other.peak ? `${number(ours.peak / other.peak)} of it` : ''),
    ...phases(ours),
    ...phases(other),
  ].join('\n');
}

/** A line for each comparison. */
export function summarize(results: CaseResult[]): string {
  return results.map((result) => {
    const { case: { name, what }, ours, other, decisive } = result;
    return `${name.padEnd(8)} ${time(ours.times[decisive]).padStart(9)} ${time(other.times[decisive]).padStart(9)}   ${verdict(result)}: ${what}`;
  }).join('\n');
}

function verdict({ case: { target }, ratios, decisive, met }: CaseResult): string {
  const ratio = ratios[decisive].ofMedians;
  const limit = limitOf(target);
  const missed = `MISSED by ${number(100 * Math.abs(1 - ratio / limit))} %`;
  return `${number(ratio)}x, target ${'atLeast' in target ? 'at least' : 'at most'} ${limit}x: ${met ? 'met' : missed}`;
}

function limitOf(target: Target): number {
  return 'atLeast' in target ? target.atLeast : target.atMost;
}

function phases({ name, phases: spent }: SideResult): string[] {
  return spent ? [`  in ${name}: ${Object.entries(spent).map(([phase, taken]) => `${phase} ${time(taken)}`).join(', ')}`] : [];
}

function spread({ ofMedians, lowest, highest }: Ratio): string {
  return `${number(ofMedians)}x (${number(lowest)} to ${number(highest)})`;
}

function time(milliseconds: number): string {
  return milliseconds >= 1000 ? `${number(milliseconds / 1000)} s` : `${milliseconds.toFixed(0)} ms`;
}

function memory(bytes: number | undefined): string {
  return bytes === undefined ? 'unknown' : `${(bytes / 1024 ** 2).toFixed(0)} MiB`;
}

/** Three digits are more than a noisy machine can tell. */
function number(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}
