import type { ScalarTag, Tags } from 'yaml';

/**
 * The scalars as kustomize reads them, through which all goes that Flux applies: `yes` and `on` are texts (kubectl alone takes them for
 * booleans), `0777` is octal, `1_000` a number, `1:30` a text. test/cli/validate-yaml.test.ts compares with kustomize itself.
 */
const BOOL = scalar('bool', /^(?:true|True|TRUE|false|False|FALSE)$/, (text) => /^t/i.test(text));
const OCTAL = scalar('int', /^[-+]?0o?[0-7_]*[0-7][0-7_]*$/, (text) => radix(text.replace(/^([-+]?)0o?/, '$1'), 8));
const BINARY = scalar('int', /^[-+]?0[bB][01_]*[01][01_]*$/, (text) => radix(text.replace(/0[bB]/, ''), 2));
const HEX = scalar('int', /^[-+]?0[xX][0-9a-fA-F_]*[0-9a-fA-F][0-9a-fA-F_]*$/, (text) => radix(text.replace(/0[xX]/, ''), 16));
const INT = scalar('int', /^[-+]?[0-9][0-9_]*$/, (text) => Number(text.replace(/_/g, '')));
const FLOAT = scalar('float', /^[-+]?(?:\.[0-9][0-9_]*|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?$/, number);
const SPECIAL = scalar('float', /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/, (text) => /n$/i.test(text) ? NaN : text.startsWith('-') ? -Infinity : Infinity);

const OWN = [BOOL, OCTAL, BINARY, HEX, INT, FLOAT, SPECIAL];
const KEPT = ['map', 'seq', 'str', 'null', 'merge'].map((name) => `tag:yaml.org,2002:${name}`);

/** The tags of the `yaml` package, with scalars as kustomize reads them. */
export function kustomizeTags(tags: Tags): Tags {
  return [...tags.filter((tag) => typeof tag !== 'string' && KEPT.includes(tag.tag)), ...OWN];
}

/** What kustomize makes of a plain scalar. */
export function plainScalar(text: string): unknown {
  if (/^(?:~|null|Null|NULL|)$/.test(text)) {
    return null;
  }
  const tag = OWN.find(({ test }) => test!.test(text));
  return tag ? tag.resolve(text, () => undefined, {}) : text;
}

function scalar(name: string, test: RegExp, resolve: (text: string) => unknown): ScalarTag {
  return { tag: `tag:yaml.org,2002:${name}`, default: true, test, resolve };
}

function radix(text: string, base: number): number {
  return parseInt(text.replace(/_/g, ''), base);
}

/** Beyond what a double holds it is a text. */
function number(text: string): number | string {
  const value = Number(text.replace(/_/g, ''));
  return Number.isFinite(value) ? value : text;
}
