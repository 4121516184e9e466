const MAX_QUOTED = 80;

/** The fields of a value: none if it is no object. Rules look at what people wrote, where a field may be of any type. */
export function fieldsOf(value: unknown): { readonly [name: string]: unknown } {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value as any : {};
}

/** The items of a value: none if it is no list. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text with something in it. To Flux an empty one is the same as none. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A text in quotation marks, on one line and not longer than a message bears. */
export function quoted(text: string): string {
  const shown = text.replace(/[\x00-\x1f\x7f\u2028\u2029]/g, ' ');
  return shown.length > MAX_QUOTED ? `'${shown.slice(0, MAX_QUOTED)}...'` : `'${shown}'`;
}

/** Whether a text is what Flux reads: kustomize-controller may be yet to put a variable's value in the place of `${VARIABLE}`. */
export function isSettled(text: string): boolean {
  return !text.includes('${');
}
