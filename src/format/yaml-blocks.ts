// js-yaml writes most strings of several lines as a block of lines, but one with a tab as a single line of escapes, and
// one that begins with an empty line with another head than Flux's image automation gives it. Stand-ins get such strings
// through js-yaml. They are two of the code points that Unicode keeps for use inside a program.
const TAB = '\u{10ffff}';
const EMPTY_FIRST_LINE = '\u{10fffe}';

/** Matches the code points that no string to be written may have. */
export const STAND_INS = /[\u{10fffe}\u{10ffff}]/u;

// A parser that has to find out the indentation fails on a first line that begins with a tab.
const BEGINS_WITH_TAB = /^\t/;
// What js-yaml, or a parser, does not let be in a block of lines.
const NOT_IN_A_BLOCK = /[^\t\n\x20-\x7e\xa1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;
const BLANK = /^[ \t\n]*$/;
const BEGINS_WITH_EMPTY_LINE = /^\n+[^\n ]/;

/** Makes js-yaml write a string of several lines as a block of lines, where that is possible; see `fromStandIns`. */
export function toStandIns(text: string): string {
  if (!text.includes('\n') || BLANK.test(text) || BEGINS_WITH_TAB.test(text) || NOT_IN_A_BLOCK.test(text)) {
    return text;
  }
  const lines = text.includes('\t') ? text.replaceAll('\t', TAB) : text;
  // A space at the beginning makes js-yaml state the indentation, as the automation does.
  return BEGINS_WITH_EMPTY_LINE.test(text) ? ` ${EMPTY_FIRST_LINE}${lines}` : lines;
}

/** Makes, in what js-yaml wrote, the text of it that `toStandIns` stood in for. */
export function fromStandIns(yaml: string): string {
  return STAND_INS.test(yaml) ? yaml.replace(/ +\u{10fffe}/gu, '').replaceAll(TAB, '\t') : yaml;
}
