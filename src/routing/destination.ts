import { IConstruct } from 'constructs';
import { hasSetting, Naming } from '../rules';

/** A Git repository, or a place in an OCI registry, that rendered files go to. */
export interface Repository {
  /** Its folder in the output, and what `publish --remote` calls it. */
  readonly name: string;
  readonly url: string;
}

/** Where in a repository or registry files go. */
export interface Place {
  readonly repository: Repository;
  /** The branch, or of a registry `<artifact>/<tag>`: with the repository's name the folder in the output. */
  readonly branch: string;
  /** Relative to the root of the branch; empty for the whole branch, and for an artifact. */
  readonly path: string;
  /** Set if the repository is a registry. */
  readonly artifact?: ArtifactName;
}

/** A tag of an OCI artifact. */
export interface ArtifactName {
  /** The rest of the artifact's name after the registry's URL. */
  readonly artifact: string;
  readonly tag: string;
}

/** One directory of one branch, or one artifact: what one owner's files fill. */
export interface Destination extends Place {
  /** The construct that stands for it, for messages. */
  readonly owner: IConstruct;
  readonly role: 'manifests' | 'config';
  /** What Flux makes of what it applies from here. */
  readonly applied: AppliedAs;
  /** The cluster whose Flux objects are kept there. */
  readonly cluster?: ClusterTraits;
}

/** What a Kustomization says of all objects that it applies. */
export interface AppliedAs extends Naming {
  /** Whether Flux leaves all of them when it drops them. */
  readonly keeps: boolean;
}

/** What a Kustomization of these options says of all objects that it applies. */
export function appliedAs(options: Naming & { readonly commonMetadata?: object } = {}): AppliedAs {
  const { targetNamespace, namePrefix, nameSuffix, commonMetadata } = options;
  return { targetNamespace, namePrefix, nameSuffix, keeps: hasSetting({ metadata: commonMetadata }, 'prune', 'disabled') };
}

/** What is known of a cluster, apart from where its Flux objects go. */
export interface ClusterTraits {
  readonly name: string;
  /** The directory that bootstrap watches, in the repository and branch of the Flux objects. */
  readonly path: string;
  /** Whether its controllers refuse references into other namespaces. */
  readonly noCrossNamespaceRefs?: boolean;
}

/** A text that two places share only if they are one. */
export function placeKey({ repository, branch, path }: Place): string {
  return [repository.name, branch, path].join('\0');
}

/** A place as messages name it. */
export function describePlace({ branch, path, artifact }: Place): string {
  return artifact ? `artifact '${artifact.artifact}:${artifact.tag}'` : path ? `path '${path}' of branch '${branch}'` : `branch '${branch}'`;
}
