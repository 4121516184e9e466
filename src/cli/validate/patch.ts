import { isMap } from './objects';
import { SourceDocument, Token } from './yaml-file';
import { groupOf } from '../../rules';

/** A patch that changed an object, and where it stands: what it set is found there. */
export interface AppliedPatch {
  readonly document: SourceDocument;
  /** Where in the document the patch begins. */
  readonly prefix: readonly Token[];
  /** Whether the document continues as the patch does below the prefix, so that a field of the object can be found in it. */
  readonly isTransparent: boolean;
  /** Whether it sets a field of the object. */
  sets(path: readonly Token[]): boolean;
}

/** Which objects a patch is meant for. Whatever is absent does not matter. */
export interface PatchTarget {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly annotationSelector?: string;
}

/**
 * A strategic merge into an object of a custom kind, which is a JSON merge: the API server tells no merge keys, so lists are replaced.
 * Undefined for a patch that uses directives, or that deletes the object.
 */
export function merged(target: any, patch: any): any {
  if (!isMap(patch)) {
    return patch;
  }
  const result: any = isMap(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      delete result[key];
    } else {
      define(result, key, merged(result[key], value));
    }
  }
  return result;
}

/** Whether a patch says more than which values to set. */
export function hasDirectives(patch: unknown): boolean {
  return typeof patch === 'object' && patch !== null && Object.entries(patch).some(([key, value]) => key.startsWith('$') || hasDirectives(value));
}

/** Applies the operations of a JSON patch to a copy; undefined if one of them cannot be followed here. */
export function jsonPatched(object: any, operations: unknown): any {
  const result = structuredClone(object);
  return Array.isArray(operations) && operations.every((operation) => applied(result, operation)) ? result : undefined;
}

/** The path of a JSON pointer. */
export function pointer(path: unknown): string[] | undefined {
  return typeof path === 'string' && path.startsWith('/') ? path.slice(1).split('/').map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~')) : undefined;
}

function applied(object: any, operation: any): boolean {
  const path = pointer(operation?.path);
  if (!path || !['add', 'replace', 'remove', 'test'].includes(operation.op)) {
    return false;
  } else if (operation.op === 'test') {
    return true;
  }
  const last = path.pop()!;
  let parent = object;
  for (const key of path) {
    parent = typeof parent === 'object' && parent !== null && Object.hasOwn(parent, key) ? parent[key] : undefined;
  }
  if (Array.isArray(parent)) {
    const index = last === '-' ? parent.length : Number(last);
    const insert = operation.op === 'remove' ? [] : [operation.value];
    return Number.isInteger(index) && index <= parent.length && parent.splice(index, operation.op === 'add' ? 0 : 1, ...insert) !== undefined;
  } else if (!isMap(parent) || operation.op !== 'add' && !Object.hasOwn(parent, last)) {
    return false;
  } else if (operation.op === 'remove') {
    delete parent[last];
  } else {
    define(parent, last, operation.value);
  }
  return true;
}

/** Whether a selector takes an object; its name also as it was before prefixes. Labels are not looked at: what they select may be any. */
export function selects(target: PatchTarget, object: any, originalName: unknown): boolean {
  const group = groupOf(object.apiVersion);
  const version = String(object.apiVersion).split('/').pop();
  const { name, namespace } = object.metadata ?? {};
  return matches(target.group, group) && matches(target.version, version) && matches(target.kind, object.kind) &&
    (matches(target.name, name) || matches(target.name, originalName)) && matches(target.namespace, namespace ?? '');
}

function matches(pattern: unknown, value: unknown): boolean {
  // A repeated group could take for ever, as it cannot in kustomize; then the patch counts as meant for the object.
  if (typeof pattern !== 'string' || pattern === '' || pattern === value || /\)[*+{]/.test(pattern)) {
    return true;
  }
  try {
    return new RegExp(`^(?:${pattern})$`).test(String(value));
  } catch {
    return true;
  }
}

/** Whether all of a path is in a value. */
export function holds(value: any, path: readonly Token[]): boolean {
  let inner = value;
  for (const token of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, token)) {
      return false;
    }
    inner = inner[token];
  }
  return true;
}

/** A key may be `__proto__`. */
function define(object: any, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
}
