import { BuiltObject } from './build';
import { isMap } from './objects';
import { Position, positionOf, SourceDocument, SourceFile, Token } from './yaml-file';

export interface Place extends Position {
  readonly file: SourceFile;
}

/** Where a field of an object stands: in the last patch that sets it, else in the object's own file, or there where its nearest parent is. */
export function placeOf(built: BuiltObject, field: string): Place {
  const { tokens, isWhole } = fieldTokens(built.object, field);
  const { document, path } = isWhole && tokens.length ? originOf(built, tokens) : { document: built.document, path: [...built.prefix, ...tokens] };
  return { file: document.file, ...positionOf(document, path) };
}

/** The document, and the path in it, that gave an object one of its fields. */
export function originOf(built: BuiltObject, tokens: readonly Token[]): { document: SourceDocument; path: readonly Token[] } {
  const patch = [...built.patches].reverse().find(({ sets }) => sets(tokens));
  const { document, prefix } = patch ?? built;
  return { document, path: patch?.isTransparent === false ? prefix : [...prefix, ...tokens] };
}

/**
 * The keys of a field's path, as far as the object has them. A key may hold dots (`data.values.yaml`) and brackets, so what is there decides.
 */
export function fieldTokens(object: unknown, field: string): { tokens: Token[]; value: unknown; isWhole: boolean } {
  const tokens: Token[] = [];
  let [value, rest] = [object, field];
  while (rest !== '') {
    const [token, length] = nextToken(value, rest);
    if (token === undefined) {
      return { tokens, value, isWhole: false };
    }
    tokens.push(token);
    value = (value as any)[token];
    rest = rest.slice(length).replace(/^\./, '');
  }
  return { tokens, value, isWhole: true };
}

function nextToken(value: unknown, rest: string): [Token | undefined, number] {
  const [bracket, quoted] = /^\[(?:\d+|"[^"]*"|'[^']*')\]/.exec(rest) ?? [''];
  const inner = quoted ?? bracket.slice(1, -1);
  if (Array.isArray(value)) {
    return bracket && Number(inner) < value.length ? [Number(inner), bracket.length] : [undefined, 0];
  } else if (!isMap(value)) {
    return [undefined, 0];
  }
  const plain = inner.replace(/^(["'])(.*)\1$/, '$2');
  if (bracket && Object.hasOwn(value, plain)) {
    return [plain, bracket.length];
  }
  const keys = Object.keys(value).filter((key) => key !== '' && rest.startsWith(key) && /^(?:$|[.[])/.test(rest.slice(key.length)));
  const longest = keys.sort((one, other) => other.length - one.length)[0];
  return [longest, longest?.length ?? 0];
}
