import { ApiObject } from 'cdk8s';

const VERBATIM = Symbol.for('cdk8s-fluxcd.verbatim');

/** Has an object written byte for byte as it came: a checksum over it, or comments in it, would not outlive our own YAML. */
export function markVerbatim(object: ApiObject, text: string): void {
  Object.defineProperty(object, VERBATIM, { value: text });
}

/** The text of an object that is to be written as it came: one YAML document, with a line break at its end. */
export function verbatimOf(object: ApiObject): string | undefined {
  return (object as any)[VERBATIM];
}
