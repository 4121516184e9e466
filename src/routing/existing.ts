import { IConstruct } from 'constructs';
import { requireGiven } from './given';
import { ExistingObject } from '../rules';

const EXISTING = Symbol.for('cdk8s-fluxcd.existing');

/**
 * Marks a construct as one that stands for an object that is made elsewhere.
 *
 * @throws if the object has no name
 */
export function markExisting(construct: IConstruct, object: ExistingObject): void {
  requireGiven(construct, 'name', object.name, `Give the name of the ${object.kind}`);
  Object.defineProperty(construct, EXISTING, { value: object });
}

/** The object made elsewhere that a construct stands for, if it does. */
export function existingOf(construct: IConstruct): ExistingObject | undefined {
  return (construct as any)[EXISTING];
}
