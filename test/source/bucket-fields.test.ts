import * as fc from 'fast-check';
import { FluxSecret } from '../../src/flux';
import { BucketProvider, FluxBucketSource } from '../../src/source';
import { expectFieldsCovered } from '../flux/coverage';
import { duration } from '../flux/go-duration';
import { specArbitrary } from '../schema/spec-arbitrary';

/** What the API server and Flux take: one way to log in, of those that the provider has. */
function consistent({ provider, serviceAccountName, sts, secretRef, ...spec }: any): any {
  const s3 = !['gcp', 'azure'].includes(provider);
  const { secretRef: _, certSecretRef: __, ...aws } = sts ?? {};
  const login = secretRef ? { secretRef } : {
    ...(['aws', 'gcp', 'azure'].includes(provider) && serviceAccountName ? { serviceAccountName } : {}),
    ...(sts && provider === 'aws' ? { sts: { ...aws, provider: 'aws' } } : {}),
    ...(sts && provider === 'generic' ? { sts: { ...sts, provider: 'ldap' } } : {}),
  };
  return { ...spec, ...(provider ? { provider } : {}), ...login, endpoint: s3 ? spec.endpoint : `https://${spec.endpoint}` };
}

function providerOf({ provider, serviceAccountName, sts }: any): BucketProvider | undefined {
  switch (provider) {
    case 'generic':
      return BucketProvider.generic({
        sts: sts && {
          endpoint: sts.endpoint,
          secret: sts.secretRef && FluxSecret.basicAuth(sts.secretRef.name),
          certSecret: sts.certSecretRef && FluxSecret.tls(sts.certSecretRef.name),
        },
      });
    case 'aws':
      return BucketProvider.aws({ serviceAccountName, sts: sts && { endpoint: sts.endpoint } });
    case 'gcp':
      return BucketProvider.gcp({ serviceAccountName });
    case 'azure':
      return BucketProvider.azure({ serviceAccountName });
    default:
      return undefined;
  }
}

test('every field of a Bucket can be written, and comes out as it was meant', () => {
  expectFieldsCovered({
    kind: 'Bucket',
    specs: specArbitrary('Bucket', { 'sts.endpoint': fc.constant('https://sts.example') }).map(consistent),
    construct(scope, spec) {
      new FluxBucketSource(scope, 'source', {
        bucketName: spec.bucketName,
        endpoint: spec.endpoint,
        provider: providerOf(spec),
        secret: spec.secretRef && FluxSecret.fromSecretName(spec.secretRef.name),
        certSecret: spec.certSecretRef && FluxSecret.tls(spec.certSecretRef.name),
        proxySecret: spec.proxySecretRef && FluxSecret.proxy(spec.proxySecretRef.name),
        region: spec.region,
        prefix: spec.prefix,
        ignore: spec.ignore,
        interval: duration(spec.interval),
        timeout: duration(spec.timeout),
        insecure: spec.insecure,
        suspend: spec.suspend,
      });
    },
  });
});
