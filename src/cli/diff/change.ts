/** One field of an object that would be another. */
export interface FieldChange {
  /** As people write it: `spec.template.spec.containers[web].image`. */
  readonly field: string;
  /** `order`: the items of a list are the same, and in another order; `marker`: the comment that lets Flux set an image. */
  readonly what: 'value' | 'order' | 'marker';
  /** Absent if there was none, and if it is hidden. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** Whether there is a value on each side, also where it is hidden. */
  readonly change: 'added' | 'removed' | 'changed';
  /** Of a Secret, or encrypted: neither value is told to anybody. */
  readonly hidden?: true;
  /** Why Kubernetes does not let it change; absent if it does. */
  readonly immutable?: string;
}

/** What Flux makes of a change. */
export type Effect =
  /** Made, or changed in place. */
  | 'applied'
  /** Deleted and made anew, for Kubernetes refuses the change. */
  | 'replaced'
  /** Kubernetes refuses it, and the Kustomization fails. */
  | 'refused'
  | 'pruned'
  /** It stays in the cluster, or as it is. */
  | 'kept'
  /** It changes hands, and may be deleted in between. */
  | 'at risk'
  /** Depends on a Kustomization that is not known here. */
  | 'unknown'
  /** No object: a file that Flux reads as it is, or not at all. */
  | 'none';

/** What publishing would do to one object. */
export interface ObjectChange {
  /** `Kind.group namespace/name`, as in `delivery.json`; of what is no object, the path of the file. */
  readonly object: string;
  readonly of: 'object' | 'file';
  readonly change: 'created' | 'changed' | 'deleted' | 'moved';
  /** Its file, relative to the root of the branch; of what is deleted, the old one. */
  readonly file: string;
  /** Where a moved object was: `<repository>/<branch>/<file>`. */
  readonly from?: string;
  /** Empty for what is created or deleted. */
  readonly fields: readonly FieldChange[];
  readonly effect: Effect;
  /** Objects that are deleted with it: of a Kustomization that goes, all that it applied and prunes, as far as that is on record. */
  readonly takes?: readonly string[];
  /** What Flux does, where that is not plain from the change; sentences without the last stop. */
  readonly notes: readonly string[];
}

/** The content of files by their path on a branch. */
export type Files = ReadonlyMap<string, Buffer>;
