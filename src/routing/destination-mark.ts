import { IConstruct } from 'constructs';
import { Destination } from './destination';

const FILLS = Symbol.for('cdk8s-fluxcd.fills');

/** Marks a construct as the one that stands for a destination: a cluster for its directory of Flux objects, a delivery for its branch. */
export function markDestination(construct: IConstruct, destination: Destination): void {
  Object.defineProperty(construct, FILLS, { value: destination });
}

/** The destination that a construct stands for, if it does. */
export function destinationOf(construct: IConstruct): Destination | undefined {
  return (construct as any)[FILLS];
}
