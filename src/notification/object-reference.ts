import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { apiVersionOf } from './flux-kind';
import { existingOf } from '../routing';

/** An object, several, or all of a kind, as an Alert and a Receiver write it. */
export interface ObjectReference {
  readonly kind: string;
  readonly name: string;
  /** Absent for the namespace of the object that refers to it. */
  readonly namespace?: string;
  readonly matchLabels?: { readonly [label: string]: string };
}

/**
 * The reference to an object that is made here, or that a construct stands for.
 *
 * @param caller the factory, for the message
 * @throws if it is no object of a kind of `FluxKind`
 */
export function referenceTo(caller: string, object: IConstruct): ObjectReference {
  const found = object && (existingOf(object) ?? apiObjectOf(object));
  if (!found || !apiVersionOf(found.kind)) {
    const what = found ? `${found.kind} '${found.name}'` : `what is at '${object?.node?.path ?? object}'`;
    throw new Error(`${caller}: ${what} is of no kind that Flux sends events of. Give a source, a Kustomization, a HelmRelease or one of image automation.`);
  }
  return { kind: found.kind, name: found.name, namespace: found.namespace };
}

/**
 * The reference to an object that is made elsewhere.
 *
 * @throws if there is no name, or if the name stands for all
 */
export function referenceByName(caller: string, kind: string, name: string, namespace?: string): ObjectReference {
  if (!name || name === '*') {
    throw new Error(`${caller}: '${name ?? ''}' is no name. Name one object, or take forAll() for all of a kind.`);
  }
  return { kind, name, namespace };
}

/** What is written: the namespace only where it is another one. */
export function referenceSpec({ kind, name, namespace, matchLabels }: ObjectReference, ownNamespace: string): any {
  return { kind, name, namespace: namespace === ownNamespace ? undefined : namespace, matchLabels };
}

function apiObjectOf(construct: IConstruct): { kind: string; name: string; namespace?: string } | undefined {
  let object: IConstruct | undefined = construct;
  while (object && !ApiObject.isApiObject(object)) {
    object = object.node?.defaultChild;
  }
  return object && { kind: object.kind, name: object.name, namespace: object.metadata.namespace };
}
