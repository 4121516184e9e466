import { createRequire } from 'module';
import type { Node } from 'yaml';

/** A comment behind a value of a document. */
export interface LineComment {
  /** Index of the document. */
  readonly document: number;
  /** The keys and indices that lead to the value, a scalar on one line. */
  readonly path: readonly (string | number)[];
  /** The comment, with its `#`. */
  readonly text: string;
}

/**
 * Puts comments behind values of a document as `toYaml` writes it, where each value that is no block of lines ends its line.
 *
 * @throws if a path leads to no value on one line
 */
export function withComments(yaml: string, comments: readonly Omit<LineComment, 'document'>[]): string {
  // Few documents have comments, and all others are spared the parser.
  const { isMap, isScalar, isSeq, parseDocument }: typeof import('yaml') = createRequire(__filename)('yaml');
  // Keys as they are written: no scalar is anything but text.
  const { contents } = parseDocument(yaml, { schema: 'failsafe', logLevel: 'silent', prettyErrors: false });
  const places = comments.map(({ path, text }) => {
    let node: unknown = contents;
    for (const step of path) {
      if (isMap(node)) {
        node = node.items.find(({ key }) => isScalar(key) && key.value === String(step))?.value;
      } else {
        node = isSeq(node) ? node.items[Number(step)] : undefined;
      }
    }
    const end = isScalar(node) && !/^BLOCK/.test(node.type ?? '') ? (node as Node).range?.[1] : undefined;
    if (end === undefined || (yaml[end] ?? '\n') !== '\n') {
      throw new Error(`no comment can stand behind '${path.join('.')}': it is no value on one line`);
    }
    return { end, text };
  });
  return places.sort((a, b) => b.end - a.end).reduce((text, place) => `${text.slice(0, place.end)} ${place.text}${text.slice(place.end)}`, yaml);
}
