import { Duration } from 'cdk8s';

const UNITS: { readonly [unit: string]: number } = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };

/** The duration that a text of Go means, such as `1m30s`. */
export function duration(text: string | undefined): Duration | undefined {
  return text === undefined
    ? undefined
    : Duration.millis([...text.matchAll(/(\d+)(ms|h|m|s)/g)].reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[unit], 0));
}
