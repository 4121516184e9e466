import * as fc from 'fast-check';
import { fileNameOf, isDnsLabel, objectNameOf } from '../../src/format';

const LETTERS_AND_DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const branchLike = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'abzABZ019-_./ é') }));

test.each([
  ['a', true],
  ['9', true],
  ['cart', true],
  ['a-b--c9', true],
  ['a'.repeat(63), true],
  ['a'.repeat(64), false],
  ['', false],
  ['-a', false],
  ['a-', false],
  ['A', false],
  ['a.b', false],
  ['a_b', false],
  ['a/b', false],
  ['é', false],
  ['a\n', false],
])('%j is a DNS label: %s', (name, expected) => {
  expect(isDnsLabel(name)).toBe(expected);
});

test('a DNS label is 1 to 63 lower-case letters, digits and hyphens, with no hyphen at either end', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'z', '0', '9', '-', 'A', '.'), maxLength: 66 }), (name) => {
    const legal = name.length >= 1 && name.length <= 63 && [...name].every((c) => c === '-' || LETTERS_AND_DIGITS.includes(c))
      && !name.startsWith('-') && !name.endsWith('-');
    expect(isDnsLabel(name)).toBe(legal);
  }));
});

test.each([
  ['nodezoo-npm-service', 'nodezoo-npm-service'],
  ['feature/New_Login', 'feature-new-login'],
  ['release/1.2.3', 'release-1-2-3'],
  ['/x/', 'x'],
  ['a--b', 'a-b'],
  ['Straße', 'stra-e'],
  ['___', ''],
  ['', ''],
  ['x'.repeat(80), 'x'.repeat(80)],
])('the object name of branch %j is %j', (branch, name) => {
  expect(objectNameOf(branch)).toBe(name);
});

test('an object name keeps every letter and digit in order, has single hyphens between them and none at the ends', () => {
  fc.assert(fc.property(branchLike, (branch) => {
    const name = objectNameOf(branch);
    expect(name).toMatch(/^([a-z0-9]+(-[a-z0-9]+)*)?$/);
    expect(name.replace(/-/g, '')).toBe([...branch.toLowerCase()].filter((c) => LETTERS_AND_DIGITS.includes(c)).join(''));
    expect(objectNameOf(name)).toBe(name);
  }));
});

test.each([
  ['nodezoo-npm-service', 'nodezoo-npm-service'],
  ['Cart_v1.2', 'Cart_v1.2'],
  ['two words', 'two-words'],
  ['a / b', 'a-b'],
  ['.hidden', 'hidden'],
  ['--option', 'option'],
  ['-.-x', 'x'],
  ['../../etc/passwd', 'etc-passwd'],
  ['é', ''],
  ['..', ''],
])('the file name of id %j is %j', (id, name) => {
  expect(fileNameOf(id)).toBe(name);
});

test('a file name stays in its folder, is neither hidden nor an option, and names that are safe stay as they are', () => {
  fc.assert(fc.property(branchLike, (id) => {
    expect(fileNameOf(id)).toMatch(/^([A-Za-z0-9_][A-Za-z0-9._-]*)?$/);
  }));
  fc.assert(fc.property(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/), (id) => {
    expect(fileNameOf(id)).toBe(id);
  }));
});
