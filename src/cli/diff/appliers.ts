import { FileObject } from './object-file';
import { isFluxObject } from '../../rules';

/** A Flux Kustomization, as far as it decides what becomes of a change. */
export interface Applier {
  /** `namespace/name`. */
  readonly name: string;
  readonly prunes: boolean;
  /** Deletes and makes anew what cannot be changed. */
  readonly forces: boolean;
  readonly isSuspended: boolean;
}

export function isFluxKustomization(object: any): boolean {
  return isFluxObject(object, 'Kustomization');
}

/** `namespace/name`. */
export function kustomizationName({ metadata }: any): string {
  return `${metadata.namespace}/${metadata.name}`;
}

/** What a Flux Kustomization does, by the object. */
export function applierOf({ object }: FileObject): Applier {
  const { spec } = object;
  return { name: kustomizationName(object), prunes: spec?.prune === true, forces: spec?.force === true, isSuspended: spec?.suspend === true };
}

/** Whether what a Kustomization has applied is deleted with it (kustomize-controller, `finalizerShouldDeleteResources`). */
export function takesAllWithIt({ spec }: any): boolean {
  const policy = spec?.deletionPolicy || 'MirrorPrune';
  return spec?.suspend !== true && (policy === 'MirrorPrune' ? spec?.prune === true : policy !== 'Orphan');
}

/** Whether two Kustomizations apply the same directory of the same source. */
export function appliesTheSame(one: any, other: any): boolean {
  const [a, b] = [one, other].map(({ metadata, spec }) => {
    const { kind, name, namespace = metadata.namespace } = spec?.sourceRef ?? {};
    return JSON.stringify([kind, name, namespace, directoryOf(spec?.path), spec?.targetNamespace]);
  });
  return a === b;
}

/** A path of a Kustomization, as `delivery.json` writes directories. */
export function directoryOf(path: unknown): string {
  return typeof path === 'string' ? path.split('/').filter((part) => part && part !== '.').join('/') : '';
}
