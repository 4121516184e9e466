// A range is what NewConstraint of github.com/Masterminds/semver 3.5 takes, with which all controllers of Flux read one. Go matches its regular
// expressions in linear time, whatever the text; here the comparisons are taken one by one, and a text is short before any is matched.
const MAX_LENGTH = 512;
const MAX_GROUPS = 32;
const MAX_VERSION_LENGTH = 256;
const MAX_NUMBER = 2n ** 64n - 1n;

const SPACE = '[\\t\\n\\f\\r ]';
// The bar is in Go's classes, too; a number that has one is refused only later.
const NUMBER = '[0-9|xX*]+';
const IDENTIFIERS = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
const VERSION = `v?(${NUMBER})(?:\\.(${NUMBER}))?(?:\\.(${NUMBER}))?(?:-(${IDENTIFIERS}))?(?:\\+${IDENTIFIERS})?`;

const HYPHEN_RANGE = new RegExp(`${SPACE}*(${VERSION})${SPACE}+-${SPACE}+(${VERSION})${SPACE}*`, 'g');

/** A comparison, and what follows it: a comma or space before the next one, or the end. */
const COMPARISON = new RegExp(`${SPACE}*(?:(?:!=|>=|=>|<=|=<|~>|[=><~^])${SPACE}*)?(${VERSION})(${SPACE}*,|${SPACE}+|$)`, 'y');

/** Whether Flux reads a text as a SemVer range, such as `>=1.0.0 <2.0.0 || 3.x`. */
export function isSemverRange(text: string): boolean {
  if (text.length > MAX_LENGTH) {
    return false;
  }
  const groups = withoutHyphens(text).split('||');
  return groups.length <= MAX_GROUPS && groups.every(isGroup);
}

/** `1.0 - 2.0` is written out as two comparisons before anything else is looked at. */
function withoutHyphens(text: string): string {
  return text.replace(HYPHEN_RANGE, (...match) => `>= ${match[1]}, <= ${match[6]} `);
}

/** Comparisons of which all must hold. */
function isGroup(group: string): boolean {
  COMPARISON.lastIndex = 0;
  for (;;) {
    const match = COMPARISON.exec(group);
    if (!match || !isVersion(match)) {
      return false;
    }
    if (COMPARISON.lastIndex === group.length) {
      return !match[6].endsWith(',');
    }
  }
}

/** From the first number on that stands for any, numbers are not looked at. */
function isVersion([, version, major, minor, patch, prerelease]: RegExpExecArray): boolean {
  const numbers = [major, minor, patch];
  const any = numbers.findIndex((number) => number === undefined || /^[xX*]$/.test(number));
  return numbers.slice(0, any < 0 ? 3 : any).every(isNumber)
    && (any >= 0 || version.length <= MAX_VERSION_LENGTH)
    && !prerelease?.split('.').some((identifier) => /^0[0-9]+$/.test(identifier));
}

function isNumber(text: string): boolean {
  return /^[0-9]+$/.test(text) && BigInt(text) <= MAX_NUMBER;
}
