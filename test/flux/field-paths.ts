/**
 * The paths of the fields that are set in an object, sorted: `verify.secretRef.name`. Items of a list are taken together. Below a
 * path of `known` it does not look further, for what is there are keys of a map.
 */
export function fieldPaths(object: unknown, known: readonly string[]): string[] {
  const found = new Set<string>();
  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value) && value.length && !known.includes(path)) {
      value.forEach((item) => visit(item, path));
    } else if (value !== null && typeof value === 'object' && !Array.isArray(value) && !known.includes(path)) {
      Object.entries(value).forEach(([key, inner]) => visit(inner, path ? `${path}.${key}` : key));
    } else {
      found.add(path);
    }
  };
  visit(object, '');
  return [...found].sort();
}

/** Paths of what says nothing: null, undefined, empty texts, lists and maps. */
export function emptyFields(value: any, path = ''): string[] {
  if (value === null || value === undefined || value === '') {
    return [path];
  }
  if (typeof value !== 'object') {
    return [];
  }
  const fields = Object.entries(value);
  return fields.length ? fields.flatMap(([field, inner]) => emptyFields(inner, `${path}/${field}`)) : [path];
}
