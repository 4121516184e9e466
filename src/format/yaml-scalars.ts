import { Type } from 'js-yaml';

// Kubernetes reads YAML with one parser, kustomize with another. The union of what the two take for a number,
// with Go's own literals (0x, 0o, 0b, underscores anywhere) and the numbers to base 60 of YAML 1.1.
const NUMBER = /^[-+]?(?:0[bBoOxX][-+]?[0-9a-fA-F]+|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[0-9]+(?::[0-9]+)+(?:\.[0-9]*)?)$/;
const DATE = /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:$|[Tt\s])/;
const WORD = /^(?:y|n|yes|no|on|off|true|false|null|~|<<|=|[-+]?\.?(?:inf|infinity|nan))$/i;
const END_OF_DOCUMENT = /^\.\.\./;
/** What all of the above begin with: one cheap look spares most strings the four others. */
const SUSPECT = /^[-+.0-9~<=fintyFINTOoY]/;

const OTHERWISE_QUOTED = /\xa0|^[ \t]*\n[ \t\n]*$/;
const HIGH_SURROGATE = /[\ud800-\udbff]/;
const TO_ESCAPE = /[\0-\x1f"\\\u2028\u2029\ufeff]|[\u{10000}-\u{10ffff}]/gu;
const SHORT_ESCAPES: Record<string, string> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

/**
 * The one type js-yaml needs beside strings, lists and maps.
 *
 * It writes null, booleans and numbers, and the strings that js-yaml would write otherwise than Flux's image
 * automation writes them again. Its `resolve` is what js-yaml asks before it leaves a string without quotes.
 */
export const kubernetesScalar = new Type('tag:yaml.org,2002:kubernetes-scalar', {
  kind: 'scalar',
  resolve: readsAsAnotherValue,
  predicate: (value: unknown) => (typeof value === 'string' ? needsOwnQuotes(value) : isConstant(value)),
  represent: (value: unknown) => (typeof value === 'string' ? quote(value) : String(value)),
});

/** Whether a parser would take the text, without quotes, for anything but this string. */
function readsAsAnotherValue(text: string): boolean {
  if (!SUSPECT.test(text)) {
    return false;
  }
  const plain = text.includes('_') ? text.replace(/_/g, '') : text;
  return NUMBER.test(plain) || WORD.test(plain) || DATE.test(text) || END_OF_DOCUMENT.test(text);
}

function isConstant(value: unknown): boolean {
  return value === null || typeof value === 'number' || typeof value === 'boolean';
}

// js-yaml escapes a no-break space and keeps characters beyond the basic plane, the image automation does the reverse.
// Several lines with the latter stay a block of lines nevertheless, for the sake of those who read it; of nothing but
// line breaks and blanks, which not every parser reads, nobody can read a block.
function needsOwnQuotes(text: string): boolean {
  return OTHERWISE_QUOTED.test(text) || (HIGH_SURROGATE.test(text) && !text.includes('\n'));
}

function quote(text: string): string {
  return `"${text.replace(TO_ESCAPE, (character) => SHORT_ESCAPES[character] ?? escapeByNumber(character.codePointAt(0)!))}"`;
}

function escapeByNumber(codePoint: number): string {
  const [letter, digits] = codePoint <= 0xff ? ['x', 2] : codePoint <= 0xffff ? ['u', 4] : ['U', 8];
  return `\\${letter}${codePoint.toString(16).toUpperCase().padStart(Number(digits), '0')}`;
}
