import { ObjectChange } from './change';
import { printable } from '../printable';
import { details, fieldName, fieldValues, title } from './text';

/** Characters, below the 65,536 that GitHub takes in a comment (GitLab takes 1,000,000). */
export const MARKDOWN_LIMIT = 60_000;
const SIGNS = { created: '+', changed: '!', deleted: '-', moved: '!' };

/** A heading with the changes below it. */
export interface MarkdownSection {
  readonly title: string;
  readonly changes: readonly ObjectChange[];
  /** Said in place of the changes if there is none. */
  readonly otherwise: string;
}

/**
 * The changes as the text of a comment. All that comes from files stands in blocks of code, whose fences are longer than whatever
 * looks like one in them: it makes no links, mentions nobody and does not end them.
 */
export function changesAsMarkdown(changes: readonly ObjectChange[], limit = MARKDOWN_LIMIT): string {
  return sectionsAsMarkdown([{ title: '', changes, otherwise: 'No object changes.' }], limit);
}

/** Sections one below the other, cut at an object where they become too long: what is left out is counted. */
export function sectionsAsMarkdown(sections: readonly MarkdownSection[], limit = MARKDOWN_LIMIT): string {
  const parts: string[] = [];
  let left = limit - LAST_WORDS;
  let [objects, places] = [0, 0];
  for (const { title: heading, changes, otherwise } of sections) {
    const blocks = changes.map(changeLines);
    const fence = '`'.repeat(Math.max(3, 1 + longestRun(blocks.flat())));
    const open = heading ? `${codeSpan(heading)}\n\n` : '';
    left -= open.length + otherwise.length + 2 * fence.length + 10;
    const fitting = left < 0 ? 0 : fittingIn(left, blocks);
    if (left < 0 || fitting === 0 && changes.length > 0) {
      objects += changes.length;
      places++;
      continue;
    }
    const lines = blocks.slice(0, fitting).flat();
    left -= lines.reduce((sum, line) => sum + line.length + 1, 0);
    objects += blocks.length - fitting;
    parts.push(`${open}${changes.length ? `${fence}diff\n${lines.join('\n')}\n${fence}` : otherwise}\n`);
  }
  const rest = objects + places ? [`Too long to be shown whole: ${objects} more ${objects === 1 ? 'change is' : 'changes are'} left out.\n`] : [];
  return [...parts, ...rest].join('\n');
}

/** Room for the sentence at the end. */
const LAST_WORDS = 100;

function fittingIn(limit: number, blocks: readonly string[][]): number {
  let length = 0;
  const first = blocks.findIndex((lines) => {
    length += lines.reduce((sum, line) => sum + line.length + 1, 0);
    return length > limit;
  });
  return first < 0 ? blocks.length : first;
}

function changeLines(change: ObjectChange): string[] {
  return [
    `${SIGNS[change.change]} ${title(change)}`,
    ...change.fields.flatMap((field) => {
      const { before, after } = fieldValues(field);
      return [
        ...before === undefined ? [] : [`-   ${fieldName(field)}: ${before}`],
        ...after === undefined ? [] : [`+   ${fieldName(field)}: ${after}`],
        ...field.immutable ? [`#   cannot be changed: ${printable(field.immutable)}`] : [],
      ];
    }),
    ...details(change).map((note) => `#   ${note}`),
  ];
}

/** Text as code within a line. */
export function codeSpan(text: string): string {
  const shown = printable(text);
  const ticks = '`'.repeat(1 + longestRun([shown]));
  const pad = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  return `${ticks}${pad}${shown}${pad}${ticks}`;
}

function longestRun(texts: readonly string[]): number {
  return Math.max(0, ...texts.flatMap((text) => (text.match(/`+/g) ?? []).map((run) => run.length)));
}
