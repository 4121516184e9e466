import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { anyText, json, number, ordinary, REFUSED_TEXT, text } from './yaml-arbitraries';
import { toYaml, YamlValueError } from '../../src/format';
import { readYaml, rewriteYaml } from '../tools/yaml-oracle';

/** A file of one object, as programs expect to find it in a file. */
function fileWith(spec: unknown): string {
  return toYaml([objectWith(spec)]);
}

function objectWith(spec: unknown) {
  // The list comes first because the image automation takes the indentation of all lists from the first one it sees,
  // and it could see one in the text of a string.
  return { apiVersion: 'example.org/v1', kind: 'Example', metadata: { name: 'example', finalizers: ['example.org/keep'] }, spec };
}

/** The values that `program` reads otherwise than they were written, with what it read instead. */
function misread(program: 'kubernetes' | 'kustomize', values: readonly unknown[]) {
  const files = values.map(fileWith);
  const readings = readYaml(program, files);
  return values
    .map((value, index) => ({ value, file: files[index], reading: readings[index] }))
    .filter(({ value, reading }) => !isDeepStrictEqual(reading, { documents: [JSON.parse(JSON.stringify(objectWith(value)))] }));
}

function expectSurvival(values: readonly unknown[]) {
  expect(misread('kubernetes', values)).toEqual([]);
  expect(misread('kustomize', values)).toEqual([]);
}

/** One process reads many values, so a property holds for an array of them; it shrinks to the one that fails. */
function many<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(arbitrary, { maxLength: 400, size: 'max' });
}

/** An object with one field of any name; in a literal, `__proto__` would be the prototype. */
function ownField(name: string, value: unknown): unknown {
  return Object.fromEntries([[name, value]]);
}

describe('the form of the text', () => {
  test('documents are separated, and nothing precedes the first', () => {
    expect(toYaml([{ kind: 'A' }, { kind: 'B' }, { kind: 'C' }])).toBe('kind: A\n---\nkind: B\n---\nkind: C\n');
    expect(toYaml([])).toBe('');
  });

  test('a manifest looks as people write it', () => {
    expect(fileWith({
      enabled: true,
      nothing: null,
      count: 3,
      port: '8080',
      answer: 'no',
      image: 'registry.example.org:5000/shop/web:1.2.3@sha256:0123',
      empty: { map: {}, list: [], text: '' },
      args: ['--listen=:8080', '-v', ['nested', ['deeper']], { name: 'x', values: [1, 2] }],
      config: 'server {\n\tlisten 80;\n}\n',
      script: '\nset -e\necho "done"',
      notes: '  indented\n\n\nlast: line\n\n',
    })).toMatchInlineSnapshot(`
"apiVersion: example.org/v1
kind: Example
metadata:
  name: example
  finalizers:
    - example.org/keep
spec:
  enabled: true
  nothing: null
  count: 3
  port: "8080"
  answer: "no"
  image: registry.example.org:5000/shop/web:1.2.3@sha256:0123
  empty:
    map: {}
    list: []
    text: ""
  args:
    - "--listen=:8080"
    - "-v"
    - - nested
      - - deeper
    - name: x
      values:
        - 1
        - 2
  config: |
    server {
    	listen 80;
    }
  script: |2-

    set -e
    echo "done"
  notes: |2+
      indented


    last: line

"
`);
  });

  test('long lines are not folded and shared objects not abbreviated', () => {
    const words = 'word '.repeat(100).trim();
    const shared = { words };
    expect(toYaml([{ a: shared, b: shared, c: [shared, shared] }])).toBe([
      'a:', `  words: ${words}`, 'b:', `  words: ${words}`, 'c:', `  - words: ${words}`, `  - words: ${words}`, '',
    ].join('\n'));
  });

  test.each([
    ['an undefined field is left out', { a: undefined, b: { c: undefined } }, 'b: {}\n'],
    ['an undefined element is null', [undefined, 1], '- null\n- 1\n'],
    ['a date is its JSON', { at: new Date(0) }, 'at: "1970-01-01T00:00:00.000Z"\n'],
    ['toJSON decides', { a: { toJSON: (key: string) => [key, { toJSON: () => undefined }] } }, 'a:\n  - a\n  - null\n'],
    ['minus zero is zero', [-0], '- 0\n'],
    ['a bigint is an integer', [BigInt(Number.MAX_SAFE_INTEGER)], '- 9007199254740991\n'],
    ['a field may be named __proto__', JSON.parse('{"__proto__": {"a": 1}}'), '__proto__:\n  a: 1\n'],
    ['a document may be undefined', undefined, 'null\n'],
  ])('%s', (_, value, yaml) => expect(toYaml([value])).toBe(yaml));
});

