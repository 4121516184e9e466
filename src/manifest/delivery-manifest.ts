/** Name of the file in the output folder that says what goes where. */
export const DELIVERY_MANIFEST_FILE = 'delivery.json';

/** Name of the file in a published directory that says who owns it; the field's own name for it. */
export const OWNERSHIP_FILE = 'hydrator.metadata';

/** The version of the format of `delivery.json` that is written, and the only one that is read. */
export const DELIVERY_MANIFEST_VERSION = 1;

/** What a target holds: manifests are pushed before the Flux objects that make Flux read them. */
export type TargetRole = 'manifests' | 'config';

/** One directory of one branch of a repository, owned as a whole by the app. */
export interface TargetManifest {
  readonly role: TargetRole;
  readonly branch: string;
  /** The owned directory, relative to the root of the branch; empty for the whole branch. */
  readonly path: string;
  /**
   * The rendered files, relative to the root of the branch, sorted. In `dist/` they are below `<repository>/<branch>/`.
   * A file outside `path` (`clusters/<cluster>/<app>.yaml`) is owned all the same.
   */
  readonly files: string[];
  /** Objects in these files that a rule would have refused; absent where there is none. Published with the files, as a record. */
  readonly exceptions?: ExceptionManifest[];
  /** The objects in these files as a cluster gets them, `Kind.group namespace/name`, sorted; absent where whoever rendered does not say. */
  readonly objects?: string[];
  /** Those of them that carry `kustomize.toolkit.fluxcd.io/prune: disabled`, so that Flux leaves them when it drops them. */
  readonly kept?: string[];
  /** Of a config target: which of its Kustomizations applies what of this app. */
  readonly applies?: AppliedManifest[];
}

/** A Flux Kustomization and the delivery that it applies. */
export interface AppliedManifest {
  /** `namespace/name`. */
  readonly kustomization: string;
  /** Name of the repository or registry. */
  readonly repository: string;
  /** The branch, or `<artifact>/<tag>`: together with `repository` the folder in `dist/`. */
  readonly branch: string;
  readonly path: string;
  /** Whether Flux leaves the objects when the Kustomization goes (`deletionPolicy` Orphan, or MirrorPrune without `prune`). */
  readonly orphans?: boolean;
  readonly suspended?: boolean;
  /** The kubeconfig by which it applies to another cluster, `namespace/name`; absent for its own. */
  readonly cluster?: string;
}

/** A tag of an OCI artifact, owned as a whole by the app. */
export interface ArtifactManifest {
  /** The rest of the artifact's name after the registry's URL. */
  readonly artifact: string;
  readonly tag: string;
  /** The rendered files, relative to the root of the artifact, sorted. In `dist/` they are below `<registry>/<artifact>/<tag>/`. */
  readonly files: string[];
  readonly exceptions?: ExceptionManifest[];
  readonly objects?: string[];
  readonly kept?: string[];
}

/** A place in an OCI registry that receives artifacts. */
export interface RegistryManifest {
  /** Name by which `--remote` and the folder in `dist/` know it; no repository has the same. */
  readonly name: string;
  /** `oci://<host>/<path>`. */
  readonly url: string;
  /** Sorted by artifact, then tag. */
  readonly artifacts: ArtifactManifest[];
}

/** A Git repository that receives rendered files. */
export interface RepositoryManifest {
  /** Name by which `--remote` and the folder in `dist/` know it. */
  readonly name: string;
  readonly url: string;
  /** Sorted by branch, then path. */
  readonly targets: TargetManifest[];
}

/** An object that a rule would have refused and that its author let through. */
export interface ExceptionManifest {
  /** Path of the construct. */
  readonly construct: string;
  /** `Kind namespace/name`. */
  readonly object: string;
  /** The rule that was waived. */
  readonly rule: string;
  readonly reason: string;
}

/** An object that the app does not make and says is there. */
export interface ExistingManifest {
  /** API group; empty for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** Absent for kinds that are in no namespace. */
  readonly namespace?: string;
}

/** A warning that the app's author knows. */
export interface AcknowledgedManifest {
  readonly rule: string;
  /** `Kind namespace/name`. */
  readonly object: string;
  readonly reason: string;
}

/** The content of `delivery.json`. */
export interface DeliveryManifest {
  readonly version: typeof DELIVERY_MANIFEST_VERSION;
  /** The owner written into what is published; present whenever a repository is. */
  readonly app?: string;
  /** What the render was made from, as given to the app. */
  readonly inputs: { readonly [name: string]: string };
  /** Sorted by name. */
  readonly repositories: RepositoryManifest[];
  /** Sorted by name; absent where there is none. */
  readonly registries?: RegistryManifest[];
  /** Files that no delivery claimed, relative to the output folder, sorted. */
  readonly unclaimed: string[];
  /** What is declared as made elsewhere, sorted; for whoever checks the output once more. Absent where there is nothing. */
  readonly existing?: ExistingManifest[];
  /** Warnings that were acknowledged, sorted; likewise. */
  readonly acknowledged?: AcknowledgedManifest[];
}
