import * as fc from 'fast-check';
import { FluxSecret } from '../../src/flux';
import { RegistryProvider, SignatureVerification } from '../../src/source';
import { nameArbitrary } from '../schema/spec-arbitrary';

/** The provider that a spec names. */
export function registryProviderOf({ provider, serviceAccountName }: any): RegistryProvider | undefined {
  switch (provider) {
    case 'generic':
      return RegistryProvider.generic({ serviceAccountName });
    case 'aws':
      return RegistryProvider.aws({ serviceAccountName });
    case 'azure':
      return RegistryProvider.azure({ serviceAccountName });
    case 'gcp':
      return RegistryProvider.gcp({ serviceAccountName });
    default:
      return undefined;
  }
}

/** What a `verify` of a spec may be. */
export function verificationArbitrary(keyless: string[]): fc.Arbitrary<any> {
  const reference = nameArbitrary.map((name) => ({ name }));
  const options: { [field: string]: fc.Arbitrary<any> } = {
    matchOIDCIdentity: fc.array(fc.record({ issuer: nameArbitrary, subject: nameArbitrary }), { minLength: 1, maxLength: 2 }),
    trustedRootSecretRef: reference,
  };
  return fc.oneof(
    fc.record({ provider: fc.constantFrom('cosign', 'notation'), secretRef: reference }),
    fc.record({ provider: fc.constant('cosign'), ...Object.fromEntries(keyless.map((field) => [field, options[field]])) }, { requiredKeys: ['provider'] }),
  );
}

/** The verification that a `verify` describes. */
export function verificationOf(verify: any): SignatureVerification | undefined {
  if (!verify) {
    return undefined;
  }
  const { provider, secretRef, matchOIDCIdentity, trustedRootSecretRef } = verify;
  if (provider === 'notation') {
    return SignatureVerification.notation(FluxSecret.notationTrust(secretRef.name));
  }
  return secretRef
    ? SignatureVerification.cosign(FluxSecret.cosignKeys(secretRef.name))
    : SignatureVerification.cosignKeyless({
      matchOIDCIdentity,
      trustedRootSecret: trustedRootSecretRef && FluxSecret.sigstoreTrustedRoot(trustedRootSecretRef.name),
    });
}