describe('what Kubernetes and kustomize read', () => {
  test('the yardstick takes such things for other values, if they have no quotes', () => {
    const file = '{"no": no, "hex": 0X1F, "octal": 0_7, "merge": {<<: {a: 1}}}';
    expect(readYaml('kubernetes', [`a: 1\nb: ${file}\n`, 'a: [\n'])).toEqual([
      { documents: [{ a: 1, b: { no: false, hex: 31, octal: 7, merge: { a: 1 } } }] },
      { error: expect.stringContaining('did not find expected node content') },
    ]);
  });

  test.each([
    ['blanks', ['', ' ', '  ', '\n', '\n\n', ' \n', '\n ', '\n\n a', '\t', '\ta\nb', '\n\ta', 'a\n\t\nb', 'a\r\nb\r\n', '\r', 'a\n ', 'a \nb', 'a\n\n\n']],
    ['words', ['y', 'Y', 'n', 'N', 'yes', 'Yes', 'YES', 'no', 'No', 'on', 'On', 'off', 'OFF', 'true', 'True', 'FALSE', 'null', 'Null', 'NULL', '~', '=', '<<']],
    ['integers', ['0', '-1', '+1', '007', '08', '0_7', '1_000', '+204_', '_1', '1__', '-_1', '18446744073709551616', '1:30', '190:20:30', '190:20:30.15']],
    ['integers to other bases', ['0o17', '0O17', '0o-7', '0x1F', '0X1f', '0x_1', '0b11', '0B11', '-0b11', '0b+1', '0x', '0b']],
    ['fractions', ['1.', '.5', '1.5', '+.5', '-.5e3', '1e3', '1E+3', '1_0e1_0', '1e', '1e3e', '1e999', '.', '..', '1.2.3', '10.0.0.1', '100m']],
    ['infinities', ['.inf', '-.INF', '+.Inf', '.nan', '.NaN', 'inf', 'nan', 'Infinity', '-inf']],
    ['dates', ['2001-01-01', '2001-1-1', '2001-01-01T00:00:00Z', '2001-01-01 00:00:00', '2001-01-01t00:00:00.1+01:00', '2001-01', '20010101']],
    ['indicators', ['-', '- a', '-a', '?', '? a', '?a', ':', ': a', ':a', 'a:', 'a: b', 'a:b', '#', 'a #b', 'a#b', ',', 'a, b', '{', '}', '[]', '{}']],
    ['more indicators', ['!', '!!int 1', '&a', '*a', '|', '>', '%', '@', '`', '\'', '"', '\'a\'', '"a"', '\\', '\\n', 'a\\', '---', '--- a', '...', '... a']],
    ['other languages', ['{{ .Values.x }}', '${VAR}', '$(VAR)', '#!/bin/sh\nexit 0\n', '- a\n- b\n', 'a: 1\n---\nb: 2\n', '\n---\n', '{"a": 1}', '<a>&b</a>']],
    ['controls', ['\0', '\x07', '\x1b[31m', '\xa0', 'a\xa0b', 'a\xa0\nb', '\xad', '\u200b', '\u2028 ', 'a\u2029b\nc', '\ufeff', '\ufeffa', 'a\n\ufeffb', '\ufffd', '\ufdd0']],
    ['wide characters', ['é', '世界', '\ue009', 'a\n\t\ue009', '😀', 'a 😀', 'a\n😀\n', 'a\n\t😀', '\u{1fffe}', '\u{10fffd}']],
    ['names of Object.prototype', ['__proto__', 'constructor', 'toString', '__defineGetter__', 'hasOwnProperty']],
    ['long texts', ['a'.repeat(1022), 'é'.repeat(1022), '"'.repeat(170), '<'.repeat(170), '😀'.repeat(170)]],
  ])('%s stay themselves, wherever they are', (_, strings) => {
    const asKeys = strings.filter((it) => it !== '<<').flatMap((it) => [ownField(it, 1), [ownField(it, ownField(it, [it]))]]);
    expectSurvival([...strings.flatMap((it) => [it, { value: it, next: 1 }, [it, [it, [it]], { a: it }]]), ...asKeys]);
    expect(readYaml('kubernetes', strings.map((it) => toYaml([it, it])))).toEqual(strings.map((it) => ({ documents: [it, it] })));
  });

  test('numbers at the edges stay themselves', () => {
    expectSurvival([
      ...[0, -0, 1, -1, 0.1, 1e-7, 1.5e-7, -1e-7, 5e-324, 1e20, 1e21, -1e21, 1.5e21, 1.7976931348623157e308],
      ...[2 ** 53, 2 ** 53 + 2, 2 ** 63, 2 ** 64, -(2 ** 63), -(2 ** 64), 123456789012345680000],
    ]);
  });

  test('any string is either read again or refused', () => {
    fc.assert(fc.property(many(anyText), (strings) => {
      const taken = strings.filter((it) => !REFUSED_TEXT.test(it));
      expectSurvival(taken);
      for (const refused of strings.filter((it) => REFUSED_TEXT.test(it))) {
        expect(() => fileWith(refused)).toThrow(YamlValueError);
        expect(() => fileWith(ownField(refused, 1))).toThrow(YamlValueError);
      }
    }), { numRuns: 10 });
  });

  test('strings that look like something else are read again, as values and as keys', () => {
    fc.assert(fc.property(many(text), (strings) => {
      expectSurvival(strings.map((it) => [it, { next: it }]));
      expectSurvival(strings.filter((it) => it !== '<<').map((it) => ownField(it, [ownField(it, {})])));
    }), { numRuns: 20 });
  });

  test('numbers are read again', () => {
    fc.assert(fc.property(many(number), (numbers) => expectSurvival([numbers, ...numbers])), { numRuns: 10 });
  });

  test('nested values are read again', () => {
    fc.assert(fc.property(many(json), (values) => expectSurvival(values)), { numRuns: 10 });
  });

  test('all documents of a file are read again', () => {
    fc.assert(fc.property(many(fc.array(json, { minLength: 1, maxLength: 4 })), (files) => {
      const objects = files.map((specs) => JSON.parse(JSON.stringify(specs.map(objectWith))));
      const expected = objects.map((documents) => ({ documents }));
      expect(readYaml('kubernetes', objects.map((documents) => toYaml(documents)))).toEqual(expected);
      expect(readYaml('kustomize', objects.map((documents) => toYaml(documents)))).toEqual(expected);
    }), { numRuns: 5 });
  });
});

