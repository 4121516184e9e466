import { ApiObject } from 'cdk8s';
import { describeObject, groupOf, itemsOf } from './delivered-object';
import { complaint } from '../format';

/**
 * Tells objects of one kind, namespace and name apart from each other: kustomize refuses to build a directory that holds two,
 * and of two Flux objects in a cluster the last one applied wins.
 */
export class DuplicateCheck {
  private readonly seen = new Map<string, ApiObject>();

  /**
   * @param place what the objects share, such as a directory
   * @param targetNamespace the namespace that Flux gives to all objects of the place, whatever theirs
   * @returns what is wrong, if the place holds such an object already
   */
  public check(place: string, object: ApiObject, json: any, targetNamespace?: string): string | undefined {
    for (const item of itemsOf(json)) {
      const error = this.checkItem(place, object, item, targetNamespace);
      if (error !== undefined) {
        return error;
      }
    }
    return undefined;
  }

  private checkItem(place: string, object: ApiObject, json: any, targetNamespace?: string): string | undefined {
    const id = `${place}\0${groupOf(json.apiVersion ?? '')}\0${json.kind}\0${targetNamespace ?? json.metadata?.namespace ?? ''}\0${json.metadata?.name}`;
    const former = this.seen.get(id);
    if (!former) {
      this.seen.set(id, object);
      return undefined;
    }
    return complaint(object, `${describeObject(json)} is made by '${former.node.path}' too`, 'Give one of the two another name');
  }
}
