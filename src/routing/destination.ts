import { IConstruct } from 'constructs';

/** A Git repository that rendered files go to. */
export interface Repository {
  /** Its folder in the output, and what `publish --remote` calls it. */
  readonly name: string;
  readonly url: string;
}

/** One directory of one branch: what one owner's files fill. */
export interface Destination {
  /** The construct that stands for it, for messages. */
  readonly owner: IConstruct;
  readonly role: 'manifests' | 'config';
  readonly repository: Repository;
  readonly branch: string;
  /** Relative to the root of the branch; empty for the whole branch. */
  readonly path: string;
  /** Namespace that Flux gives to what it applies from here, so that objects may come without one. */
  readonly targetNamespace?: string;
  /** The cluster whose Flux objects are kept there. */
  readonly cluster?: ClusterTraits;
}

/** What is known of a cluster, apart from where its Flux objects go. */
export interface ClusterTraits {
  readonly name: string;
  /** Whether its controllers refuse references into other namespaces. */
  readonly noCrossNamespaceRefs?: boolean;
}

/** A text that two destinations share only if they are the same directory. */
export function destinationKey(destination: Destination): string {
  return [destination.repository.name, destination.branch, destination.path].join('\0');
}
