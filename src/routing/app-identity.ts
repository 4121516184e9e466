import { IConstruct } from 'constructs';
import { constructError } from '../format';

const IDENTITY = Symbol.for('cdk8s-fluxcd.app');

/** What the app says of itself to the constructs in it. */
export interface AppIdentity {
  /** The owner written into what is published. */
  readonly name?: string;
}

/** Marks the root of a tree as an app that delivers. */
export function identify(root: IConstruct, identity: AppIdentity): void {
  Object.defineProperty(root, IDENTITY, { value: identity });
}

/** Whether a construct is in an app that delivers: a FluxApp, not a plain `cdk8s.App`. */
export function isInFluxApp(construct: IConstruct): boolean {
  return (construct.node.root as any)[IDENTITY] !== undefined;
}

/**
 * The name of the app that a construct belongs to; undefined in a plain `cdk8s.App`, which delivers nothing.
 *
 * @throws if the app delivers and has no name
 */
export function appNameOf(construct: IConstruct): string | undefined {
  const identity: AppIdentity | undefined = (construct.node.root as any)[IDENTITY];
  if (identity && !identity.name) {
    throw constructError(
      construct,
      'what is delivered needs an owner, and the app has no name',
      "Give one that will not change: new FluxApp({ name: '...' })",
    );
  }
  return identity?.name;
}
