import { IConstruct } from 'constructs';
import { KustomizationDecryption } from './kustomization-types';
import { constructError } from '../format';
import { DecryptionKeys, EncryptedObject } from '../routing';
import { FluxSecretLayout } from '../secrets';

/** What is said of `decryption`, as plain data. */
export function decryptionKeys(decryption: KustomizationDecryption | undefined): DecryptionKeys | undefined {
  return decryption && { secretName: decryption.secret?.secretName, serviceAccountName: decryption.serviceAccountName };
}

/**
 * Refuses a Secret in which kustomize-controller would look for private keys in vain.
 *
 * @throws if it is one
 */
export function requireSopsKeys(construct: IConstruct, decryption: KustomizationDecryption | undefined): void {
  const { layout, secretName } = decryption?.secret ?? {};
  if (layout !== undefined && layout !== FluxSecretLayout.SOPS_KEYS && layout !== FluxSecretLayout.ANY) {
    throw constructError(
      construct,
      `Flux does not read ${layout} from 'decryption.secret' (Secret '${secretName}')`,
      'Give FluxSecret.sopsKeys(), or FluxSecret.fromSecretName() if the Secret holds such keys',
    );
  }
}

/** What a Kustomization is told to decrypt with: by its own properties, by what it applies, or by its repository. */
export interface DecryptionSources {
  readonly own?: DecryptionKeys;
  readonly encrypted: readonly EncryptedObject[];
  readonly fallback?: DecryptionKeys;
}

/** What a Kustomization decrypts with; undefined if it has nothing to decrypt. */
export function decryptionFrom({ own, encrypted, fallback }: DecryptionSources): DecryptionKeys | undefined {
  // Without any keys it asks the cloud's key service as who it is.
  return own ?? (encrypted.length ? encrypted.find(({ keys }) => keys)?.keys ?? fallback ?? {} : undefined);
}

/** Why a Kustomization cannot decrypt all that it applies. */
export function decryptionProblems({ own, encrypted, fallback }: DecryptionSources): string[] {
  const told = [...own ? [{ keys: own, by: 'it' }] : [], ...encrypted.flatMap(({ keys, construct }) => keys ? [{ keys, by: `'${construct.node.path}'` }] : [])];
  const other = told.find(({ keys }) => !sameKeys(keys, told[0].keys));
  if (other) {
    return [`${told[0].by} says to decrypt with ${describe(told[0].keys)}, ${other.by} with ${describe(other.keys)}. ` +
      'A Kustomization has one decryption: put all private keys into one Secret, or deliver the two to different places.'];
  }
  return told.length || fallback ? [] : encrypted.filter(({ needsPrivateKey }) => needsPrivateKey).map(({ construct }) => (
    `it applies '${construct.node.path}', which only a private key decrypts, and nobody says which Secret holds that. ` +
    "Give the SopsSecret, the delivery or the ManifestRepository decryption: { secret: FluxSecret.sopsKeys('...') }; or 'decryption: {}' if the controller itself has an age key."
  ));
}

function sameKeys(one: DecryptionKeys, other: DecryptionKeys): boolean {
  return one.secretName === other.secretName && one.serviceAccountName === other.serviceAccountName;
}

function describe({ secretName, serviceAccountName }: DecryptionKeys): string {
  return [...secretName ? [`Secret '${secretName}'`] : [], ...serviceAccountName ? [`service account '${serviceAccountName}'`] : []].join(' and ') || 'no Secret';
}
