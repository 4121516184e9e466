import { ApiObject } from 'cdk8s';
import { describeObject, groupOf, itemsOf } from './delivered-object';
import { complaint } from '../format';

/**
 * Tells objects of one kind, namespace and name in one place, such as a directory, apart from each other: kustomize refuses to build
 * a directory that holds two, and of two Flux objects in a cluster the last one applied wins.
 */
export class DuplicateCheck {
  private readonly seen = new Map<string, ApiObject>();

  /** @param targetNamespace the namespace that Flux gives to all objects of the place, whatever theirs */
  constructor(private readonly targetNamespace?: string) {}

  /** What is wrong, if the place holds such an object already. */
  public check(object: ApiObject, json: any): string | undefined {
    for (const item of itemsOf(json)) {
      const error = this.checkItem(object, item);
      if (error !== undefined) {
        return error;
      }
    }
    return undefined;
  }

  private checkItem(object: ApiObject, json: any): string | undefined {
    const id = `${groupOf(json.apiVersion ?? '')}\0${json.kind}\0${this.targetNamespace ?? json.metadata?.namespace ?? ''}\0${json.metadata?.name}`;
    const former = this.seen.get(id);
    if (!former) {
      this.seen.set(id, object);
      return undefined;
    }
    return complaint(object, `${describeObject(json)} is made by '${former.node.path}' too`, 'Give one of the two another name');
  }
}
