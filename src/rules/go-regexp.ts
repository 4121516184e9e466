/** How a group may begin in Go: flags or a name after `(?`. */
const GROUP = /\((?!\?)|\(\?(?:P?<\w+>|[imsU]*(?:-[imsU]+)?[:)])/y;
const REPEAT = /(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})\??/y;
const CHARACTER = /\\(?:[pP]\{[^}]{1,64}\}|x\{[^}]{1,64}\}|[^])|[^]/y;
const NAMED_CLASS = /\[:\^?[a-z]{1,10}:\]/y;
const QUOTED = /\\Q[^]*?(?:\\E|$)/y;
/** Letters and digits that mean something after a backslash; a digit above 0 only as a part of an octal number. */
const IN_CLASS = 'pPdDsSwWafnrtvx0';
const OUTSIDE = `${IN_CLASS}AbBzQ`;
const MAX_REPEAT = 1000;

/** What stands before a place, as far as repeating goes. */
type Before = 'something' | 'nothing' | 'repeated';

/**
 * Why a text is no regular expression of Go, as a part of a sentence; nothing if it is one, as far as is looked: for what other
 * dialects have and Go has not, and for what is left open. In time linear in its length.
 */
export function goRegexpProblem(pattern: string): string | undefined {
  let before: Before = 'nothing';
  let open = 0;
  for (let at = 0; at < pattern.length;) {
    const group = matchAt(GROUP, pattern, at);
    const repeat = matchAt(REPEAT, pattern, at);
    const quoted = matchAt(QUOTED, pattern, at);
    if (quoted) {
      before = /^\\Q(\\E)?$/.test(quoted[0]) ? before : 'something';
      at += quoted[0].length;
    } else if (group) {
      const flags = group[0].endsWith(')');
      open += flags ? 0 : 1;
      before = flags && before !== 'nothing' ? 'something' : 'nothing';
      at += group[0].length;
    } else if (pattern[at] === '(') {
      return `Go has no group that begins with ${pattern.slice(at, at + 4).split('\n')[0]}`;
    } else if (pattern[at] === ')' && open-- === 0) {
      return 'it closes a group that it did not open';
    } else if (repeat) {
      const problem = repeatProblem(repeat, before);
      if (problem) {
        return problem;
      }
      before = 'repeated';
      at += repeat[0].length;
    } else {
      const end = pattern[at] === '[' ? endOfClass(pattern, at) : endOfCharacter(pattern, at, OUTSIDE);
      if (typeof end === 'string') {
        return end;
      }
      before = pattern[at] === '|' ? 'nothing' : 'something';
      at = end;
    }
  }
  return open > 0 ? 'a group is not closed' : undefined;
}

function repeatProblem([repeat, least, upTo, most]: RegExpExecArray, before: Before): string | undefined {
  if (before !== 'something') {
    return before === 'nothing' ? `there is nothing before ${repeat} to repeat` : `${repeat} repeats what is repeated already`;
  }
  if (Number(least ?? 0) > MAX_REPEAT || Number(most ?? 0) > MAX_REPEAT) {
    return `Go repeats at most ${MAX_REPEAT} times`;
  }
  return upTo && most && Number(most) < Number(least) ? `${repeat} has no number between the two` : undefined;
}

/** Where a class such as `[a-z]` ends, or why it does not. */
function endOfClass(pattern: string, start: number): number | string {
  let at = pattern[start + 1] === '^' ? start + 2 : start + 1;
  // A bracket that comes first stands for itself.
  for (let first = true; first || pattern[at] !== ']'; first = false) {
    if (at >= pattern.length) {
      return 'a class is not closed by ]';
    }
    const named = matchAt(NAMED_CLASS, pattern, at);
    const end = named ? at + named[0].length : endOfCharacter(pattern, at, IN_CLASS);
    if (typeof end === 'string') {
      return end;
    }
    const range = !named && !/^\\[pPdDsSwW]/.test(pattern.slice(at, at + 2)) && pattern[end] === '-' && ![']', undefined].includes(pattern[end + 1]);
    // What ends a range is a character, even `[`; one with a backslash is looked at next.
    at = range ? end + (pattern[end + 1] === '\\' ? 1 : 2) : end;
  }
  return at + 1;
}

/** Where a character ends, which may have a backslash, or why it is none of Go's. */
function endOfCharacter(pattern: string, at: number, known: string): number | string {
  const [character] = matchAt(CHARACTER, pattern, at)!;
  if (character === '\\') {
    return 'it ends in a backslash';
  }
  const octal = /^\\[1-7]/.test(character) && /[0-7]/.test(pattern[at + 2] ?? '');
  if (/^\\[A-Za-z0-9]/.test(character) && !known.includes(character[1]) && !octal) {
    return `Go does not know ${character}`;
  }
  return at + character.length;
}

function matchAt(expected: RegExp, pattern: string, at: number): RegExpExecArray | null {
  expected.lastIndex = at;
  return expected.exec(pattern);
}
