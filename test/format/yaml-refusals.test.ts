import { toYaml, YamlValueError } from '../../src/format';

function refusal(...documents: unknown[]): YamlValueError {
  try {
    toYaml(documents);
  } catch (error) {
    if (error instanceof YamlValueError) {
      return error;
    }
    throw error;
  }
  throw new Error('not refused');
}

describe('values that cannot be carried', () => {
  test('the error says which document, where, what and what to do', () => {
    const error = refusal({}, { spec: { template: { x: [0, 1, NaN] } } });
    expect(error.message).toBe('document 2, spec.template.x[2]: NaN is no number of JSON. Give a finite number.');
    expect(error).toMatchObject({
      name: 'YamlValueError', document: 1, path: 'spec.template.x[2]', problem: 'NaN is no number of JSON', remedy: 'Give a finite number',
    });
  });

  test.each([
    ['an infinity', { a: -Infinity }, 'a', '-Infinity is no number of JSON'],
    ['a large bigint', { a: 2n ** 53n }, 'a', 'the bigint is larger than the integers that JSON readers keep exact'],
    ['a function', { a: { b: () => 1 } }, 'a.b', 'a function is no JSON value'],
    ['a symbol', [[Symbol('a')]], '[0][0]', 'a symbol is no JSON value'],
    ['a map', { a: new Map() }, 'a', 'a Map is no JSON value'],
    ['a boxed string', { a: Object('a') }, 'a', 'a String is no JSON value'],
    ['half a surrogate pair', { a: 'b\ud83d' }, 'a', 'the string has half a surrogate pair (U+D83D) at index 1'],
    ['the other half', { a: '\ude00\ud83d\ude00' }, 'a', 'the string has half a surrogate pair (U+DE00) at index 0'],
    ['a control character', { a: 'b\x85c' }, 'a', 'the string has the character U+0085 at index 1, which YAML cannot carry through Flux'],
    ['a noncharacter', ['\uffff'], '[0]', 'the string has the character U+FFFF at index 0, which YAML cannot carry through Flux'],
    ['a separator at the end', ['a\u2028'], '[0]', 'the string has the character U+2028 at index 1, which YAML cannot carry through Flux'],
    ['a merge key', { a: { '<<': 1 } }, 'a["<<"]', 'a kustomize build drops a field named <<'],
    ['a bad key', { a: [{ '\x7f': 1 }] }, 'a[0]["\\u{7f}"]', 'the key has the character U+007F at index 0, which YAML cannot carry through Flux'],
    ['a long key', [{ ['a'.repeat(1023)]: 1 }], `[0].${'a'.repeat(1023)}`, 'a kustomize build fails on a key that is more than 1,024 characters in JSON'],
    ['a key that is long in JSON', [{ ['<'.repeat(171)]: 1 }], `[0]["${'<'.repeat(171)}"]`, 'a kustomize build fails on a key that is more than 1,024 characters in JSON'],
    ['a value under unusual keys', { 'a.b/c': { 'd-e': { '': NaN } } }, '["a.b/c"].d-e[""]', 'NaN is no number of JSON'],
    ['a value behind others', { a: { b: [{ c: 1 }, { c: [2] }] }, d: [{}, { e: NaN }] }, 'd[1].e', 'NaN is no number of JSON'],
    ['the document itself', () => 1, '', 'a function is no JSON value'],
  ])('%s is refused', (_, document, path, problem) => {
    expect(refusal(document)).toMatchObject({ path, problem });
  });

  test('an object that contains itself is refused', () => {
    const document: Record<string, unknown> = { a: { b: [] } };
    (document.a as { b: unknown[] }).b.push({}, document.a);
    expect(refusal(document)).toMatchObject({ path: 'a.b[1]', problem: 'the object contains itself' });
  });

  test('the message does not show the value, which may be secret', () => {
    expect(refusal({ password: 'hunter2\x85' }).message).not.toContain('hunter2');
  });
});
