import { IConstruct } from 'constructs';
import { apiVersionOf, FluxKind } from './flux-kind';
import { ObjectReference, referenceByName, referenceSpec, referenceTo } from './object-reference';

/** More said about an object that a Receiver has looked at. */
export interface ReceiverFilterOptions {
  /**
   * A CEL expression that says whether to look at the object now: over `res`, its metadata, and `req`, the body of the request;
   * with `ReceiverType.genericOidc` also over `claims`. It counts beside the `resourceFilter` of the Receiver.
   *
   * @default - always
   */
  readonly filter?: string;
}

/** More said about objects that a Receiver has looked at. */
export interface ReceiverResourceOptions extends ReceiverFilterOptions {
  /**
   * The namespace that the objects are in. Flux refuses another one than the Receiver's where it runs with
   * `--no-cross-namespace-refs`.
   *
   * @default - the namespace of the Receiver
   */
  readonly namespace?: string;
}

/** Objects that Flux looks at as soon as a Receiver is called: one of them, or several of a kind. */
export class ReceiverResource {
  /**
   * A Flux object: one that is made here, or a construct that stands for one.
   *
   * @throws if it is of a kind that a Receiver does not know
   */
  public static forObject(object: IConstruct, options: ReceiverFilterOptions = {}): ReceiverResource {
    return new ReceiverResource(referenceTo('ReceiverResource.forObject', object), options.filter);
  }

  /**
   * All objects of a kind in a namespace, or those of them that have the labels.
   *
   * @param kind the kind
   * @param matchLabels the labels; default: none, which all objects of the kind have. Flux wants the field all the same, so that it is written
   *   empty.
   * @param options more
   */
  public static forAll(kind: FluxKind, matchLabels?: { [label: string]: string }, options: ReceiverResourceOptions = {}): ReceiverResource {
    return new ReceiverResource({ kind, name: '*', namespace: options.namespace, matchLabels: matchLabels ?? {} }, options.filter);
  }

  /**
   * An object that is made elsewhere.
   *
   * @throws if the name is missing or `*`
   */
  public static forName(kind: FluxKind, name: string, options: ReceiverResourceOptions = {}): ReceiverResource {
    return new ReceiverResource(referenceByName('ReceiverResource.forName', kind, name, options.namespace), options.filter);
  }

  private constructor(private readonly reference: ObjectReference, private readonly filter?: string) {}

  /** @internal */
  public _toSpec(ownNamespace: string): any {
    // Of some kinds notification-controller knows no version, and asks for it.
    return { apiVersion: apiVersionOf(this.reference.kind), ...referenceSpec(this.reference, ownNamespace), filter: this.filter };
  }
}
