/** A map, or an empty one in place of anything else: hand-made objects hold what they like. */
export function fields(value: unknown): { readonly [field: string]: unknown } {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value as any : {};
}

/** A text, or an empty one in place of anything else: to the controllers, which are in Go, an empty text is none. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A list of maps; what is none counts as empty. */
export function list(value: unknown): { readonly [field: string]: unknown }[] {
  return Array.isArray(value) ? value.map(fields) : [];
}

/** Whether a reference such as `secretRef` names something. */
export function names(reference: unknown): boolean {
  return text(fields(reference).name) !== '';
}

/** A text whose form can be judged: none in which Flux is yet to put a variable's value, as in `${HOST}`. */
export function settled(value: unknown): string {
  const settledText = text(value);
  return settledText.includes('${') ? '' : settledText;
}

/** A text on one line, as a message must be. */
export function oneLine(value: string): string {
  return value.replace(/\s/g, ' ');
}

/** A text as messages show it: on one line, and not all of a long one. */
export function shown(value: string): string {
  return oneLine(value.length > 100 ? `${value.slice(0, 97)}...` : value);
}
