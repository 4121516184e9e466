import { createRequire } from 'module';
import type { Document, Node } from 'yaml';
import { FILE_RULES } from './file-rules';
import { kustomizeTags } from './yaml-schema';
import { Rule } from '../../rules';

/** Beyond it, programs that walk through an object could fail; Flux's deepest field has ten levels. */
const MAX_DEPTH = 200;
/** Uses of one anchor, those within what it repeats counted again. */
const MAX_ALIASES = 1_000;
/** A key, an index in a list. */
export type Token = string | number;

/** Something that is wrong at a place of a file. */
export interface FileProblem {
  readonly rule: Rule;
  readonly offset: number;
  readonly problem: string;
  readonly remedy: string;
}

/** A place in a file, counted from one. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One document of a file of YAML. */
export interface SourceDocument {
  readonly file: SourceFile;
  readonly text: string;
  /** Where the text begins in the file. */
  readonly offset: number;
  /** Undefined where it could not be read. */
  readonly value: unknown;
}

/** A file of YAML, read. */
export class SourceFile {
  public readonly documents: SourceDocument[] = [];
  public readonly problems: FileProblem[] = [];
  private lines?: number[];

  /**
   * @param shown the path as messages have it
   * @param path the path in its tree
   */
  constructor(public readonly shown: string, public readonly path: string, public readonly text: string) {
    for (const { start, part } of parts(text)) {
      const { value, problems } = parse(part);
      this.documents.push({ file: this, text: part, offset: start, value });
      this.problems.push(...problems.map((problem) => ({ ...problem, offset: start + problem.offset })));
    }
  }

  public position(offset: number): Position {
    this.lines ??= lineStarts(this.text);
    let [low, high] = [0, this.lines.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      [low, high] = this.lines[middle] <= offset ? [middle, high] : [low, middle - 1];
    }
    return { line: low + 1, column: offset - this.lines[low] + 1 };
  }
}

/** Where a path leads in a document: its last key, or that of the nearest parent that is there. */
export function positionOf(document: SourceDocument, path: readonly Token[]): Position {
  const { file, offset, text } = document;
  const parsed = document.value === undefined ? undefined : read(text);
  return file.position(offset + (parsed ? offsetOf(parsed, path) : 0));
}

function offsetOf(document: Document, path: readonly Token[]): number {
  const { isMap, isSeq, isAlias, isScalar } = yaml();
  let node = document.contents as Node | null | undefined;
  let offset = node?.range?.[0] ?? 0;
  for (const token of path) {
    node = isAlias(node) ? node.resolve(document) : node;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(token));
      if (!pair) {
        break;
      }
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value as Node | null;
    } else if (isSeq(node) && node.items[Number(token)]) {
      node = node.items[Number(token)] as Node;
      offset = node.range?.[0] ?? offset;
    } else {
      break;
    }
  }
  return offset;
}

/**
 * The documents of a text, as kustomize and kubectl tell them: by lines that begin with `---`. So a mistake in one does not hide the
 * others.
 */
export function* parts(text: string): Iterable<{ start: number; part: string }> {
  let start = 0;
  for (const match of text.matchAll(/^---(?=\s|$)/gm)) {
    if (match.index > start) {
      yield { start, part: text.slice(start, match.index) };
    }
    start = match.index;
  }
  yield { start, part: text.slice(start) };
}

function parse(text: string): Parsed {
  const definition = customResourceDefinition(text);
  return definition ? { value: definition, problems: [] } : parseDocument(text);
}

/** What came of a document; without a value it could not be read. */
export interface Parsed {
  readonly value: unknown;
  readonly problems: FileProblem[];
}

