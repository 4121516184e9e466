import { goRegexpProblem } from '../../src/rules/go-regexp';

test.each([
  ['*.succeeded', 'there is nothing before * to repeat'],
  ['a|+', 'there is nothing before + to repeat'],
  ['(?i){2}', 'there is nothing before {2} to repeat'],
  ['(?', 'Go has no group that begins with (?'],
  ['(?=a)', 'Go has no group that begins with (?=a'],
  ['(?!a)', 'Go has no group that begins with (?!a'],
  ['(?<=a)b', 'Go has no group that begins with (?<='],
  ['(?<!a)b', 'Go has no group that begins with (?<!'],
  ['(?>a)', 'Go has no group that begins with (?>a'],
  ['(?x)a', 'Go has no group that begins with (?x)'],
  ['a**', '* repeats what is repeated already'],
  ['a++', '+ repeats what is repeated already'],
  ['a{2}{3}', '{3} repeats what is repeated already'],
  ['a{1001}', 'Go repeats at most 1000 times'],
  ['a{0,1001}', 'Go repeats at most 1000 times'],
  ['a{3,2}', '{3,2} has no number between the two'],
  ['(a)\\1', 'Go does not know \\1'],
  ['\\Z', 'Go does not know \\Z'],
  ['\\C', 'Go does not know \\C'],
  ['[\\b]', 'Go does not know \\b'],
  ['[a-\\q]', 'Go does not know \\q'],
  ['a\\', 'it ends in a backslash'],
  ['(a', 'a group is not closed'],
  ['a)', 'it closes a group that it did not open'],
  ['[a', 'a class is not closed by ]'],
  ['[]', 'a class is not closed by ]'],
  ['[a-[b', 'a class is not closed by ]'],
])('%s is none', (pattern, problem) => {
  expect(goRegexpProblem(pattern)).toBe(problem);
});

test.each([
  '', '.*succeeded.*', 'waiting.*socket', '^(?i)a+?b*?c??$', '(?P<n>a)(?<m>b)(?:c)(?i-s:d)', 'a{1000}', 'a{2,}', 'a{2,3}?', '{', 'a{', 'a{,3}', '{,3}',
  'a|', '|a', '()', '(|a)+', '(?i)', 'a*(?i)*', '^*', '\\b+', '\\012', '\\12', '\\0', '\\x41\\x{41}', '\\pL\\p{Greek}', '\\A\\z', '\\.\\/\\-', '\\Q*(?[\\E', '\\Q*',
  '[]]', '[^]]', '[[:alpha:]]', '[[:^alpha:][]', '[a-[]', '[\\d-[]', '[\\]]', '[a-\\]]', '[-a]', '[a-]', 'é+',
])('%j is one', (pattern) => {
  expect(goRegexpProblem(pattern)).toBeUndefined();
});
