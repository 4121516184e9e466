import { createRequire } from 'module';
import type { Document, Scalar } from 'yaml';
import { isPolicy, placeOf } from './place';
import { sha256Of } from '../digest';
import { kustomizeTags } from '../validate/yaml-schema';

/** What image-automation-controller looks for before it reads a file. */
const TOKEN = '"$imagepolicy"';

/** A value that an image automation sets, by a comment beside it. */
export interface ImageMarker {
  /** The object and the field, whatever else is in the file, and in whatever order: `Deployment.apps shop/web spec...[name=web].image`. */
  readonly place: string;
  /** `namespace:policy`, with `:name`, `:tag` or `:digest` behind it where it is for a part. */
  readonly policy: string;
  readonly value: string;
  /** Where the value, quotes included, stands in the text. */
  readonly start: number;
  readonly end: number;
}

/** A file with markers. */
export interface MarkedFile {
  readonly text: string;
  /** By place and policy, as records of what was published name them. */
  readonly markers: ReadonlyMap<string, ImageMarker>;
  /**
   * `sha256:<hex>` of all that the file says, apart from the marked values. It stays the same when an automation sets values and writes the
   * file anew, in quotes, line breaks and comments of its own. Records hold it, so that what goes into it never changes.
   */
  readonly digest: string;
}

/** What was read; each content is asked for several times. */
const READ = new WeakMap<Buffer, { readonly file?: MarkedFile }>();

/** Reads a file, if it has markers. One that is no plain YAML has none: a change of it is a change of bytes. */
export function markedFile(content: Buffer): MarkedFile | undefined {
  if (!content.includes(TOKEN)) {
    return undefined;
  }
  let read = READ.get(content);
  if (!read) {
    READ.set(content, read = { file: readMarked(content.toString()) });
  }
  return read.file;
}

function readMarked(text: string): MarkedFile | undefined {
  try {
    const { markers, canonical } = new Reader(text).read();
    return markers.size ? { text, markers, digest: sha256Of(canonical) } : undefined;
  } catch {
    return undefined; // Too deep, or with anchors, tags, keys that are no scalars, mistakes.
  }
}

/** All texts of a file, by the places that markers would have there; none if it is no plain YAML. */
export function textsByPlace(content: Buffer): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  try {
    new Reader(content.toString(), texts).read();
    return texts;
  } catch {
    return new Map();
  }
}

class Reader {
  private readonly markers = new Map<string, ImageMarker>();
  private readonly yaml: typeof import('yaml') = createRequire(__filename)('yaml');

  /** @param texts takes all texts by their places, where somebody wants them */
  constructor(private readonly text: string, private readonly texts?: Map<string, string>) {}

  public read(): { readonly markers: Map<string, ImageMarker>; readonly canonical: string } {
    const documents = this.yaml.parseAllDocuments(this.text, { version: '1.1', customTags: kustomizeTags, prettyErrors: false, logLevel: 'silent' });
    const read = [...documents].flatMap((document, index) => this.document(document as Document, index));
    return { markers: this.markers, canonical: JSON.stringify(read) };
  }

  private document(document: Document, index: number): unknown[] {
    if (document.errors.length) {
      throw document.errors[0];
    }
    const { contents } = document;
    // The automation writes no document without content.
    const isEmpty = contents === null || this.yaml.isScalar(contents) && contents.value === null;
    return isEmpty ? [] : [this.node(contents, [], placeOf(document.toJS({ maxAliasCount: 0 }), index), false)];
  }

