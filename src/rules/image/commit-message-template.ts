/** Fields that the data of templates once had: each as far as the controller tells it apart, and what took its place. */
const REMOVED: readonly (readonly [string, string])[] = [['.Updated', '.Changed'], ['.Changed.ImageResult', '.Changed.Objects']];

/** A comment, a text, the end, a word, a chain of fields, or anything else in an action. What has no end goes on to the last character. */
const TOKEN = /\/\*[^]*?(?:\*\/|$)|"(?:[^"\\]|\\[^])*(?:"|$)|`[^`]*(?:`|$)|'(?:[^'\\]|\\[^])*(?:'|$)|(\}\})|([\w$)\]]+)|((?:\.[A-Za-z_]\w*)+)|[^]/g;
const KEYWORD = /-?\s*(\w+)(?:\s+(\w+))?/y;

/** Whether `.` and `$` stand for the data that the controller gives to the template. */
interface Scope {
  readonly dot: boolean;
  readonly dollar: boolean;
}

/** What stands between `{{` and `}}`. */
interface Action {
  readonly keyword?: string;
  readonly second?: string;
  /** Chains of fields, such as `.Values.team`, each with the word right before it: `$`, a variable, or nothing. */
  readonly chains: readonly { readonly of: string; readonly fields: string }[];
}

/** A field that is no longer there. */
export interface RemovedField {
  /** Such as `.Updated`. */
  readonly field: string;
  readonly successor: string;
}

/** The first field in a template of a commit message that image-automation-controller has no longer. */
export function removedTemplateField(template: string): RemovedField | undefined {
  const scopes: Scope[] = [{ dot: true, dollar: true }];
  for (const { keyword, second, chains } of actions(template)) {
    if ((keyword === 'end' || keyword === 'else') && scopes.length > 1) {
      scopes.pop();
    }
    const scope = scopes[scopes.length - 1];
    for (const { of, fields } of chains) {
      const known = of === '$' ? scope.dollar : of === '' && scope.dot;
      const removed = known && REMOVED.find(([field]) => fields === field || fields.startsWith(`${field}.`));
      if (removed) {
        return { field: removed[0], successor: removed[1] };
      }
    }
    const inner = innerScope(keyword === 'else' ? second ?? 'else' : keyword, scope);
    if (inner) {
      scopes.push(inner);
    }
  }
  return undefined;
}

/** The scope of what follows, up to the `else` or `end` of a block that begins; none if no block begins. */
function innerScope(keyword: string | undefined, scope: Scope): Scope | undefined {
  switch (keyword) {
    case 'if':
    case 'else':
      return scope;
    case 'range':
    case 'with':
      return { ...scope, dot: false };
    case 'define':
    case 'block':
      return { dot: false, dollar: false };
    default:
      return undefined;
  }
}

function* actions(template: string): Iterable<Action> {
  for (let start = template.indexOf('{{'); start >= 0;) {
    KEYWORD.lastIndex = start + 2;
    const [, keyword, second] = KEYWORD.exec(template) ?? [];
    const chains = [];
    let of = '';
    let end = start + 2;
    for (let open = true; open && end < template.length;) {
      TOKEN.lastIndex = end;
      const [text, close, word, fields] = TOKEN.exec(template)!;
      end += text.length;
      open = !close;
      if (fields) {
        chains.push({ of, fields });
      }
      of = word ?? '';
    }
    yield { keyword, second, chains };
    start = template.indexOf('{{', end);
  }
}
