import { isMap } from './objects';
import { plainScalar } from './yaml-schema';

const VARIABLE = /(\$?)\$\{([_A-Za-z][_A-Za-z0-9]*)(?::?[-=]([^${}]*))?\}/g;

/**
 * Flux's post-build substitution of the variables that are known; what is left keeps its `${`.
 *
 * @param withDefaults whether a default stands for a variable that is not among those
 */
export function substituted(value: any, variables: ReadonlyMap<string, string>, withDefaults: boolean): any {
  if (typeof value === 'string') {
    if (!value.includes('${')) {
      return value;
    }
    const text = value.replace(VARIABLE, (all, escape, name, fallback) => (
      escape ? all : variables.get(name) ?? (withDefaults ? fallback : undefined) ?? all
    ));
    return text === value ? value : plainScalar(text);
  } else if (Array.isArray(value)) {
    return value.map((item) => substituted(item, variables, withDefaults));
  } else if (isMap(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, substituted(inner, variables, withDefaults)]));
  }
  return value;
}

/** Whether a text of an object holds a variable. */
export function hasVariables(value: unknown): boolean {
  return typeof value === 'string' ? value.includes('${') : typeof value === 'object' && value !== null && Object.values(value).some(hasVariables);
}
