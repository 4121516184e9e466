import { checkObject } from '../../src/rules';

/** What the rules say of an object, a line each. */
export function complaintsAbout(object: any): string[] {
  return [...checkObject(object)].map(({ rule, field, problem, remedy }) => `${rule.severity} ${rule.id} ${field}: ${problem}. ${remedy}.`);
}

/** Values of all types that a hand-made file may have in any place. */
export const ODD: readonly any[] = [undefined, null, true, false, 0, 7, '', 'x', [], [null], [7], ['x'], {}, { x: 1 }, [{}], [[]]];
