import { SourceObject } from './objects';
import { AppliedPatch } from './patch';
import { SourceDocument, Token } from './yaml-file';
import { ExistingObject, Rule } from '../../rules';

/** An object as it comes out of a build. */
export interface BuiltObject extends SourceObject {
  /** What changed it, in order. */
  readonly patches: readonly AppliedPatch[];
  /** Why more happens to it than is followed here; absent if all is known. */
  readonly partly?: string;
}

/** Something wrong with what is built. */
export interface BuildProblem {
  readonly rule: Rule;
  readonly document: SourceDocument;
  readonly path: readonly Token[];
  readonly problem: string;
  readonly remedy: string;
  /** The object that it is about, and the field; absent for kustomize's own files. */
  readonly on?: any;
  readonly field?: string;
}

/** What comes out of a folder or a file. */
export interface Build {
  readonly objects: BuiltObject[];
  readonly problems: BuildProblem[];
  /** ConfigMaps and Secrets that kustomize makes. */
  readonly generated: ExistingObject[];
  /** What brings objects that are not here. */
  readonly unseen: string[];
}

/** What comes out of nothing. */
export function emptyBuild(): Build {
  return { objects: [], problems: [], generated: [], unseen: [] };
}

/** Several builds as one. */
export function joined(builds: readonly Build[]): Build {
  return {
    objects: builds.flatMap(({ objects }) => objects),
    problems: builds.flatMap(({ problems }) => problems),
    generated: builds.flatMap(({ generated }) => generated),
    unseen: builds.flatMap(({ unseen }) => unseen),
  };
}
