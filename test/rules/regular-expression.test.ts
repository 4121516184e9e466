import { goPattern } from '../../src/rules/shared/regular-expression';

// Each was shown to Go 1.26.
test('what Go refuses', () => {
  const refused = [
    'a\\', '(', ')', 'a)', '(a', '[', '[]', '[a', '[a-', '[\\', '*', '+a', '(*a)', 'a|*', '(?i)+', 'a**', 'a+?+', 'a{2}{3}', 'a{1001}', 'a{3,2}', 'a{1,1001}',
    '(?=a)', '(?!a)', '(?<=a)', '(?<!a)', '(?>a)', '(?#a)', '(?P=a)', '(?P>a)', '(?<a', '(?P<a-b>c)', '(?x)', '(?-)', '(?i-)', '(?',
    '\\1', '\\8', '\\k', '\\Z', '\\G', '\\C', '\\E', '\\é', '\\x', '\\xg0', '\\x{', '\\x{}', '\\p{', '[\\b]', '[\\A]', '(a)\\1',
  ];
  expect(refused.filter((pattern) => goPattern(pattern).problem === undefined)).toEqual([]);
  expect([...new Set(refused.map((pattern) => goPattern(pattern).problem))]).toMatchInlineSnapshot(`
[
  "it ends in a backslash",
  "a '(' has no ')'",
  "a ')' has no '('",
  "a '[' has no ']'",
  "there is nothing for '*' to repeat",
  "there is nothing for '+' to repeat",
  "'*' follows another repetition",
  "'+' follows another repetition",
  "'{3}' follows another repetition",
  "'{1001}' is more than 1000 times, or more at least than at most",
  "'{3,2}' is more than 1000 times, or more at least than at most",
  "'{1,1001}' is more than 1000 times, or more at least than at most",
  "'(?=' is no kind of group",
  "'(?!' is no kind of group",
  "'(?<=' is no kind of group",
  "'(?<!' is no kind of group",
  "'(?>' is no kind of group",
  "'(?#' is no kind of group",
  "'(?P' is no kind of group",
  "'(?<a' is no kind of group",
  "'(?x' is no kind of group",
  "'(?-' is no kind of group",
  "'(?i' is no kind of group",
  "'(?' is no kind of group",
  "'\\1' is no escape",
  "'\\8' is no escape",
  "'\\k' is no escape",
  "'\\Z' is no escape",
  "'\\G' is no escape",
  "'\\C' is no escape",
  "'\\E' is no escape",
  "'\\é' is no escape",
  "'\\x' is not followed by what it needs",
  "'\\p' is not followed by what it needs",
  "'\\b' is no escape",
  "'\\A' is no escape",
]
`);
});

test.each([
  '', 'a', '^main-[a-f0-9]+-(?P<ts>[0-9]+)', '^(?<ts>.*)$', '(?i)a', '(?i:a)', '(?s-im:a)', '(?:a)', '(?)', 'a??', 'a*?', 'a{2}?', 'a{1000}', 'a{,5}', 'a{', '{', '}', ']', 'a{01}{02}', 'a{2,}',
  '[]a]', '[^]a]', '[a-]', '[-a]', '[[:alpha:]]', '[^[:^alpha:]x]', '[+-[:foo:]', '[\\]]', '[\\d-z]', '[\\p{L}-\\d]', '[a\\-z]', '^*', '$+', '\\b*', '()*', 'a(?i)*', 'a|b', '|', '(|a)',
  '\\Q(*\\E', '\\Q', '\\Q)', 'a\\Q\\E*', '\\Qa\\E*', '\\.', '\\_', '\\-', '\\/', '\\0', '\\12', '\\x41', '\\x{41}*', '\\pL', '\\p{Greek}+', '\\PN', '\\z', '\\A', '\\d\\D\\s\\S\\w\\W', '😀*',
])('%j passes', (pattern) => {
  expect(goPattern(pattern).problem).toBeUndefined();
});

test.each([
  ['a', ['0']],
  ['(a)(?:b)(?P<x>c)(?<y>(d))', ['0', '1', '2', '3', '4', 'x', 'y']],
  ['\\(a\\)[(]\\Q(\\E', ['0']],
])('the groups of %s', (pattern, groups) => {
  expect([...goPattern(pattern).groups].sort()).toEqual(groups);
});

test.each(['(', '[', '[[:', '\\Q', '(?<', '\\x{', '\\p{', '{1', 'a{'])('many times %j is read to its end', (part) => {
  goPattern(part.repeat(100_000));
  goPattern(part + '1'.repeat(300_000));
});
