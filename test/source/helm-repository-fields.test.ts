import * as fc from 'fast-check';
import { FluxSecret } from '../../src/flux';
import { FluxHelmRepository } from '../../src/source';
import { expectFieldsCovered } from '../flux/coverage';
import { duration } from '../flux/go-duration';
import { specArbitrary } from '../schema/spec-arbitrary';

/** What Flux looks at for one type only is left out for the other; `default` is what a missing type means. */
function consistent({ type, passCredentials, suspend, provider, insecure, ...spec }: any): any {
  const own = spec.url.startsWith('oci:') ? { type: 'oci', provider, insecure } : { passCredentials, suspend };
  return { ...spec, ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) };
}

test('every field of a HelmRepository can be written, and comes out as it was meant', () => {
  expectFieldsCovered({
    kind: 'HelmRepository',
    specs: specArbitrary('HelmRepository', { url: fc.constantFrom('https://charts.example', 'oci://registry.example/charts') }).map(consistent),
    construct(scope, spec) {
      new FluxHelmRepository(scope, 'repository', {
        url: spec.url,
        interval: duration(spec.interval),
        timeout: duration(spec.timeout),
        secret: spec.secretRef && FluxSecret.basicAuth(spec.secretRef.name),
        certSecret: spec.certSecretRef && FluxSecret.tls(spec.certSecretRef.name),
        passCredentials: spec.passCredentials,
        provider: spec.provider,
        insecure: spec.insecure,
        accessFrom: spec.accessFrom,
        suspend: spec.suspend,
      });
    },
  });
});
