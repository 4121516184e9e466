/** Texts, in all the quotes that CEL has, and comments. */
const QUOTED = /[rRbB]{0,2}(?:'''[^]*?'''|"""[^]*?""")|[bB]?[rR][bB]?(?:'[^'\n]*'|"[^"\n]*")|[bB]?(?:'(?:\\[^]|[^'\\\n])*'|"(?:\\[^]|[^"\\\n])*")|\/\/[^\n]*/g;

/** What CEL knows beside the variables of the one who asks: literals and types. */
const BUILT_IN = new Set([
  'true', 'false', 'null', 'in', 'int', 'uint', 'double', 'bool', 'string', 'bytes', 'list', 'map', 'null_type', 'type', 'dyn', 'google', 'optional',
  'optional_type', 'math', 'sets', 'base64', 'strings',
]);

/**
 * The variables that an expression reads, as far as its text shows: what stands neither behind a dot nor before a parenthesis, and is not the
 * variable of a macro. One too few rather than one too many.
 */
export function variablesOf(expression: string): Set<string> {
  const code = withoutTexts(expression);
  if (/\w\s*\{/.test(code)) {
    return new Set(); // A message, whose fields look like variables.
  }
  const bound = new Set([...code.matchAll(/\(\s*([A-Za-z_]\w*)\s*,/g)].map(([, name]) => name));
  const names = [...code.matchAll(/(\.\s*(?:\?\s*)?)?(?<!\w)([A-Za-z_]\w*)(\s*\()?/g)].filter(([, dot, , call]) => !dot && !call).map(([, , name]) => name);
  return new Set(names.filter((name) => !bound.has(name) && !BUILT_IN.has(name)));
}

/** Whether an expression is nothing but a field, such as `dep.status.ready`: of these nobody knows the type before there is an object. */
export function isField(expression: string): boolean {
  const code = withoutTexts(expression).trim();
  return /^[A-Za-z_]\w*(\s*\.\s*\w+|\s*\[[^\][]*\])+$/.test(code);
}

/** With an empty text in place of each, and without comments. */
function withoutTexts(expression: string): string {
  return expression.replace(QUOTED, (text) => (text.startsWith('//') ? ' ' : '\'\''));
}
