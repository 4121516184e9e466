import { App, Chart, Testing } from 'cdk8s';
import { FluxSecret } from '../../src/flux';
import { existingOf } from '../../src/routing';
import { BucketProvider, FluxBucketSource, FluxBucketSourceProps } from '../../src/source';

function newSource(props: Partial<FluxBucketSourceProps> = {}): FluxBucketSource {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  return new FluxBucketSource(chart, 'source', { bucketName: 'shop', endpoint: 's3.example', ...props });
}

test('a Bucket in flux-system, named like the construct', () => {
  const source = newSource({ secret: FluxSecret.accessKey('s3'), prefix: 'deploy/' });
  expect(Testing.synth(Chart.of(source))).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "source.toolkit.fluxcd.io/v1",
    "kind": "Bucket",
    "metadata": {
      "name": "source",
      "namespace": "flux-system",
    },
    "spec": {
      "bucketName": "shop",
      "endpoint": "s3.example",
      "interval": "1m",
      "prefix": "deploy/",
      "secretRef": {
        "name": "s3",
      },
    },
  },
]
`);
  expect(source).toMatchObject({
    sourceApiVersion: 'source.toolkit.fluxcd.io/v1', sourceKind: 'Bucket', sourceName: 'source', sourceNamespace: 'flux-system',
  });
});

test.each<[string, Partial<FluxBucketSourceProps>]>([
  ['generic', { secret: FluxSecret.accessKey('s') }],
  ['aws', { secret: FluxSecret.accessKey('s'), provider: BucketProvider.aws() }],
  ['gcp', { secret: FluxSecret.gcpServiceAccount('s'), provider: BucketProvider.gcp() }],
  ['azure', { secret: FluxSecret.azureIdentity('s'), provider: BucketProvider.azure(), endpoint: 'https://shop.blob.core.windows.net' }],
])('with provider %s it takes the Secret that this one reads, and no other', (_, props) => {
  expect(() => newSource(props)).not.toThrow();
  expect(() => newSource({ ...props, secret: FluxSecret.registry('s') })).toThrow(
    `chart/source: Flux does not read registry login from 'secret' (Secret 's'). Give a FluxSecret for ${props.secret!.layout}, or`,
  );
});

const sts = { endpoint: 'https://sts.example' };

test.each<[Partial<FluxBucketSourceProps>, string]>([
  [{ bucketName: undefined }, "'bucketName' is missing. Give the name of the bucket."],
  [{ endpoint: undefined }, "'endpoint' is missing. Give the address of the server."],
  [{ endpoint: 'https://s3.example' }, 'spec.endpoint: the endpoint of a server with the API of S3 is a host, without scheme and path.'],
  [{ endpoint: 'shop', provider: BucketProvider.azure() }, 'spec.endpoint: the endpoint of Azure Blob Storage is a URL.'],
  [
    { secret: FluxSecret.accessKey('s'), provider: BucketProvider.aws({ serviceAccountName: 'reader' }) },
    "the API server refuses 'secret' beside the provider's 'serviceAccountName'. Give one of the two.",
  ],
  [
    { secret: FluxSecret.accessKey('s'), provider: BucketProvider.generic({ sts }) },
    "spec.sts: Flux logs in by 'secretRef' and never asks the token service. Keep the one that is meant [bucket-endpoint: source-controller].",
  ],
  [{ provider: BucketProvider.generic({ sts: { ...sts, secret: FluxSecret.token('s') } }) }, "Flux does not read token from 'sts.secret' (Secret 's')"],
  [{ provider: BucketProvider.generic({ sts: { ...sts, certSecret: FluxSecret.token('s') } }) }, "Flux does not read token from 'sts.certSecret'"],
  [{ certSecret: FluxSecret.token('s') }, "Flux does not read token from 'certSecret' (Secret 's')"],
  [{ proxySecret: FluxSecret.token('s') }, "Flux does not read token from 'proxySecret' (Secret 's')"],
])('a mistake is told: %#', (props, message) => {
  expect(() => newSource(props)).toThrow(`chart/source: ${message}`);
});

test('the token service of AWS takes no Secret, whatever an app without types gives it', () => {
  const untyped: any = { ...sts, secret: FluxSecret.basicAuth('s') };
  const source = newSource({ provider: BucketProvider.aws({ sts: untyped }) });
  expect(Testing.synth(Chart.of(source))[0].spec.sts).toEqual({ provider: 'aws', endpoint: 'https://sts.example' });
});

test('one that is made elsewhere renders nothing', () => {
  const chart = new Chart(new App(), 'chart');
  const source = FluxBucketSource.fromBucketName(chart, 'other', 'shop', 'team');
  expect(source).toMatchObject({ sourceKind: 'Bucket', sourceName: 'shop', sourceNamespace: 'team' });
  expect(existingOf(source)).toEqual({ group: 'source.toolkit.fluxcd.io', kind: 'Bucket', name: 'shop', namespace: 'team' });
  expect(Testing.synth(chart)).toEqual([]);
});
