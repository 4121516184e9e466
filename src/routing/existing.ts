import { IConstruct } from 'constructs';

/** An object that the app does not make and that is there all the same, so that others may refer to it. */
export interface ExistingObject {
  /** Such as `source.toolkit.fluxcd.io`; empty for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** Absent for kinds that are in no namespace. */
  readonly namespace?: string;
}

const EXISTING = Symbol.for('cdk8s-fluxcd.existing');

/** Marks a construct as one that stands for an object that is made elsewhere. */
export function markExisting(construct: IConstruct, object: ExistingObject): void {
  Object.defineProperty(construct, EXISTING, { value: object });
}

/** The object made elsewhere that a construct stands for, if it does. */
export function existingOf(construct: IConstruct): ExistingObject | undefined {
  return (construct as any)[EXISTING];
}
