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

/** The objects of a rendered one: itself, or what kustomize takes out of a List. */
export function itemsOf(json: any): any[] {
  return Array.isArray(json?.items) && /List$/.test(json.kind ?? '') ? json.items.flatMap(itemsOf) : [json];
}

/** `Kind namespace/name`, as messages name an object. */
export function describeObject(json: any): string {
  const { name, namespace } = json.metadata ?? {};
  return `${json.kind} ${namespace ? `${namespace}/` : ''}${name}`;
}

/** The API group of an apiVersion; empty for the core group. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}
