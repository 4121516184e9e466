import { positionOf, SourceFile } from '../../src/cli/validate/yaml-file';
import { plainScalar } from '../../src/cli/validate/yaml-schema';
import { readYaml } from '../tools/yaml-oracle';

const values = (text: string): unknown[] => new SourceFile('f', 'f', text).documents.map(({ value }) => value).filter((value) => value !== null && value !== undefined);

test('scalars are read as kustomize reads them', () => {
  const scalars = ('on yes y N off True TRUE false 0777 0o17 1:30 190:20:30.15 1_000 0x1F 0X1f 0b11 0B1 ~ Null null 1e3 1.10 = 0_1 +1 08 09.5 1e 12e03 ' +
    '-0777 0_7 .5 5. 1_0.5 -.5e3 +.5 0x 0o 0b2 1__0 _1 1e400 0.0 12345678901 1.2.3 0.0.0.0 1e+2 --- - .').split(' ').filter((text) => !/^(---|-)$/.test(text));
  const files = scalars.map((scalar) => `a: ${scalar}\n`);
  const expected = readYaml('kustomize', files).map((reading) => ('documents' in reading ? (reading.documents[0] as any).a : reading));
  const pairs = (read: (index: number) => unknown) => scalars.map((scalar, i) => [scalar, read(i)]);
  expect(pairs((i) => (values(files[i])[0] as any).a)).toEqual(pairs((i) => expected[i]));
  expect(scalars.map(plainScalar)).toEqual(expected);
});

test('files are read as kustomize reads them', () => {
  const files = [
    'a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}\n', 'a: 1\n...\n---\nb: 1\n', 'a: |\n  x\n---\nb: 2\n', '\ufeffa: 1\n', 'a:\t1\n', 'a: !Ref x\n', 'a: 1\n --- x\n',
    'a: |\n ---\n b\n', '# only a comment\n', 'a: 1\r\nb: 2\r\n---\r\nc: 3\r\n', 'a: 1\n---\n---\n---\n', "a: 'x\ny'\n", '---foo: 1\n', '--- # c\na: 1\n', '', '---\n',
    'a: !!str 1\nb: !!int "3"\n', '1: a\nyes: b\ntrue: c\n', 'a: [1, 2,\n3]\n', 'a: "x\n\ty"\n',
    'a: [\n  1,\n]\nb: {\n}\n', '- &a a\n- *a\n',
  ];
  expect(files.map(values)).toEqual(readYaml('kustomize', files).map((reading) => ('documents' in reading ? reading.documents : reading)));
});

test('what kustomize refuses is told with its place', () => {
  const files = ['a: 1\na: 2\n', 'x: 1\na: {b: *q}\n', 'x: 1\na: [1,2\n', 'x: 1\na: b: c\n', 'x: "1\n', '\ta: 1\n', 'a:\n  b: 1\n c: 2\n', '- a\nb: c\n', 'a: "b" c\n'];
  expect(readYaml('kustomize', files).filter((reading) => !('error' in reading))).toEqual([]);
  expect(files.map((text) => new SourceFile('f', 'f', text)).map((file) => file.problems.map(({ rule, offset, problem }) => `${file.position(offset).line}: ${rule.id}: ${problem}`))).toMatchInlineSnapshot(`
[
  [
    "2: yaml-duplicate-key: this key stands in the same map already",
  ],
  [
    "1: yaml-syntax: an alias of this document has no anchor before it",
  ],
  [
    "2: yaml-syntax: this line is indented unlike its neighbours",
  ],
  [
    "2: yaml-syntax: a second map begins on this line",
  ],
  [
    "1: yaml-syntax: a quote or bracket is not closed",
  ],
  [
    "1: yaml-syntax: a tab indents this line",
  ],
  [
    "3: yaml-syntax: this line is indented unlike its neighbours",
  ],
  [
    "2: yaml-syntax: this is not YAML",
  ],
  [
    "1: yaml-syntax: this is not YAML",
  ],
]
`);
});

test('a mistake in one document leaves the others', () => {
  const file = new SourceFile('f', 'f', 'a: 1\n---\nb: [\n---\nc: 1\n');
  expect(file.documents.map(({ value }) => value)).toEqual([{ a: 1 }, undefined, { c: 1 }]);
  expect(file.problems.map(({ offset }) => file.position(offset).line)).toEqual([3]);
});

test('the place of a field, or of the nearest parent that is there', () => {
  const file = new SourceFile('f', 'f', 'x: 1\n---\n# c\nspec:\n  ref: {branch: main}\n  list:\n    - name: a\n    - name: b\n  alias: &a\n    deep: 1\n  again: *a\n');
  const place = (...path: (string | number)[]) => Object.values(positionOf(file.documents[1], path));
  expect(place('spec', 'ref', 'branch')).toEqual([5, 9]);
  expect(place('spec', 'ref', 'tag')).toEqual([5, 3]);
  expect(place('spec', 'list', 1, 'name')).toEqual([8, 7]);
  expect(place('spec', 'list', 7)).toEqual([6, 3]);
  expect(place('spec', 'again', 'deep')).toEqual([10, 5]);
  expect(place()).toEqual([4, 1]);
});

test.each([
  ['aliases that repeat each other', ['a: &a [x, x, x, x, x, x, x, x, x]', ...'bcdefghij'.split('').map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[i]}`).join(', ')}]`)].join('\n')],
  ['lists in lists', '['.repeat(20_000)],
  ['lists in lists that are closed', `a: ${'['.repeat(1_000)}${']'.repeat(1_000)}`],
  ['an alias of what it is in', 'a: &a [*a]'],
  ['a merge of no map', 'a: {<<: 3}'],
  ['maps in maps', Array.from({ length: 1_000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
])('%s: refused', (_, text) => {
  const { problems, documents } = new SourceFile('f', 'f', text);
  expect(problems).toHaveLength(1);
  expect(documents[0].value).toBeUndefined();
});

test('an anchor that many use is none of these', () => {
  expect(new SourceFile('f', 'f', `a: &a {b: 1}\nc:\n${'  - *a\n'.repeat(500)}`).problems).toEqual([]);
});
