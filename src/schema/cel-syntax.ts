import { createRequire } from 'module';

/** Texts, in all the quotes that CEL has, and comments: in them a question mark means nothing. */
const QUOTED = /[rR]?(?:'''[^]*?'''|"""[^]*?""")|[rR](?:'[^'\n]*'|"[^"\n]*")|'(?:\\[^]|[^'\\\n])*'|"(?:\\[^]|[^"\\\n])*"|\/\/[^\n]*/;
/** Where CEL's optional types have a question mark: `a.?b`, `a[?b]`, `[?a, ?b]`, `{?'a': b}`. No other question mark stands there. */
const OPTIONAL = new RegExp(`(${QUOTED.source})|([.[{,]\\s*)\\?`, 'g');
/** Functions that CEL rewrites while it reads, by how many arguments they have. Their first is the name of a variable. */
const MACROS: { readonly [name: string]: readonly number[] } = {
  all: [2], exists: [2], exists_one: [2], existsOne: [2], map: [2, 3], filter: [2], optMap: [2], optFlatMap: [2],
};
const SHOWN = 20;

/** Why a text is no CEL expression, as a part of a sentence; nothing if it is one. What its variables and functions are is not looked at. */
export function celSyntaxProblem(expression: string): string | undefined {
  if (!expression.trim()) {
    return 'it is empty';
  }
  // It takes long to load, and most programs have no expression.
  const { parse }: typeof import('@bufbuild/cel') = createRequire(__filename)('@bufbuild/cel');
  try {
    // It reads no optional types, and no comment that ends with the text. Columns stay as they are.
    return misusedMacro(parse(`${expression.replace(OPTIONAL, (all, quoted, before) => quoted === undefined ? `${before} ` : all)}\n`).expr);
  } catch (error) {
    const [, line, column, reason] = /^<input>:(\d+):(\d+): ([^]*)$/.exec((error as Error).message) ?? [];
    if (line === undefined) {
      return 'it is nested too deeply';
    }
    return reason === 'reserved identifier' ? `'${/^\w+/.exec(rest(expression, line, column))}' is a reserved word` : unread(expression, line, column);
  }
}

function unread(expression: string, line: string, column: string): string {
  const text = rest(expression, line, column).split('\n')[0];
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
  const place = line === '1' ? `column ${column}` : `line ${line}, column ${column}`;
  return text.trim() ? `it cannot be read from ${place} on: ${shown}` : 'it ends too early';
}

function rest(expression: string, line: string, column: string): string {
  return expression.split('\n').slice(Number(line) - 1).join('\n').slice(Number(column) - 1);
}

/** A macro that the parser left as a call, because of what its first argument is: that is an error to the one in Flux. */
function misusedMacro(node: any): string | undefined {
  const waiting = [node];
  while (waiting.length) {
    const next = waiting.pop();
    if (next?.case === 'callExpr') {
      const { function: name, target, args } = next.value;
      if (name === 'has' && !target && args.length === 1) {
        return 'has() takes a field, such as has(a.b)';
      } else if (target && Object.hasOwn(MACROS, name) && MACROS[name].includes(args.length) && args[0].exprKind.case !== 'identExpr') {
        return `the first argument of ${name}() is the name of a variable`;
      }
    }
    if (next !== null && typeof next === 'object') {
      waiting.push(...Object.values(next));
    }
  }
  return undefined;
}
