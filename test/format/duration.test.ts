import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { DurationUnits, goDuration } from '../../src/format';

// The patterns of Flux's CRDs.
const UP_TO_HOURS = /^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/;
const UP_TO_MINUTES = /^([0-9]+(\.[0-9]+)?(ms|s|m))+$/;

const MILLIS: { [unit: string]: number } = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** What Go's time.ParseDuration makes of a duration without sign, in milliseconds. */
function parseGoDuration(text: string): number {
  const parts = [...text.matchAll(/([0-9]+)(ms|s|m|h)/g)];
  expect(parts.map(([part]) => part).join('')).toBe(text);
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * MILLIS[unit], 0);
}

test.each([
  ['10m', Duration.minutes(10)],
  ['1m', Duration.minutes(1)],
  ['1h', Duration.minutes(60)],
  ['1h30m', Duration.minutes(90)],
  ['30s', Duration.seconds(30)],
  ['1s500ms', Duration.millis(1500)],
  ['250ms', Duration.millis(250)],
  ['30m', Duration.hours(0.5)],
  ['24h', Duration.days(1)],
  ['168h', Duration.days(7)],
  ['25h1m1s1ms', Duration.millis(90_061_001)],
  ['0s', Duration.seconds(0)],
  ['1h6m', Duration.hours(1.1)],
  ['4m6s', Duration.minutes(4.1)],
  ['1s1ms', Duration.seconds(1.001)],
])('%s: whole counts of the largest units that fit, by default up to hours', (text, duration) => {
  expect(goDuration(duration)).toBe(text);
  expect(goDuration(duration, DurationUnits.UP_TO_HOURS)).toBe(text);
});

test.each([
  ['60m', Duration.hours(1)],
  ['90m', Duration.minutes(90)],
  ['1440m', Duration.days(1)],
  ['59s', Duration.seconds(59)],
  ['60m1ms', Duration.millis(3_600_001)],
  ['0s', Duration.seconds(0)],
])('%s: no hours where the API server refuses them', (text, duration) => {
  expect(goDuration(duration, DurationUnits.UP_TO_MINUTES)).toBe(text);
});

test.each([
  ['hours', DurationUnits.UP_TO_HOURS, UP_TO_HOURS],
  ['minutes', DurationUnits.UP_TO_MINUTES, UP_TO_MINUTES],
])('any whole number of milliseconds, up to %s, matches the pattern of the CRD and is read back as it was', (_, units, pattern) => {
  fc.assert(fc.property(fc.nat({ max: 2 ** 53 - 1 }), (millis) => {
    const text = goDuration(Duration.millis(millis), units);
    expect(text).toMatch(pattern);
    expect(parseGoDuration(text)).toBe(millis);
  }));
});

test.each([
  ['half a millisecond', Duration.millis(0.5)],
  ['a second and a quarter of a millisecond', Duration.millis(1000.25)],
  ['a tenth of a millisecond, given in seconds', Duration.seconds(0.0001)],
  ['more than can be counted exactly', Duration.millis(2 ** 53)],
])('%s is refused', (_, duration) => {
  expect(() => goDuration(duration)).toThrow(/^a duration of [0-9.]+ ms is not a whole number of milliseconds$/);
});
