import { STAND_INS, toStandIns } from './yaml-blocks';

// kubectl reads all of these, except half a surrogate pair (with the flag `u`, the range matches only those). But all that
// Flux applies goes through a kustomize build, which fails on DEL, the C1 controls, U+FFFE and U+FFFF, makes a space of
// U+0085, and can lose the next document behind a text that ends in a line or paragraph separator.
const UNCARRIED = new RegExp(`[\\x7f-\\x9f\\ufffe\\uffff\\ud800-\\udfff]|[\\u2028\\u2029]$|${STAND_INS.source}`, 'u');
// A kustomize build reads keys in JSON as Go writes it, and there no more than 1,024 characters with the quotes.
const LONGEST_KEY = 1022;
const LONGEST_ESCAPE = '\\u0000';
const ESCAPED_IN_JSON = /[\0-\x1f"&<>\\\u2028\u2029]/g;
/** A kustomize build leaves out the field of this name. */
const MERGE_KEY = '<<';
const IDENTIFIER = /^[A-Za-z_][\w-]*$/;
const PLAIN_REMEDY = 'Give a plain object, an array, a string, a finite number, a boolean or null, or leave the field out';

/**
 * A value that YAML, or what Flux does with YAML, cannot carry.
 *
 * The message says where the value is, what is wrong with it and what to do. It never shows the value: it may be secret.
 */
export class YamlValueError extends Error {
  /**
   * @param document index of the document among those to be written
   * @param path where in the document the value is, such as `spec.template.x[2]`; empty for the document itself
   * @param problem what is wrong with it
   * @param remedy what to do about it
   */
  constructor(readonly document: number, readonly path: string, readonly problem: string, readonly remedy: string) {
    super(`document ${document + 1}${path && `, ${path}`}: ${problem}. ${remedy}.`);
    this.name = 'YamlValueError';
  }
}

/**
 * Makes the function that js-yaml asks for each value of one document, from the outside in. It does to the value what
 * `JSON.stringify` would do, and throws where that would lose something. No copy of the document is made.
 *
 * @param document index of the document, for the error
 * @throws YamlValueError
 */
export function jsonValues(document: number): (this: unknown, key: string, value: unknown) => unknown {
  // The objects between the document and the current value, and the key of each in the one before.
  const holders: unknown[] = [];
  const keys: string[] = [];

  function fail(key: string, problem: string, remedy: string): never {
    throw new YamlValueError(document, pathTo([...keys, key], holders), problem, remedy);
  }

  function checkText(key: string, what: string, text: string) {
    const found = UNCARRIED.exec(text);
    if (found) {
      fail(key, ...textFault(what, found[0].codePointAt(0)!, found.index));
    }
  }

  function checkKey(key: string) {
    checkText(key, 'the key', key);
    if (key.length * LONGEST_ESCAPE.length > LONGEST_KEY && key.replace(ESCAPED_IN_JSON, LONGEST_ESCAPE).length > LONGEST_KEY) {
      fail(key, 'a kustomize build fails on a key that is more than 1,024 characters in JSON', 'Shorten the key');
    }
    if (key === MERGE_KEY) {
      fail(key, `a kustomize build drops a field named ${MERGE_KEY}`, 'Give it another name');
    }
  }

  function enter(key: string, value: object): object {
    if (!Array.isArray(value) && Object.prototype.toString.call(value) !== '[object Object]') {
      fail(key, `a ${value.constructor?.name ?? 'foreign object'} is no JSON value`, PLAIN_REMEDY);
    }
    if (holders.includes(value)) {
      fail(key, 'the object contains itself', 'Break the circle');
    }
    holders.push(value);
    keys.push(key);
    return value;
  }

  return function (key, given) {
    while (holders.length > 0 && holders[holders.length - 1] !== this) {
      holders.pop();
      keys.pop();
    }
    if (holders.length > 0 && !Array.isArray(this)) {
      checkKey(key);
    }
    const value = hasToJson(given) ? given.toJSON(key) : given;
    switch (typeof value) {
      case 'string':
        checkText(key, 'the string', value);
        return toStandIns(value);
      case 'number':
        if (!Number.isFinite(value)) {
          fail(key, `${value} is no number of JSON`, 'Give a finite number');
        }
        return value;
      case 'bigint':
        if (!Number.isSafeInteger(Number(value))) {
          fail(key, 'the bigint is larger than the integers that JSON readers keep exact', 'Write it as a string');
        }
        return Number(value);
      case 'function':
      case 'symbol':
        return fail(key, `a ${typeof value} is no JSON value`, PLAIN_REMEDY);
      case 'object':
        return value === null ? value : enter(key, value);
      default:
        return value;
    }
  };
}

function hasToJson(value: unknown): value is { toJSON(key: string): unknown } {
  return typeof value === 'object' && value !== null && typeof (value as { toJSON?: unknown }).toJSON === 'function';
}

function textFault(what: string, codePoint: number, index: number): [problem: string, remedy: string] {
  const name = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) {
    return [`${what} has half a surrogate pair (${name}) at index ${index}`, 'Cut text between characters, and encode bytes in base64'];
  }
  return [`${what} has the character ${name} at index ${index}, which YAML cannot carry through Flux`, 'Remove it, or encode the text in base64'];
}

/** `keys[i]` is a key of `holders[i - 1]`; the first is the document's own, which has none. */
function pathTo(keys: string[], holders: unknown[]): string {
  return keys.slice(1).reduce((parent, key, index) => {
    if (Array.isArray(holders[index])) {
      return `${parent}[${key}]`;
    }
    if (IDENTIFIER.test(key)) {
      return parent ? `${parent}.${key}` : key;
    }
    return `${parent}[${visible(key)}]`;
  }, '');
}

function visible(key: string): string {
  return JSON.stringify(key).replace(/[^ -~]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}
