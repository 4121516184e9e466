import { spawnSync } from 'child_process';
import * as fc from 'fast-check';
import { branchProblem, nameClashes, pathProblem } from '../../src/manifest';

test('what it takes for a branch name, git takes too; what git refuses, it refuses', () => {
  const part = fc.oneof(fc.constantFrom('a', '.', '..', '@', '@{', '/', '-', '~', '^', ':', '?', '*', '[', '\\', ' ', '.lock', 'HEAD', '\t', '\u007f', 'ü', '{', '}', '$(x)', "'", '"', '\n'), fc.string({ maxLength: 3 }));
  const names = fc.sample(fc.array(part, { maxLength: 5 }).map((parts) => parts.join('')), { numRuns: 400, seed: 1 }).filter((name) => !name.includes('\0') && !/\p{Surrogate}/u.test(name));
  expect(names.length).toBeGreaterThan(300);
  const refusedByGit = names.filter((name) => spawnSync('git', ['check-ref-format', '--branch', name], { cwd: '/' }).status !== 0);
  expect(refusedByGit.length).toBeGreaterThan(100);
  expect(refusedByGit.filter((name) => branchProblem(name) === undefined)).toEqual([]);
  // Beyond git's own rules only these are refused.
  const ours = names.filter((name) => branchProblem(name) !== undefined && !refusedByGit.includes(name));
  expect(ours.filter((name) => !['@'].includes(name))).toEqual([]);
});

test.each(['main', 'feature/Login-2', 'a.b', 'x@y', 'ünï', '$(touch pwned)'.replace(' ', ''), 'x'.repeat(240), 'head'])('branch %p is fine', (name) => {
  expect(branchProblem(name)).toBeUndefined();
});

test.each(['a', 'a/b.yaml', '.hidden', 'with space', '..a', 'a..', '.github/x', '.gitignore', '$(x)', '"', 'ü', `${'x'.repeat(240)}/${'ü'.repeat(120)}`])('path %j is fine', (path) => {
  expect(pathProblem(path)).toBeUndefined();
});

test.each(['', '/', '/a', 'a/', 'a//b', '.', '..', 'a/../b', './a', 'a\\b', 'C:/a', 'a\nb', 'a\0', '.git', 'x/.Git/y', '.git.', '.g\u200cit/x', 'git~1', '\ud800', 'x'.repeat(241), `a/${'ü'.repeat(121)}`])('path %j is refused', (path) => {
  expect(pathProblem(path)).toEqual(expect.any(String));
});

describe('names that cannot stand side by side', () => {
  const kinds = (...names: string[]) => nameClashes(names).map(({ one, other, kind }) => `${one} ${kind} ${other}`);

  test('none', () => expect(kinds('a', 'b/c', 'b/d', 'b/e/f', 'ab')).toEqual([]));
  test('the same, twice', () => expect(kinds('a', 'a')).toEqual(['a same a']));
  test('in case', () => expect(kinds('a/b', 'A/b')).toEqual(['a/b case A/b']));
  test('in the case of a folder', () => expect(kinds('a/b', 'A/c')).toEqual(['a/b case A/c']));
  test('one a folder of the other, in either order', () => {
    expect(kinds('a', 'a/b')).toEqual(['a folder a/b']);
    expect(kinds('a/b/c', 'a')).toEqual(['a folder a/b/c']);
  });
  test('one a folder of the other, but for case', () => expect(kinds('A', 'a/b')).toEqual(['A case a/b']));
  test('composed and decomposed letters', () => expect(kinds('\u00e9', 'e\u0301')).toEqual(['\u00e9 case e\u0301']));
});
