import { IConstruct } from 'constructs';
import { FluxKind } from './flux-kind';
import { ObjectReference, referenceByName, referenceSpec, referenceTo } from './object-reference';

/** Which objects of a kind an Alert tells of. */
export interface AlertSourceOptions {
  /**
   * The namespace that the objects are in. Flux refuses another one than the Alert's where it runs with
   * `--no-cross-namespace-refs`.
   *
   * @default - the namespace of the Alert
   */
  readonly namespace?: string;

  /**
   * Labels that an object must have, all of them.
   *
   * @default - none: all objects of the kind
   */
  readonly matchLabels?: { readonly [label: string]: string };
}

/** Objects whose events an Alert tells of: one of them, or all of a kind in a namespace. */
export class AlertSource {
  /**
   * A Flux object: one that is made here, or a construct that stands for one.
   *
   * @throws if it is of a kind that sends no events
   */
  public static forObject(object: IConstruct): AlertSource {
    return new AlertSource(referenceTo('AlertSource.forObject', object));
  }

  /** All objects of a kind in a namespace, or those with the labels. No entry stands for several namespaces. */
  public static forAll(kind: FluxKind, options: AlertSourceOptions = {}): AlertSource {
    return new AlertSource({ kind, name: '*', namespace: options.namespace, matchLabels: options.matchLabels });
  }

  /**
   * An object that is made elsewhere, in the namespace of the Alert or in another one.
   *
   * @throws if the name is missing or `*`
   */
  public static forName(kind: FluxKind, name: string, namespace?: string): AlertSource {
    return new AlertSource(referenceByName('AlertSource.forName', kind, name, namespace));
  }

  private constructor(private readonly reference: ObjectReference) {}

  /** @internal */
  public _toSpec(ownNamespace: string): any {
    return referenceSpec(this.reference, ownNamespace);
  }
}
