import * as fc from 'fast-check';
import { said } from './support';
import { isSemverRange } from '../../src/rules/shared/semver-range';

// What Go's github.com/Masterminds/semver 3.5 said of each.
const RANGES = [
  '*', 'x', 'X', '1', 'v1.2', '1.x', '1.2.x', '1.*.*', '01.2', '1.2.3-rc.1+build.5', '>=1.0.0-0', '> 1, < 2', '>1 <2', '=1,2', '>=1.0.0 <2.0.0 || 3.x', '1||2',
  '~1.2', '~>1', '^1.2.3', '!=1.5', '=>1', '=<2', ' 1 ', '1.0 - 2.0', '1 - 2 || 3 - 4', '0,1 - 2', '1||2 - 3', '18446744073709551615', 'x.|', '1.x.|',
  Array(32).fill('1').join('||'), `1${' '.repeat(511)}`,
];
const OTHERS = [
  'banana', 'latest', '', ' ', '1.2.3.4', 'V1', '==1', '> = 1', '>>1', '1,', ',1', '1,,2', '1 ||', '|| 1', '1|2', '1 | 2', 'xx', '1.xx', '1.2.1x', '1.2.3-01', '1.2.3-', '1.2.3-a..b', '1+', '1 -2',
  '1 - 2 - 3', '1 - 2||3 - 4', '0 1 - 2', '18446744073709551616', '1.2.3_4', 'refs/tags/1.x', '1\u00a02', '1\v2', `1.2.3-${'a'.repeat(251)}`,
  Array(33).fill('1').join('||'), `1${' '.repeat(512)}`,
];

test.each(RANGES)('%j is a range', (text) => {
  expect(isSemverRange(text)).toBe(true);
});

test.each(OTHERS)('%j is none', (text) => {
  expect(isSemverRange(text)).toBe(false);
});

test('comparisons that are ranges are one together', () => {
  const number = fc.oneof(fc.nat({ max: 30 }).map(String), fc.constantFrom('x', '*'));
  const version = fc.tuple(fc.constantFrom('', 'v'), fc.array(number, { minLength: 1, maxLength: 3 }), fc.constantFrom('', '-0', '-rc.1', '+b.01'))
    .map(([v, numbers, suffix]) => v + numbers.join('.') + suffix);
  const comparison = fc.tuple(fc.constantFrom('', '=', '!=', '>', '<', '>=', '=>', '<=', '=<', '~', '~>', '^'), fc.constantFrom('', ' '), version).map((parts) => parts.join(''));
  const group = fc.tuple(fc.array(comparison, { minLength: 1, maxLength: 4 }), fc.constantFrom(' ', ',', ', ', ' , ')).map(([all, and]) => all.join(and));
  fc.assert(fc.property(fc.array(group, { minLength: 1, maxLength: 3 }), fc.constantFrom('||', ' || '), (groups, or) => {
    expect(isSemverRange(groups.join(or))).toBe(true);
    expect(isSemverRange([...groups, 'banana'].join(or))).toBe(false);
  }));
});

const HELM = { kind: 'HelmRepository', name: 'charts' };
const SIGNED = { author: { email: 'flux@example.com' } };

function rangeSaid(kind: string, spec: any): string[] {
  return said(kind, spec).filter((line) => line.startsWith('semver-range '));
}

test('what Flux reads as a range and is none is told, in each kind', () => {
  expect([
    ['GitRepository', { ref: { semver: 'banana' } }],
    ['OCIRepository', { ref: { semver: 'latest\n' } }],
    ['HelmChart', { chart: 'shop', version: '1.2.3.4', sourceRef: HELM }],
    ['HelmRelease', { chart: { spec: { chart: 'shop', version: '> = 1', sourceRef: HELM } } }],
    ['ImagePolicy', { policy: { semver: { range: '1.x, ' } } }],
    ['ImageUpdateAutomation', { git: { commit: SIGNED, push: { branch: 'x' }, checkout: { ref: { semver: '||' } } } }],
  ].
    flatMap(([kind, spec]: any) => rangeSaid(kind, spec))).toMatchInlineSnapshot(`
[
  "semver-range (error) spec.ref.semver: 'banana' is no SemVer range. Write one such as '1.x', '~1.2.3' or '>=1.0.0 <2.0.0'.",
  "semver-range (error) spec.ref.semver: 'latest ' is no SemVer range. Write one such as '1.x', '~1.2.3' or '>=1.0.0 <2.0.0'.",
  "semver-range (error) spec.version: '1.2.3.4' is no SemVer range. Write one such as '1.x', '~1.2.3' or '>=1.0.0 <2.0.0'.",
  "semver-range (error) spec.chart.spec.version: '> = 1' is no SemVer range. Write one such as '1.x', '~1.2.3' or '>=1.0.0 <2.0.0'.",
  "semver-range (error) spec.policy.semver.range: '1.x, ' is no SemVer range. Write one such as '1.x', '~1.2.3' or '>=1.0.0 <2.0.0'.",
  "semver-range (error) spec.git.checkout.ref.semver: '||' is no SemVer range. Write one such as '1.x', '~1.2.3' or '>=1.0.0 <2.0.0'.",
]
`);
});

test.each<[string, any]>([
  ['GitRepository', { ref: { semver: '>=1.0.0-0' } }],
  ['GitRepository', { ref: { semver: '' } }],
  ['GitRepository', { ref: { semver: '${RANGE}' } }],
  ['GitRepository', { ref: { semver: 'banana', tag: '${RANGE:=v1}', name: 'refs/tags/v1' } }],
  ['GitRepository', { ref: { semver: 7, tag: 'banana' } }],
  ['OCIRepository', { ref: { semver: 'banana', digest: `sha256:${'0'.repeat(64)}` } }],
  ['OCIRepository', { ref: { tag: 'latest' } }],
  ['HelmChart', { chart: './shop', version: 'banana', sourceRef: { kind: 'GitRepository', name: 'shop' } }],
  ['HelmChart', { chart: 'shop', sourceRef: HELM }],
  ['HelmRelease', { chart: { spec: { chart: 'shop', version: '1.${MINOR}.x', sourceRef: HELM } } }],
  ['HelmRelease', { chartRef: { kind: 'OCIRepository', name: 'shop' } }],
  ['ImagePolicy', { policy: { alphabetical: {} } }],
  ['ImagePolicy', { policy: { semver: { range: '${RANGE}' } } }],
  ['ImageUpdateAutomation', { git: { commit: SIGNED } }],
])('nothing is said of %s %j', (kind, spec) => {
  expect(rangeSaid(kind, spec)).toEqual([]);
});

test('whatever stands in a field, the rule only looks', () => {
  const value = fc.jsonValue({ maxDepth: 2 });
  const spec = fc.oneof(value, fc.record({
    ref: value, chart: fc.oneof(value, fc.record({ spec: value })), policy: fc.oneof(value, fc.record({ semver: value })), git: value, version: value,
  }));
  const kinds = fc.constantFrom('GitRepository', 'OCIRepository', 'HelmChart', 'HelmRelease', 'ImagePolicy', 'ImageUpdateAutomation');
  fc.assert(fc.property(kinds, spec, (kind, given) => {
    expect(() => rangeSaid(kind, given)).not.toThrow();
  }));
});
