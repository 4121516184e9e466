import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { FluxSecret } from '../../src/flux';
import { GitRef, IFluxSource, RegistryProvider, SignatureVerification } from '../../src/source';
import { nameArbitrary } from '../schema/spec-arbitrary';

/** The source that a `sourceRef` names. */
export function sourceOf(scope: Construct, { kind, name, namespace }: any, ownNamespace: string): IFluxSource {
  return Object.assign(new Construct(scope, 'source'), {
    sourceApiVersion: 'source.toolkit.fluxcd.io/v1', sourceKind: kind, sourceName: name, sourceNamespace: namespace ?? ownNamespace,
  });
}

/** The reference that a `ref` of Git describes. */
export function gitRefOf({ branch, tag, semver, name, commit }: any): GitRef {
  if (commit) {
    return GitRef.commit(commit, branch);
  }
  return branch ? GitRef.branch(branch) : tag ? GitRef.tag(tag) : semver ? GitRef.semver(semver) : GitRef.refName(name);
}

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