  /** What a value says: a form in which nothing is lost, not even the digits of a number, but how it is written. */
  private node(node: unknown, path: readonly (string | number)[], place: (path: readonly (string | number)[]) => string, inList: boolean): unknown {
    const { isMap, isSeq, isScalar, isCollection } = this.yaml;
    if ((isCollection(node) || isScalar(node)) && (node.anchor || node.tag !== undefined && !/:(map|seq|str)$/.test(node.tag))) {
      throw new Error('no plain YAML');
    }
    if (isMap(node)) {
      const entries = node.items.map(({ key, value }): [string, unknown] => {
        if (!isScalar(key) || key.anchor) {
          throw new Error('no plain YAML');
        }
        const name = typeof key.value === 'string' ? key.value : key.source ?? '';
        return [JSON.stringify([typeof key.value === 'string', name]), this.node(value, [...path, name], place, false)];
      });
      const kept = entries.filter(([, value], i) => !isDropped([...path, String((node.items[i].key as Scalar).value)], value));
      return { map: kept.sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0) };
    } else if (isSeq(node)) {
      return node.items.map((item, index) => this.node(item, [...path, index], place, true));
    } else if (isScalar(node)) {
      return this.scalar(node, () => place(path), inList);
    } else if (node === null) {
      return { plain: 'null' };
    }
    throw new Error('no plain YAML');
  }

  private scalar(node: Scalar, place: () => string, inList: boolean): unknown {
    if (typeof node.value !== 'string') {
      return { plain: node.value === null ? 'null' : node.source };
    }
    const isBlock = /^BLOCK/.test(node.type ?? '');
    if (isBlock && !node.value.trim()) {
      throw new Error('a block of blanks, which the parser misreads');
    }
    this.texts?.set(place(), node.value);
    const [start, end] = node.range!;
    const policy = this.text.slice(start, end).includes('\n') || isBlock ? undefined : this.policyAt(start, end, inList);
    if (policy === undefined) {
      return node.value;
    }
    const key = this.freeKey(`${place()} # ${policy}`);
    this.markers.set(key, { place: place(), policy, value: node.value, start, end });
    return { image: policy };
  }

  /** The policy of the comment behind a value, else above an item of a list; of a map's field, a comment above it is the key's. */
  private policyAt(start: number, end: number, inList: boolean): string | undefined {
    const rest = this.lineAt(end).slice(end - this.lineStart(end));
    if (rest.trim()) {
      return /^[ \t]+#/.test(rest) ? policyIn(rest) : undefined;
    }
    const from = this.lineStart(start);
    if (!inList || !from || !/^[ \t]*-[ \t]+$/.test(this.text.slice(from, start))) {
      return undefined;
    }
    const above = this.lineAt(from - 1);
    const higher = from - 1 - above.length;
    return /^[ \t]*#/.test(above) && !(higher > 0 && /^[ \t]*#/.test(this.lineAt(higher - 1))) ? policyIn(above) : undefined;
  }

  private lineStart(offset: number): number {
    return offset === 0 ? 0 : this.text.lastIndexOf('\n', offset - 1) + 1;
  }

  private lineAt(offset: number): string {
    const end = this.text.indexOf('\n', offset);
    return this.text.slice(this.lineStart(offset), end < 0 ? undefined : end);
  }

  /** One object may be in a file twice. */
  private freeKey(key: string): string {
    for (let count = 1; ; count++) {
      const numbered = count === 1 ? key : `${key} (${count})`;
      if (!this.markers.has(numbered)) {
        return numbered;
      }
    }
  }
}

/** The automation drops empty annotations of an object. */
function isDropped(path: readonly (string | number)[], value: unknown): boolean {
  return path.length === 2 && path[0] === 'metadata' && path[1] === 'annotations' && (value as { map?: unknown[] } | null)?.map?.length === 0;
}

/** The policy that a comment names, read as kyaml reads it: hashes, then a map of texts. */
function policyIn(comment: string): string | undefined {
  try {
    const read: unknown = JSON.parse(comment.trim().replace(/^#+/, ''));
    if (typeof read === 'object' && read !== null && Object.values(read).every((value) => typeof value === 'string')) {
      const policy = (read as { [key: string]: string }).$imagepolicy;
      return policy && isPolicy(policy) ? policy : undefined;
    }
  } catch {
    // Any other comment.
  }
  return undefined;
}
