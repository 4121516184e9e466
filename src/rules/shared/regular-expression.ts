import { quoted } from './json';

/** What is known of a regular expression of Go, which is in the syntax of RE2. */
export interface GoPattern {
  /** Why Go refuses it: it says so only where that is certain. */
  readonly problem?: string;
  /** Numbers and names of its groups; `0` is the whole match. */
  readonly groups: ReadonlySet<string>;
}

const NAMED_GROUP = /\(\?P?<(\w+)>/y;
const FLAGS = /\(\?[imsU]*(?:-[imsU]+)?([:)])/y;
const REPEAT = /[*+?]|\{(0|[1-9]\d*)(?:,(0|[1-9]\d*)?)?\}/y;
const HEXADECIMAL = /\\x(?:[0-9a-fA-F]{2}|\{[0-9a-fA-F]+\})/y;
const UNICODE_CLASS = /\\[pP](?:[^{]|\{[^}]*\})/y;
const NAMED_CLASS = /\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]/y;
/** What may follow a backslash anywhere: all of ASCII but letters and digits, and some of these. */
const ESCAPED = /[0afnrtvdDsSwW\x00-/:-@[-`{-\x7f]/;
const MAX_REPEAT = 1000;

/** Reads a pattern as far as needed to tell what Go refuses for certain: in one pass, and without building anything of it. */
export function goPattern(pattern: string): GoPattern {
  const groups = new Set(['0']);
  try {
    new Reader(pattern, groups).read();
    return { groups };
  } catch (error) {
    if (error instanceof Refused) {
      return { groups, problem: error.message };
    }
    throw error;
  }
}

class Refused extends Error {}

class Reader {
  private at = 0;
  private depth = 0;
  private captures = 0;
  /** Whether there is something before this place that can be repeated, and whether that is itself a repetition. */
  private repeatable = false;
  private repeated = false;

  constructor(private readonly text: string, private readonly groups: Set<string>) {}

  public read(): void {
    while (this.at < this.text.length) {
      const repetition = this.match(REPEAT);
      if (repetition) {
        this.repetition(repetition);
      } else {
        this.repeated = false;
        this.other();
      }
    }
    if (this.depth > 0) {
      throw new Refused("a '(' has no ')'");
    }
  }

  private other(): void {
    switch (this.text[this.at]) {
      case '(':
        return this.group();
      case ')':
        if (this.depth-- === 0) {
          throw new Refused("a ')' has no '('");
        }
        return this.atom();
      case '|':
        this.repeatable = false;
        this.at++;
        return;
      case '[':
        return this.charClass();
      case '\\':
        return this.text[this.at + 1] === 'Q' ? this.literal() : this.escape('AbBz');
      default:
        return this.atom();
    }
  }

  private atom(length = 1): void {
    this.at += length;
    this.repeatable = true;
  }

  private repetition([text, min, max]: RegExpExecArray): void {
    if (!this.repeatable) {
      throw new Refused(`there is nothing for '${text}' to repeat`);
    }
    if (this.repeated) {
      throw new Refused(`'${text}' follows another repetition`);
    }
    if (Number(min) > MAX_REPEAT || Number(max) > MAX_REPEAT || Number(max) < Number(min)) {
      throw new Refused(`'${text}' is more than ${MAX_REPEAT} times, or more at least than at most`);
    }
    this.at += text.length;
    if (this.text[this.at] === '?') {
      this.at++;
    }
    this.repeated = true;
  }

  private group(): void {
    if (this.text[this.at + 1] !== '?') {
      this.at++;
      return this.open(true);
    }
    const named = this.match(NAMED_GROUP);
    if (named) {
      this.groups.add(named[1]);
      this.at += named[0].length;
      return this.open(true);
    }
    const flags = this.match(FLAGS);
    if (!flags) {
      throw new Refused(`${quoted(this.text.slice(this.at, this.at + (this.text[this.at + 2] === '<' ? 4 : 3)))} is no kind of group`);
    }
    this.at += flags[0].length;
    if (flags[1] === ':') {
      this.open(false);
    }
  }

  private open(captures: boolean): void {
    if (captures) {
      this.groups.add(String(++this.captures));
    }
    this.depth++;
    this.repeatable = false;
  }

  /** `\Q...\E`. */
  private literal(): void {
    const start = this.at + 2;
    const end = this.text.indexOf('\\E', start);
    this.repeatable ||= end !== start && start < this.text.length;
    this.at = end < 0 ? this.text.length : end + 2;
  }

  private escape(anchors: string): void {
    const [first = '', second = ''] = this.text.slice(this.at + 1, this.at + 3);
    if (first === '') {
      throw new Refused('it ends in a backslash');
    }
    if (first === 'x' || first === 'p' || first === 'P') {
      const found = this.match(first === 'x' ? HEXADECIMAL : UNICODE_CLASS);
      if (!found) {
        throw new Refused(`'\\${first}' is not followed by what it needs`);
      }
      return this.atom(found[0].length);
    }
    const octal = /[1-7]/.test(first) && /[0-7]/.test(second);
    if (!octal && !ESCAPED.test(first) && !anchors.includes(first)) {
      throw new Refused(`${quoted(`\\${first}`)} is no escape`);
    }
    this.atom(2);
  }

  private charClass(): void {
    this.at += this.text[this.at + 1] === '^' ? 2 : 1;
    for (let first = true; this.text[this.at] !== ']' || first; first = false) {
      const named = this.match(NAMED_CLASS);
      if (named) {
        this.at += named[0].length;
      } else if (/^\\[pPdDsSwW]/.test(this.text.slice(this.at, this.at + 2))) {
        this.escape('');
      } else {
        this.classChar();
        if (this.text[this.at] === '-' && this.at + 1 < this.text.length && this.text[this.at + 1] !== ']') {
          this.at++;
          this.classChar();
        }
      }
    }
    this.atom();
  }

  private classChar(): void {
    if (this.at >= this.text.length) {
      throw new Refused("a '[' has no ']'");
    }
    if (this.text[this.at] === '\\') {
      this.escape('');
    } else {
      this.at++;
    }
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text);
  }
}
