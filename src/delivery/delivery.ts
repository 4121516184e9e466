import { Construct, IConstruct } from 'constructs';

/** Where rendered files go. */
export abstract class Delivery extends Construct {
  /** Send everything that a construct renders, and what its children render, here. */
  public abstract deliver(...constructs: IConstruct[]): void;
}
