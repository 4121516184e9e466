const MILLIS: { readonly [unit: string]: number } = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** The milliseconds of a duration as Go writes it. */
export function millisOf(text: string): number {
  return [...text.matchAll(/(\d+)(ms|s|m|h)/g)].reduce((sum, [, count, unit]) => sum + Number(count) * MILLIS[unit], 0);
}
