import { App, Chart, Duration, Testing } from 'cdk8s';
import { FluxSecret } from '../../src/flux';
import { existingOf } from '../../src/routing';
import { FluxOciSource, FluxOciSourceProps, OciRef, RegistryProvider, SignatureVerification } from '../../src/source';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

function newSource(props: Partial<FluxOciSourceProps> = {}): FluxOciSource {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  return new FluxOciSource(chart, 'source', { url: 'oci://registry.example/team/shop', ref: OciRef.tag('latest'), ...props });
}

const specOf = (props: Partial<FluxOciSourceProps>) => Testing.synth(Chart.of(newSource(props)))[0].spec;

test('an OCIRepository in flux-system, named like the construct', () => {
  const source = newSource({ ref: OciRef.semver('1.x'), verify: SignatureVerification.cosign(FluxSecret.cosignKeys('cosign')) });
  expect(Testing.synth(Chart.of(source))).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "source.toolkit.fluxcd.io/v1",
    "kind": "OCIRepository",
    "metadata": {
      "name": "source",
      "namespace": "flux-system",
    },
    "spec": {
      "interval": "1m",
      "ref": {
        "semver": "1.x",
      },
      "url": "oci://registry.example/team/shop",
      "verify": {
        "provider": "cosign",
        "secretRef": {
          "name": "cosign",
        },
      },
    },
  },
]
`);
  expect(source).toMatchObject({
    sourceApiVersion: 'source.toolkit.fluxcd.io/v1',
    sourceKind: 'OCIRepository',
    sourceName: 'source',
    sourceNamespace: 'flux-system',
    url: 'oci://registry.example/team/shop',
  });
});

test('the timeout is written without hours, which the API server refuses there', () => {
  expect(specOf({ timeout: Duration.hours(2), interval: Duration.hours(2) })).toMatchObject({ timeout: '120m', interval: '2h' });
});

test.each([
  ['a tag', OciRef.tag('v1'), { tag: 'v1' }],
  ['a range of tags', OciRef.semver('>=1.0.0 <2.0.0'), { semver: '>=1.0.0 <2.0.0' }],
  ['a range of some tags', OciRef.semver('1.x', '.*-rc.*'), { semver: '1.x', semverFilter: '.*-rc.*' }],
  ['a digest', OciRef.digest(DIGEST), { digest: DIGEST }],
])('it follows %s', (_, ref, fields) => {
  expect(specOf({ ref }).ref).toEqual(fields);
});

test.each([
  ['tag', () => OciRef.tag('')], ['semver', () => OciRef.semver('')], ['digest', () => OciRef.digest('')],
])('an empty %s is refused', (kind, make) => {
  expect(make).toThrow(`OciRef.${kind}: it is empty. Name the ${kind}.`);
});

test.each<[Partial<FluxOciSourceProps>, string]>([
  [{ ref: undefined }, "'ref' is missing. Say what to follow: OciRef.tag('...')."],
  [{ url: undefined }, "'url' is missing. Give the URL of the OCI repository."],
  [{ url: 'oci://registry.example/shop:1.0.0' }, 'spec.url: the URL carries a tag or a digest. Leave it out of the URL'],
  [{ ref: OciRef.digest('latest') }, "spec.ref.digest: 'latest' is no digest. Write 'sha256:' and 64 hexadecimal digits in lower case [oci-url: source-controller]."],
  [{ verify: SignatureVerification.cosign(FluxSecret.notationTrust('s')) }, "Flux does not read Notation trust policy from 'verify.secret' (Secret 's')"],
  [{ verify: SignatureVerification.notation(FluxSecret.cosignKeys('s')) }, "Flux does not read Cosign keys from 'verify.secret' (Secret 's')"],
  [
    { verify: SignatureVerification.cosignKeyless({ trustedRootSecret: FluxSecret.cosignKeys('s') }) },
    "Flux does not read Cosign keys from 'verify.trustedRootSecret' (Secret 's')",
  ],
  [{ secret: FluxSecret.basicAuth('s') }, "Flux does not read basic authentication from 'secret' (Secret 's'). Give a FluxSecret for registry login"],
  [{ certSecret: FluxSecret.registry('s') }, "Flux does not read registry login from 'certSecret' (Secret 's')"],
  [{ proxySecret: FluxSecret.registry('s') }, "Flux does not read registry login from 'proxySecret' (Secret 's')"],
])('a mistake is told: %#', (props, message) => {
  expect(() => newSource(props)).toThrow(`chart/source: ${message}`);
});

test('a verification by keys needs the keys', () => {
  expect(() => SignatureVerification.cosign(undefined!)).toThrow(
    "SignatureVerification.cosign: there is no Secret. Give 'FluxSecret.cosignKeys(...)'.",
  );
  expect(() => SignatureVerification.notation(undefined!)).toThrow(
    "SignatureVerification.notation: there is no Secret. Give 'FluxSecret.notationTrust(...)'.",
  );
});

test('what is not sure to be wrong is not refused', () => {
  expect(specOf({ provider: RegistryProvider.aws(), secret: FluxSecret.registry('login') })).toMatchObject({ provider: 'aws' });
  expect(specOf({ verify: SignatureVerification.cosignKeyless() }).verify).toEqual({ provider: 'cosign' });
});

test('one that is made elsewhere renders nothing', () => {
  const chart = new Chart(new App(), 'chart');
  const source = FluxOciSource.fromOciRepositoryName(chart, 'other', 'shop');
  expect(source).toMatchObject({ sourceKind: 'OCIRepository', sourceName: 'shop', sourceNamespace: 'flux-system' });
  expect(existingOf(source)).toEqual({ group: 'source.toolkit.fluxcd.io', kind: 'OCIRepository', name: 'shop', namespace: 'flux-system' });
  expect(Testing.synth(chart)).toEqual([]);
  expect(() => FluxOciSource.fromOciRepositoryName(chart, 'nameless', undefined!)).toThrow("chart/nameless: 'name' is missing. Give the name of the OCIRepository.");
});
