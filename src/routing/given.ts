import { IConstruct } from 'constructs';
import { constructError } from '../format';

/**
 * Refuses a required value that is not there. Types do not see to it: many a program runs without a type check, and
 * `process.env.NAME!` is text for the compiler whether it is set or not.
 *
 * @throws if it is missing
 */
export function requireGiven(construct: IConstruct, property: string, value: unknown, remedy: string): void {
  if (value === undefined || value === null) {
    throw constructError(construct, `'${property}' is missing`, remedy);
  }
}

/** Options on top of each other: of a field the last value counts, and `undefined` is none. */
export function layered<T extends object>(...layers: (T | undefined)[]): T {
  const result: Partial<T> = {};
  for (const layer of layers) {
    for (const field in layer) {
      if (layer[field] !== undefined) {
        result[field] = layer[field];
      }
    }
  }
  return result as T;
}
