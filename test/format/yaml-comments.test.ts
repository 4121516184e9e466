import { toYaml } from '../../src/format';

const TEXT = '# {"$imagepolicy": "a:b"}';

test('comments stand behind the values that they are for', () => {
  const documents = [{ a: ['x', { 'b.c': '1' }], y: 'z', words: '# no: comment', text: 'a\n# b\n' }, { a: 'x' }];
  const comments = [['a', 0], ['a', 1, 'b.c'], ['y'], ['words']].map((path) => ({ document: 0, path, text: TEXT }));
  expect(toYaml(documents, [...comments, { document: 1, path: ['a'], text: '# other' }])).toBe(`a:
  - x ${TEXT}
  - b.c: "1" ${TEXT}
"y": z ${TEXT}
words: "# no: comment" ${TEXT}
text: |
  a
  # b
---
a: x # other
`);
});

test.each([
  ['leads nowhere', ['spec', 'x']],
  ['leads to a map', ['spec']],
  ['leads to lines', ['spec', 'lines']],
  ['leads beyond a list', ['spec', 'list', 1]],
  ['goes on behind a value', ['spec', 'value', 'x']],
])('a path that %s is refused', (_, path) => {
  expect(() => toYaml([{ spec: { lines: 'a\nb', list: ['x'], value: 'x' } }], [{ document: 0, path, text: TEXT }]))
    .toThrow(`no comment can stand behind '${path.join('.')}': it is no value on one line`);
});
