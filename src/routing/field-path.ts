/** A key, an index, or the item of a list that has a field of a certain value. */
export type FieldStep = string | number | { readonly key: string; readonly value: string };

const STEP = /\.?([^.[\]"=]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|\[([^\]="]+)=([^\]]*)\]/y;

/** A path that leads to no field, with the problem and the remedy of a complaint. */
export class FieldPathError extends Error {
  constructor(readonly problem: string, readonly remedy: string) {
    super(`${problem}. ${remedy}.`);
  }
}

/**
 * Reads a path such as `spec.template.spec.containers[name=web].image`, `spec.values.list[0]` or `spec.values["a.b"].tag`.
 *
 * @throws FieldPathError if it is none
 */
export function parseFieldPath(text: string): FieldStep[] {
  const steps: FieldStep[] = [];
  STEP.lastIndex = 0;
  for (let at = 0; at < text.length; at = STEP.lastIndex) {
    const found = STEP.exec(text);
    const isKey = found?.[1] !== undefined;
    if (!found || isKey && (at === 0) === found[0].startsWith('.')) {
      throw badPath(text);
    }
    const [, key, index, quoted, by, value] = found;
    steps.push(key ?? (index !== undefined ? Number(index) : quoted !== undefined ? unquoted(quoted, text) : { key: by, value }));
  }
  if (!steps.length) {
    throw badPath(text);
  }
  return steps;
}

/** A path as `parseFieldPath` reads it. */
export function showFieldPath(steps: readonly FieldStep[]): string {
  return steps.reduce<string>((text, step) => {
    if (typeof step === 'object') {
      return `${text}[${step.key}=${step.value}]`;
    } else if (typeof step === 'number') {
      return `${text}[${step}]`;
    }
    return /^[^.[\]"=]+$/.test(step) ? `${text && `${text}.`}${step}` : `${text}[${JSON.stringify(step)}]`;
  }, '');
}

/**
 * Follows a path through what an object renders.
 *
 * @returns the value, and keys and indices that lead to it
 * @throws FieldPathError if it leads nowhere, or to an item of a list that may be another one next time
 */
export function followFieldPath(object: unknown, steps: readonly FieldStep[]): { readonly path: (string | number)[]; readonly value: unknown } {
  const path: (string | number)[] = [];
  let at: any = object;
  steps.forEach((step, depth) => {
    const whole = showFieldPath(steps);
    const here = showFieldPath(steps.slice(0, depth + 1));
    const parent = showFieldPath(steps.slice(0, depth)) || 'the object';
    if (typeof step === 'string') {
      if (at === null || typeof at !== 'object' || Array.isArray(at) || !Object.prototype.hasOwnProperty.call(at, step)) {
        throw new FieldPathError(`there is no '${here}' in what is rendered${whole === here ? '' : `, on the way to '${whole}'`}`, fieldsThere(parent, at));
      }
      path.push(step);
    } else {
      path.push(indexOf(step, at, here, parent));
    }
    at = at[path[path.length - 1]];
  });
  return { path, value: at };
}

function indexOf(step: Exclude<FieldStep, string>, list: unknown, here: string, parent: string): number {
  if (!Array.isArray(list)) {
    throw new FieldPathError(`'${parent}' is no list in what is rendered`, 'Mend the path, or the patch that changed it');
  }
  const names = list.map((item) => item?.name);
  const isNamed = names.length > 0 && names.every((name) => typeof name === 'string') && new Set(names).size === names.length;
  if (typeof step === 'object') {
    const found = list.flatMap((item, index) => (item?.[step.key] === step.value ? [index] : []));
    if (found.length !== 1) {
      throw new FieldPathError(
        `there ${found.length ? 'are several' : 'is no'} '${here}' in what is rendered`,
        isNamed ? `Name one of ${names.map((name) => `'${name}'`).join(', ')}` : 'Name a field that tells the item from all others',
      );
    }
    return found[0];
  } else if (isNamed) {
    throw new FieldPathError(
      `'${here}' says the place of an item, which a patch may move`,
      `Say its name: '${parent}[name=${names[step] ?? names[0]}]'`,
    );
  } else if (step >= list.length) {
    throw new FieldPathError(`there is no '${here}' in what is rendered`, `'${parent}' has ${list.length} items: mend the path, or the patch that changed it`);
  }
  return step;
}

function fieldsThere(parent: string, at: unknown): string {
  const fields = at !== null && typeof at === 'object' && !Array.isArray(at) ? Object.keys(at) : [];
  return `Mend the path, or the patch that moved the field; ${parent} ${fields.length ? `has ${fields.slice(0, 20).join(', ')}` : 'has no fields'}`;
}

function unquoted(quoted: string, text: string): string {
  try {
    return JSON.parse(quoted);
  } catch {
    throw badPath(text);
  }
}

function badPath(text: string): FieldPathError {
  return new FieldPathError(`'${text}' is no path of a field`, "Write it such as 'spec.values.image.tag', 'spec.containers[name=web].image', 'spec.values[\"a.b\"]'");
}
