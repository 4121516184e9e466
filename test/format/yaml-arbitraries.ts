import * as fc from 'fast-check';

/** Text that a kustomize build would lose or damage, and that the writer therefore refuses. */
export const REFUSED_TEXT = /[\x7f-\x9f\ufffe\uffff\u{10fffe}\u{10ffff}\ud800-\udfff]|[\u2028\u2029]$/u;

/** Any string at all, with every code unit, paired surrogates or not. */
export const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }));

// What parsers give a meaning to, to be put together at random.
const FRAGMENTS = [
  ...'0179_-+.:eExXoObBafyYnNtTfF~=<"\'|>%@`&*!?{}[],# \t\n\r\\$é',
  ...['no', 'yes', 'on', 'Off', 'true', 'False', 'NULL', '.inf', '.NaN', '<<', '0x', '0o', '2001-01-01', 'T00:00:00Z', '12:30'],
  ...['- ', ': ', ' #', '---', '...', '\n ', '\n\t', ' \n', '\n\n', '\r\n', '${x}'],
  ...['\xa0', '\u2028', '\ufeff', '\ue009', '😀', '\0', '\x1b'],
];
const lookalike = fc.oneof(
  fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 7 }).map((parts) => parts.join('')),
  fc.stringMatching(/^[-+]?(?:0[xXbBoO])?[0-9_.:eE+-]{0,8}$/),
  fc.stringMatching(/^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ][0-9:.]{1,8}Z?)?$/),
);

/** Text that the writer takes, rich in what YAML could take for something else. */
export const text = fc.oneof({ weight: 3, arbitrary: lookalike }, { weight: 1, arbitrary: anyText }).filter((it) => !REFUSED_TEXT.test(it));

const key = text.filter((it) => it !== '<<');

export const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.maxSafeInteger(),
  fc.integer({ min: -5, max: 5 }),
  // Integers that a double holds but that are not safe, on both sides of what 64 bits hold and of where JavaScript turns to exponents.
  fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: 50, max: 80 })).map(([factor, exponent]) => factor * 2 ** exponent),
);

/** Any JSON value of several levels. */
export const json: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    text,
    number,
    fc.constantFrom(true, false, null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

const line = fc.string({ unit: 'grapheme-ascii', maxLength: 30 });
const blockLine = fc.tuple(fc.constantFrom('', '  ', '\t', ' \t'), line, fc.constantFrom('', 'é', '世界', '\tend')).map((parts) => parts.join('').trimEnd());
const block = fc.tuple(fc.array(blockLine, { minLength: 2, maxLength: 5 }), fc.constantFrom('', '\n')).map(([lines, end]) => lines.join('\n') + end);

/** What usual manifests hold: names as keys, single lines of anything printable, and lines of usual text without blanks at their ends. */
export const ordinary: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    fc.string({ unit: 'grapheme' }),
    line,
    block,
    number,
    fc.constantFrom(true, false, null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,60}$/), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value.filter((it) => !/[\u2028\u2029]/.test(JSON.stringify(it)) && !REFUSED_TEXT.test(JSON.stringify(it)));