/** Reads one document as kustomize does. */
export function parseDocument(text: string): Parsed {
  try {
    const document = read(text);
    const errors = document.errors.map(({ code, pos }) => ({
      rule: code === 'DUPLICATE_KEY' ? FILE_RULES.duplicateKey : FILE_RULES.yaml,
      // What is not closed is missed at the end only.
      offset: Math.min(pos[0], Math.max(0, text.trimEnd().length - 1)),
      ...SAYINGS[code] ?? { problem: 'this is not YAML', remedy: 'Mend the syntax here or just above' },
    }));
    const isBroken = errors.some(({ rule }) => rule === FILE_RULES.yaml);
    const lenient = isBroken ? readLeniently(text) : undefined;
    const value = isBroken ? lenient : document.toJS({ maxAliasCount: MAX_ALIASES });
    const problems = lenient === undefined ? errors.slice(0, 1) : [];
    return tooDeep(value, 0) ? { value: undefined, problems: [COMPLEX] } : { value, problems };
  } catch (error) {
    // Its own words may cite the file, which may hold secrets.
    return { value: undefined, problems: [/anchor|[Aa]lias/.test((error as Error).message) ? badAlias(error as Error) : /Merge/.test((error as Error).message) ? BAD_MERGE : COMPLEX] };
  }
}

/** They are long, and no rule looks into them. */
function customResourceDefinition(text: string): unknown {
  if (!/^kind: ['"]?CustomResourceDefinition['"]?\s*$/m.test(text)) {
    return undefined;
  }
  const name = /^metadata:\s*\n(?:[ \t].*\n)*?[ \t]+name: ['"]?([\w.-]+)/m.exec(text)?.[1];
  return name && { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name } };
}

function read(text: string): Document {
  return yaml().parseDocument(text, { version: '1.1', customTags: kustomizeTags, prettyErrors: false, logLevel: 'silent', strict: true });
}

/**
 * Quoted texts and lists in brackets that go on at the beginning of a line are none by the specification, and are to kustomize. The other
 * parser takes them too; it does not tell places. Without aliases, of which it takes any number.
 */
function readLeniently(text: string): unknown {
  const { load, CORE_SCHEMA }: typeof import('js-yaml') = createRequire(__filename)('js-yaml');
  try {
    return /(?:^|[\s[{,])[*&!]\S/.test(text) ? undefined : load(text, { schema: CORE_SCHEMA });
  } catch {
    return undefined;
  }
}

const COMPLEX = { rule: FILE_RULES.tooDeep, offset: 0, problem: 'this document is too deep, or repeats itself too often, to be read', remedy: 'Nest less, or write out the aliases' };
const BAD_MERGE = { rule: FILE_RULES.yaml, offset: 0, problem: "a '<<' of this document merges what is no map", remedy: 'Give it a map, or an alias of one' };

function badAlias({ message }: Error): FileProblem {
  return /Unresolved/.test(message)
    ? { rule: FILE_RULES.yaml, offset: 0, problem: 'an alias of this document has no anchor before it', remedy: "Set the anchor ('&name') first, or quote the text if it is no alias" }
    : COMPLEX;
}

/** What is said for the parser's codes; its own words may cite the file. */
const SAYINGS: { readonly [code: string]: { readonly problem: string; readonly remedy: string } } = {
  DUPLICATE_KEY: { problem: 'this key stands in the same map already', remedy: 'Leave one of the two out' },
  TAB_AS_INDENT: { problem: 'a tab indents this line', remedy: 'Indent with spaces' },
  BAD_INDENT: { problem: 'this line is indented unlike its neighbours', remedy: 'Indent it like the others of its map or list' },
  MISSING_CHAR: { problem: 'a quote or bracket is not closed', remedy: 'Close it' },
  BLOCK_AS_IMPLICIT_KEY: { problem: 'a second map begins on this line', remedy: 'Quote the text that holds the colon, or begin a new line' },
  BAD_ALIAS: { problem: 'this is neither an alias nor an anchor', remedy: 'Quote the text' },
};

function tooDeep(value: unknown, depth: number): boolean {
  return typeof value === 'object' && value !== null && (depth > MAX_DEPTH || Object.values(value).some((inner) => tooDeep(inner, depth + 1)));
}

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}

/** Loaded only when there is something to read, so that other commands start without it. */
function yaml(): typeof import('yaml') {
  return createRequire(__filename)('yaml');
}
