import { IConstruct } from 'constructs';
import { constructError } from '../format';
import { Destination } from './destination';

// Registered symbols, so that two copies of this library in one process understand each other.
const CLAIM = Symbol.for('cdk8s-fluxcd.claim');
const CLAIMS = Symbol.for('cdk8s-fluxcd.claims');

/** Who sends the objects of a construct where. */
export interface Claim {
  /** The construct that made the claim. */
  readonly by: IConstruct;
  /** Where the objects go; absent: with the app's Flux objects, wherever those go. */
  readonly destination?: Destination;
  /** Without a destination: to every cluster of the app, where other objects go to the only one or nowhere. */
  readonly everyCluster?: boolean;
  /** Name of the file in the destination's directory, without extension; absent: by the rule of the destination's role. */
  readonly fileName?: string;
  /** The file, relative to the root of the branch, where it lies outside the destination's directory. */
  readonly rootFile?: string;
}

/**
 * Claims a construct: its objects, and those of its children that nobody claims, go where the claim says. A construct may claim
 * itself, as a default that another's claim replaces.
 *
 * @throws if the construct is claimed already by another, or is in another app
 */
export function claim(construct: IConstruct, claimed: Claim): void {
  if (construct.node.root !== claimed.by.node.root) {
    throw constructError(construct, `it is in another app than '${claimed.by.node.path}', which is to deliver it`, 'Deliver it within its own app');
  }
  const former = ownClaim(construct);
  if (former?.by === claimed.by && former.destination === claimed.destination) {
    return;
  }
  if (former && former.by !== construct) {
    throw constructError(
      construct,
      `delivered by both '${former.by.node.path}' and '${claimed.by.node.path}'`,
      'Deliver it once, or make a second construct for the second place',
    );
  }
  Object.defineProperty(construct, CLAIM, { value: claimed, configurable: true });
  Object.defineProperty(construct.node.root, CLAIMS, { value: claimsIn(construct) + 1, configurable: true });
}

/** How many claims were made in a tree so far, so that what is derived from them can be kept until there is another one. */
export function claimsIn(construct: IConstruct): number {
  return (construct.node.root as any)[CLAIMS] ?? 0;
}

/** The claim on a construct itself, not that of an ancestor. */
export function ownClaim(construct: IConstruct): Claim | undefined {
  return (construct as any)[CLAIM];
}
