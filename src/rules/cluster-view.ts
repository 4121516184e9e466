import type { KnownObjects } from './known-objects';

/** An object, and where it is from. */
export interface RuledObject {
  /** As it is rendered, or as a file has it. */
  readonly object: any;
  /** What messages call its place: a construct's path, or `file:line`. */
  readonly at: string;
  /** Whether Flux fills in `${...}` before it applies the object, so that nothing can be said of values that have it. */
  readonly substituted?: boolean;
  /** Whether what applies it may change its name, so that nothing is known of it for sure. */
  readonly uncertain?: boolean;
}

/** What one applier brings to a cluster: a Flux Kustomization, or whoever applies what no Kustomization does. */
export interface AppliedSet {
  /** The Kustomization as `namespace/name`, where it is known. */
  readonly by?: string;
  /** Whether it is not Flux that applies it, or nobody does. */
  readonly byHand?: boolean;
  /** Namespace that it gives to all objects, whatever theirs. */
  readonly targetNamespace?: string;
  /** What it puts before and after all names. */
  readonly namePrefix?: string;
  readonly nameSuffix?: string;
  readonly objects: readonly RuledObject[];
}

/** An object that is in the cluster although nothing here makes it. */
export interface ExistingObject {
  /** API group; empty for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** Absent for kinds that are in no namespace. */
  readonly namespace?: string;
}

/** All that is known of one cluster. */
export interface ClusterView {
  /** For messages; absent where there is but one. */
  readonly name?: string;
  readonly applied: readonly AppliedSet[];
  readonly existing: readonly ExistingObject[];
  /** More that is there, shared with other views. */
  readonly known?: KnownObjects;
  /** Whether the controllers run with `--no-cross-namespace-refs=true`. */
  readonly noCrossNamespaceRefs?: boolean;
}
