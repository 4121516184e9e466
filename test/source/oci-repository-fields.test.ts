import * as fc from 'fast-check';
import { registryProviderOf, verificationArbitrary, verificationOf } from './alternatives';
import { FluxSecret } from '../../src/flux';
import { FluxOciSource, OciRef } from '../../src/source';
import { expectFieldsCovered } from '../flux/coverage';
import { duration } from '../flux/go-duration';
import { nameArbitrary, specArbitrary } from '../schema/spec-arbitrary';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

function refOf({ tag, semver, semverFilter, digest }: any): OciRef {
  return tag ? OciRef.tag(tag) : semver ? OciRef.semver(semver, semverFilter) : OciRef.digest(digest);
}

test('every field of an OCIRepository can be written, and comes out as it was meant', () => {
  expectFieldsCovered({
    kind: 'OCIRepository',
    specs: specArbitrary('OCIRepository', {
      url: fc.constantFrom('oci://registry.example/team/shop', 'oci://localhost:5000/shop'),
      ref: fc.oneof(
        nameArbitrary.map((tag) => ({ tag })),
        fc.constantFrom({ semver: '1.x' }, { semver: '>=1.0.0-0', semverFilter: '.*-rc.*' }, { digest: DIGEST }),
      ),
      verify: verificationArbitrary(['matchOIDCIdentity', 'trustedRootSecretRef']),
    }).map(({ ref = { tag: 'latest' }, provider, serviceAccountName, ...spec }) => (
      { ...spec, ref, ...(provider ? { provider, ...(serviceAccountName ? { serviceAccountName } : {}) } : {}) }
    )),
    construct(scope, spec) {
      new FluxOciSource(scope, 'source', {
        url: spec.url,
        ref: refOf(spec.ref),
        interval: duration(spec.interval),
        timeout: duration(spec.timeout),
        layerSelector: spec.layerSelector,
        provider: registryProviderOf(spec),
        secret: spec.secretRef && FluxSecret.registry(spec.secretRef.name),
        verify: verificationOf(spec.verify),
        certSecret: spec.certSecretRef && FluxSecret.tls(spec.certSecretRef.name),
        proxySecret: spec.proxySecretRef && FluxSecret.proxy(spec.proxySecretRef.name),
        ignore: spec.ignore,
        insecure: spec.insecure,
        suspend: spec.suspend,
      });
    },
  });
});
