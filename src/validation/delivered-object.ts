import { ApiObject } from 'cdk8s';
import { Destination } from '../routing';

/** An object as it is about to be published. */
export interface DeliveredObject {
  readonly object: ApiObject;
  /** What `toJson()` gave, patches and all. */
  readonly json: any;
  readonly destination: Destination;
}

/** An object that a rule would have refused and that its author let through. */
export interface GrantedException {
  readonly construct: string;
  readonly object: string;
  readonly rule: string;
  readonly reason: string;
}
