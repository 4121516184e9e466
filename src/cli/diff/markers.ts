import { createRequire } from 'module';
import type { Document, Node, Pair, Scalar } from 'yaml';
import { Token } from '../validate/yaml-file';

/** What a comment of Flux's image automation begins with. */
const MARKER = '$imagepolicy';

/** By the path of a scalar, as JSON, the policy that sets it: `namespace:name`, with `:tag`, `:name` or `:digest`. */
export type Markers = ReadonlyMap<string, string>;

const NONE: Markers = new Map();

/** The image markers of one document: comments on the line of a scalar, or on the line above. */
export function markersOf(text: string): Markers {
  if (!text.includes(MARKER)) {
    return NONE;
  }
  const yaml: typeof import('yaml') = createRequire(__filename)('yaml');
  let document: Document;
  try {
    document = yaml.parseDocument(text, { version: '1.1', prettyErrors: false, logLevel: 'silent' });
  } catch {
    return NONE;
  }
  const markers = new Map<string, string>();
  const walk = (node: unknown, path: readonly Token[], above?: string | null): void => {
    if (yaml.isMap(node)) {
      // What stands above the first key hangs on the map.
      node.items.forEach((pair: Pair<unknown, unknown>, index) => {
        const key = pair.key as Scalar | undefined;
        walk(pair.value, [...path, String(key?.value)], key?.commentBefore ?? (index === 0 ? node.commentBefore ?? above : undefined));
      });
    } else if (yaml.isSeq(node)) {
      node.items.forEach((item, index) => {
        walk(item, [...path, index], (item as Node | null)?.commentBefore ?? (index === 0 ? node.commentBefore ?? above : undefined));
      });
    } else if (yaml.isScalar(node)) {
      const policy = policyIn(node.comment) ?? policyIn(node.commentBefore ?? above);
      if (policy !== undefined) {
        markers.set(JSON.stringify(path), policy);
      }
    }
  };
  walk(document.contents, []);
  return markers;
}

function policyIn(comment: string | null | undefined): string | undefined {
  const line = comment?.trim().split('\n').pop()?.trim();
  if (!line?.startsWith('{')) {
    return undefined;
  }
  try {
    const policy = JSON.parse(line)[MARKER];
    return typeof policy === 'string' ? policy : undefined;
  } catch {
    return undefined;
  }
}
