import { Duration } from 'cdk8s';

const UNITS: readonly [string, number][] = [['h', 3_600_000], ['m', 60_000], ['s', 1_000], ['ms', 1]];

/** What a Flux duration field may be written with. */
export enum DurationUnits {
  /** `^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$`: intervals, and timeouts of a Kustomization. */
  UP_TO_HOURS,
  /** `^([0-9]+(\.[0-9]+)?(ms|s|m))+$`: the timeout of a source, of which the API server refuses hours. */
  UP_TO_MINUTES,
}

/**
 * A duration as Go's `time.ParseDuration` reads it, whole and exact: `10m`, `1h30m`, `1s500ms`.
 *
 * `Duration.toHumanString()` writes words, and days do not exist in Go.
 *
 * @throws if the duration is not a whole number of milliseconds
 */
export function goDuration(duration: Duration, units: DurationUnits = DurationUnits.UP_TO_HOURS): string {
  const exact = duration.toMilliseconds({ integral: false });
  let rest = Math.round(exact);
  // `Duration.hours(1.1)` is 3960000.0000000005 ms: what arithmetic adds is no part of what was given.
  if (!Number.isSafeInteger(rest) || Math.abs(exact - rest) > 1e-6) {
    throw new Error(`a duration of ${exact} ms is not a whole number of milliseconds`);
  }
  let text = '';
  for (const [unit, millis] of units === DurationUnits.UP_TO_MINUTES ? UNITS.slice(1) : UNITS) {
    const count = Math.floor(rest / millis);
    if (count > 0) {
      text += `${count}${unit}`;
      rest -= count * millis;
    }
  }
  return text || '0s';
}
