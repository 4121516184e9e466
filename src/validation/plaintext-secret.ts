import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { DeliveredObject, GrantedException } from './delivered-object';
import { complaint, constructError } from '../format';
import { describeObject, exposures } from '../rules';

const ALLOWED = Symbol.for('cdk8s-fluxcd.plaintext-allowed');

/**
 * Secrets do not belong into a manifest repository: whoever can read it, and its history, can read them.
 *
 * So an app refuses to render a Secret that is not encrypted with SOPS, or a URL with a password in it, where it would be
 * published. This class lets a single object through.
 */
export class PlaintextSecret {
  /**
   * Lets one object through. It is recorded, with the reason, in `delivery.json` and in what is published.
   *
   * @param construct the object, or a construct whose `defaultChild` it is
   * @param reason why its content is no secret
   * @throws if the construct has no object of its own, or the reason is empty
   */
  public static allow(construct: IConstruct, reason: string): void {
    if (!reason?.trim()) {
      throw constructError(construct, 'it is to be published in plaintext, for no reason', 'Say why its content is no secret');
    }
    Object.defineProperty(ApiObject.of(construct), ALLOWED, { value: reason, configurable: true });
  }

  private constructor() {}
}

/**
 * Refuses what would give a secret away, or notes that its author let it through.
 */
export function checkPlaintext({ object, json }: DeliveredObject): { errors: string[]; exceptions: GrantedException[] } {
  const found = exposures(json);
  const reason: string | undefined = (object as any)[ALLOWED];
  if (reason !== undefined) {
    return { errors: [], exceptions: found.map(({ rule }) => ({ construct: object.node.path, object: describeObject(json), rule, reason })) };
  }
  return {
    errors: found.map(({ what, remedy }) => complaint(
      object,
      `${describeObject(json)} would be published with ${what}`,
      `${remedy}, or let this one object through: PlaintextSecret.allow(object, 'why it is no secret')`,
    )),
    exceptions: [],
  };
}
