import { IConstruct } from 'constructs';
import { claimsIn, ownClaim } from './claim';
import { Destination, placeKey } from './destination';

const ENCRYPTED = Symbol.for('cdk8s-fluxcd.encrypted');

/** With what a Kustomization decrypts. */
export interface DecryptionKeys {
  /** The Secret with the private keys. */
  readonly secretName?: string;
  /** The service account that a key service knows. */
  readonly serviceAccountName?: string;
}

/** An object that the Kustomization which applies it has to decrypt. */
export interface EncryptedObject {
  readonly construct: IConstruct;
  /** What its author says that it is decrypted with. */
  readonly keys?: DecryptionKeys;
  /** Whether no key service can decrypt it, so that the Kustomization needs a Secret with private keys. */
  readonly needsPrivateKey: boolean;
}

/** All those of a tree, and where they go as of so many claims. */
interface Encrypted {
  readonly objects: EncryptedObject[];
  byDestination?: { readonly objects: number; readonly claims: number; readonly found: Map<string, EncryptedObject[]> };
}

/** Notes an object that has to be decrypted. */
export function markEncrypted(object: EncryptedObject): void {
  const { root } = object.construct.node;
  const all: Encrypted | undefined = (root as any)[ENCRYPTED];
  if (all) {
    all.objects.push(object);
  } else {
    Object.defineProperty(root, ENCRYPTED, { value: { objects: [object] } satisfies Encrypted });
  }
}

/** The objects that go to a destination, as claims are now, and have to be decrypted there. */
export function encryptedIn(destination: Destination): readonly EncryptedObject[] {
  const { root } = destination.owner.node;
  const all: Encrypted | undefined = (root as any)[ENCRYPTED];
  if (!all) {
    return [];
  }
  // Every Kustomization asks, so they are sorted once.
  const claims = claimsIn(root);
  if (all.byDestination?.objects !== all.objects.length || all.byDestination.claims !== claims) {
    const found = new Map<string, EncryptedObject[]>();
    for (const object of all.objects) {
      const place = destinationFor(object.construct);
      const key = place && placeKey(place);
      if (key !== undefined) {
        found.set(key, [...found.get(key) ?? [], object]);
      }
    }
    all.byDestination = { objects: all.objects.length, claims, found };
  }
  return all.byDestination.found.get(placeKey(destination)) ?? [];
}

function destinationFor(construct: IConstruct): Destination | undefined {
  const claimed = [...construct.node.scopes].reverse().find((scope) => ownClaim(scope));
  return claimed && ownClaim(claimed)!.destination;
}
