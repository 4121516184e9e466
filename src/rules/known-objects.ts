import { ExistingObject } from './cluster-view';

/** A text that two objects share only if they are one to the API server. */
export function objectKey(group: string, kind: string, namespace: string, name: string): string {
  return `${group}\0${kind}\0${namespace}\0${name}`;
}

/** Objects that are there in many views of clusters: they are gone through once for all of them. */
export class KnownObjects {
  private readonly keys: ReadonlySet<string>;

  constructor(public readonly objects: readonly ExistingObject[]) {
    this.keys = new Set(objects.map(({ group, kind, namespace, name }) => objectKey(group, kind, namespace ?? '', name)));
  }

  /** @param key as `objectKey` makes it */
  public has(key: string): boolean {
    return this.keys.has(key);
  }

  public hasNamespace(name: string): boolean {
    return this.has(objectKey('', 'Namespace', '', name));
  }
}
