import { said } from './support';

const FINE: { [kind: string]: (verify: any) => any } = {
  OCIRepository: (verify) => ({ url: 'oci://registry.example/shop', ref: { tag: 'latest' }, verify }),
  HelmChart: (verify) => ({ chart: 'shop', sourceRef: { kind: 'HelmRepository', name: 'charts' }, verify }),
};
const identity = [{ issuer: '^https://issuer.example$', subject: '^shop$' }];

function brokenOnes(kind: string): string[][] {
  return [
    { provider: 'notation' },
    { provider: 'notation', secretRef: { name: 'trust' }, matchOIDCIdentity: identity },
    { provider: 'cosign', secretRef: { name: 'keys' }, matchOIDCIdentity: identity, trustedRootSecretRef: { name: 'root' } },
    { provider: 'cosign' },
    { matchOIDCIdentity: [] },
  ].map((verify) => said(kind, FINE[kind](verify)));
}

test('a broken verification is told what breaks it', () => {
  expect(brokenOnes('OCIRepository')).toMatchInlineSnapshot(`
[
  [
    "signature-notation-secret (error) spec.verify.secretRef: Notation verifies by a trust policy in a Secret, and there is none. Give 'FluxSecret.notationTrust(...)', in YAML a 'secretRef'.",
  ],
  [
    "signature-unread (error) spec.verify.matchOIDCIdentity: Flux looks at 'matchOIDCIdentity' only where it verifies without keys. Leave it out.",
  ],
  [
    "signature-unread (error) spec.verify.matchOIDCIdentity: Flux looks at 'matchOIDCIdentity' only where it verifies without keys. Leave it out, or 'secretRef'.",
    "signature-unread (error) spec.verify.trustedRootSecretRef: Flux looks at 'trustedRootSecretRef' only where it verifies without keys. Leave it out, or 'secretRef'.",
  ],
  [
    "signature-anybody (warning) spec.verify.matchOIDCIdentity: it is not said who may sign, so that the signature of anybody may do. Name the issuer and the subject of those who may.",
  ],
  [
    "signature-anybody (warning) spec.verify.matchOIDCIdentity: it is not said who may sign, so that the signature of anybody may do. Name the issuer and the subject of those who may.",
  ],
]
`);
  expect(brokenOnes('HelmChart')).toEqual(brokenOnes('OCIRepository'));
});

test.each([
  [undefined],
  [null],
  [{ provider: 'notation', secretRef: { name: 'trust' } }],
  [{ provider: 'cosign', secretRef: { name: 'keys' } }],
  [{ provider: 'cosign', matchOIDCIdentity: identity, trustedRootSecretRef: { name: 'root' } }],
])('nothing is said of %j', (verify) => {
  expect(Object.keys(FINE).flatMap((kind) => said(kind, FINE[kind](verify)))).toEqual([]);
});

test('the chart of a HelmRelease is verified alike, but cannot say who may sign', () => {
  const about = (verify: any) => said('HelmRelease', { chart: { spec: { verify } } }).filter((line) => line.startsWith('signature-'));
  expect(about({ provider: 'notation' })).toEqual([expect.stringMatching(/^signature-notation-secret \(error\) spec\.chart\.spec\.verify\.secretRef: /)]);
  expect(about({ provider: 'cosign' })).toEqual([]);
  expect(about(undefined)).toEqual([]);
});
