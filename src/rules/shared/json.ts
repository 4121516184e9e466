// Rules look at what people wrote, where a field may be of any type: each of these gives nothing for what is of another.

const MAX_QUOTED = 80;

/** The fields of a map. */
export function fieldsOf(value: unknown): { readonly [name: string]: unknown } {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value as any : {};
}

/** The items of a list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The items of a list of maps, each in its place: an empty map stands for what is none. */
export function mapsOf(value: unknown): ReturnType<typeof fieldsOf>[] {
  return listOf(value).map(fieldsOf);
}

/** A text; to the controllers, which are in Go, an empty one is the same as none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A text that can be judged, for it is what Flux reads. */
export function settledTextOf(value: unknown): string {
  const text = textOf(value);
  return isSettled(text) ? text : '';
}

/** Whether a text is what Flux reads: kustomize-controller may be yet to put a variable's value in the place of `${VARIABLE}`. */
export function isSettled(text: string): boolean {
  return !text.includes('${');
}

/** Whether a field is set. To the API server `null` is the same as nothing. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** Whether a reference such as `secretRef` names something. */
export function isNamed(reference: unknown): boolean {
  return textOf(fieldsOf(reference).name) !== '';
}

/** A text in quotation marks, on one line and not longer than a message bears. */
export function quoted(text: string): string {
  const shown = oneLine(text);
  return shown.length > MAX_QUOTED ? `'${shown.slice(0, MAX_QUOTED)}...'` : `'${shown}'`;
}

/** A text on one line, as a message must be. */
export function oneLine(text: string): string {
  return text.replace(/[\x00-\x1f\x7f\u2028\u2029]/g, ' ');
}
