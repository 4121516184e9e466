import { isDeepStrictEqual } from 'util';
import { Case } from './cases';
import { Sample, Side } from './side';

/** What the runs of one side gave. */
export interface SideResult {
  readonly name: string;
  /** Medians, by what is timed. */
  readonly times: { readonly [what: string]: number };
  readonly peak?: number;
  readonly phases?: { readonly [phase: string]: number };
}

export interface Ratio {
  /** Of the medians. */
  readonly ofMedians: number;
  /** The lowest and the highest of the single pairs: how far to trust the ratio. */
  readonly lowest: number;
  readonly highest: number;
}

/** What a comparison showed. */
export interface CaseResult {
  readonly case: Case;
  readonly pairs: number;
  readonly ours: SideResult;
  readonly other: SideResult;
  /** By what is timed, in the direction of the target. */
  readonly ratios: { readonly [what: string]: Ratio };
  /** What the target is about. */
  readonly decisive: string;
  readonly met: boolean;
}

/** Runs both sides in turn, so that whatever else the machine does meets both, and each of them goes first as often. */
export async function measure(subject: Case, pairs: number, progress: (text: string) => void): Promise<CaseResult> {
  const { ours, other } = subject;
  if (subject.sameObjects) {
    await expectSameObjects(ours, other);
  }
  const done: Pair[] = [];
  for (let pair = 1; pair <= pairs; pair++) {
    const measured = { ours: [] as Sample[], other: [] as Sample[] };
    for (const key of pair % 2 ? ['ours', 'other'] as const : ['other', 'ours'] as const) {
      progress(`${subject.name}: pair ${pair} of ${pairs}, ${subject[key].name}`);
      for (let runs = 0; runs < subject[key].turn; runs++) {
        measured[key].push(await subject[key].measure());
      }
    }
    done.push(measured);
  }
  progress(`${subject.name}: where the time goes`);
  return resultOf(subject, done, await ours.inspect?.(), await other.inspect?.());
}

/** The runs of both sides that were made next to each other. */
interface Pair {
  readonly ours: Sample[];
  readonly other: Sample[];
}

function resultOf(subject: Case, pairs: Pair[], insideOurs?: Sample, insideOther?: Sample): CaseResult {
  const { target } = subject;
  const ours = pairs.flatMap((pair) => pair.ours);
  const other = pairs.flatMap((pair) => pair.other);
  const whats = Object.keys(ours[0].times);
  const ratioOf = (what: string, pair: Pair) => {
    const [a, b] = [medianOf(pair.ours, what), medianOf(pair.other, what)];
    return 'atLeast' in target ? b / a : a / b;
  };
  const ratios = Object.fromEntries(whats.map((what) => {
    const single = pairs.map((pair) => ratioOf(what, pair));
    return [what, { ofMedians: ratioOf(what, { ours, other }), lowest: Math.min(...single), highest: Math.max(...single) }];
  }));
  const { ofMedians } = ratios[whats[0]];
  return {
    case: subject,
    pairs: pairs.length,
    ours: sideResult(subject.ours, ours, insideOurs),
    other: sideResult(subject.other, other, insideOther),
    ratios,
    decisive: whats[0],
    met: 'atLeast' in target ? ofMedians >= target.atLeast : ofMedians <= target.atMost,
  };
}

function sideResult({ name }: Side, samples: Sample[], inside?: Sample): SideResult {
  return {
    name,
    times: Object.fromEntries(Object.keys(samples[0].times).map((what) => [what, medianOf(samples, what)])),
    peak: median(samples.flatMap(({ peak }) => peak ?? [])) ?? inside?.peak,
    phases: inside?.phases,
  };
}

function medianOf(samples: Sample[], what: string): number {
  return median(samples.map(({ times }) => times[what]))!;
}

function median(values: number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : sorted.length ? (sorted[middle - 1] + sorted[middle]) / 2 : undefined;
}

/** A comparison of two programs that do not do the same says nothing. It also warms the caches of the file system. */
async function expectSameObjects(ours: Side, other: Side): Promise<void> {
  const [mine, theirs] = [await ours.objects!(), await other.objects!()];
  const index = mine.findIndex((object, i) => !isDeepStrictEqual(object, theirs[i]));
  if (mine.length === 0 || mine.length !== theirs.length || index >= 0) {
    throw new Error(`'${ours.name}' (${mine.length} objects) and '${other.name}' (${theirs.length}) do not write the same:\n${JSON.stringify(mine[index])}\n${JSON.stringify(theirs[index])}`);
  }
}
