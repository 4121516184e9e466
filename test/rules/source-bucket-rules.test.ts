import { said } from './support';

const FINE = { bucketName: 'shop', endpoint: 's3.example:9000', interval: '1m' };
const saidOf = (spec: any) => said('Bucket', { ...FINE, ...spec });

test('a broken Bucket is told what breaks it', () => {
  expect([
    saidOf({ endpoint: 'https://s3.example' }),
    saidOf({ provider: 'aws', endpoint: 's3.amazonaws.com/shop' }),
    saidOf({ provider: 'azure', endpoint: 'account.blob.core.windows.net' }),
    saidOf({ secretRef: { name: 'key' }, sts: { provider: 'ldap', endpoint: 'https://sts.example' } }),
    saidOf({ provider: 'gcp', insecure: true, certSecretRef: { name: 'tls' } }),
    saidOf({ insecure: true, certSecretRef: { name: 'tls' } }),
  ],
  ).toMatchInlineSnapshot(`
[
  [
    "bucket-endpoint (error) spec.endpoint: the endpoint of a server with the API of S3 is a host, without scheme and path. Give 'host' or 'host:port'; for HTTP set 'insecure: true'.",
  ],
  [
    "bucket-endpoint (error) spec.endpoint: the endpoint of a server with the API of S3 is a host, without scheme and path. Give 'host' or 'host:port'; for HTTP set 'insecure: true'.",
  ],
  [
    "bucket-endpoint (error) spec.endpoint: the endpoint of Azure Blob Storage is a URL. Give 'https://<account>.blob.core.windows.net'.",
  ],
  [
    "bucket-login (error) spec.sts: Flux logs in by 'secretRef' and never asks the token service. Keep the one that is meant.",
  ],
  [
    "bucket-unread (warning) spec.insecure: Flux does not look at it with provider 'gcp'. Leave it out.",
    "bucket-unread (warning) spec.certSecretRef: Flux does not look at it with provider 'gcp'. Leave it out.",
  ],
  [
    "bucket-unread (warning) spec.certSecretRef: with 'insecure' there is no certificate to verify. Leave it out.",
  ],
]
`);
});

test.each([
  [{}],
  [{ endpoint: 's3.example/' }],
  [{ endpoint: '' }],
  [{ endpoint: '${ENDPOINT}' }],
  [{ provider: 'azure', endpoint: 'https://account.blob.core.windows.net/path' }],
  [{ provider: 'gcp', endpoint: 'https://storage.googleapis.com', region: 'eu' }],
  [{ secretRef: { name: 'key' } }],
  [{ provider: 'aws', sts: { provider: 'aws', endpoint: 'https://sts.example' } }],
  [{ provider: 'aws', certSecretRef: { name: 'tls' } }],
  [{ insecure: true }],
  [{ provider: 'gcp', insecure: false }],
])('nothing is said of %j', (spec) => {
  expect(saidOf(spec)).toEqual([]);
});