describe('what the image automation writes again', () => {
  test('it changes nothing about usual manifests', () => {
    fc.assert(fc.property(many(fc.array(ordinary, { minLength: 1, maxLength: 3 })), (files) => {
      const texts = files.map((specs) => toYaml(specs.map(objectWith)));
      expect(rewriteYaml(texts)).toEqual(texts);
    }), { numRuns: 10 });
  });

  test('it changes nothing about unusual characters in a line, or about lines that begin in unusual ways', () => {
    const strings = [
      ...['a\xa0b', 'a\xa0\nb', '\xad\u200b', 'a\u2028b', 'a\ufeff', '\0\x1b\x1f', 'é', '世界', '\ue009', '😀 "a"\\\t', '\n', '\n\n', 'a\r\nb'],
      ...['\n\na\n', '\n  a\n', '\n\ta', '\ta\nb', '  a\n\n', '\t', '...a', '---a'],
    ];
    const texts = strings.map((it) => fileWith([it, { a: it }, [[it]]]));
    expect(rewriteYaml(texts)).toEqual(texts);
  });

  test('it changes the value of none', () => {
    fc.assert(fc.property(many(json), (values) => {
      const readings = readYaml('kubernetes', rewriteYaml(values.map(fileWith)));
      expect(readings).toEqual(values.map((value) => ({ documents: [JSON.parse(JSON.stringify(objectWith(value)))] })));
    }), { numRuns: 5 });
  });
});
