import { said } from './support';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const FINE = { url: 'oci://registry.example/team/shop', interval: '1m', ref: { tag: 'latest' } };
const saidOf = (spec: any) => said('OCIRepository', { ...FINE, ...spec });

test('a broken OCIRepository is told what breaks it', () => {
  expect([
    saidOf({ url: 'oci://registry.example/team/shop:1.0.0' }),
    saidOf({ url: `oci://registry.example:5000/shop@${DIGEST}` }),
    saidOf({ url: 'oci://localhost:5000' }),
    saidOf({ url: 'oci://ci:hunter2@registry.example/shop' }),
    saidOf({ url: 'oci://registry.example/Team/shop' }),
    saidOf({ url: 'oci://registry.example/' }),
    saidOf({ ref: { tag: 'latest', digest: DIGEST, semver: '1.x' } }),
    saidOf({ ref: { tag: 'latest', semver: '1.x' } }),
    saidOf({ ref: { tag: 'latest', semverFilter: '.*-rc.*' } }),
    saidOf({ ref: { digest: DIGEST, semverFilter: '.*-rc.*' } }),
    saidOf({ ref: { digest: 'sha512:0' } }),
    saidOf({ ref: { digest: DIGEST.toUpperCase() } }),
    saidOf({ ref: undefined }),
    saidOf({ ref: { tag: '' } }),
    saidOf({ provider: 'aws', secretRef: { name: 'login' } }),
  ],
  ).toMatchInlineSnapshot(`
[
  [
    "oci-url (error) spec.url: the URL carries a tag or a digest. Leave it out of the URL, and write it as 'ref.tag' or 'ref.digest'.",
  ],
  [
    "oci-url (error) spec.url: the URL carries a tag or a digest. Leave it out of the URL, and write it as 'ref.tag' or 'ref.digest'.",
  ],
  [
    "oci-url (error) spec.url: the URL carries a tag or a digest. Leave it out of the URL, and write it as 'ref.tag' or 'ref.digest'.",
  ],
  [
    "oci-url (error) spec.url: the URL carries a credential. Leave it out of the URL and name the Secret that holds it ('secret: FluxSecret.registry(...)').",
  ],
  [
    "oci-url (error) spec.url: no repository of a registry can be called like that. Use lower-case letters, digits and '_', '-', '.', '/', 2 to 255 characters.",
  ],
  [
    "oci-url (error) spec.url: no repository of a registry can be called like that. Use lower-case letters, digits and '_', '-', '.', '/', 2 to 255 characters.",
  ],
  [
    "oci-ref-precedence (error) spec.ref.semver: Flux follows 'ref.digest' and does not look at 'ref.semver'. Keep the one that is meant.",
    "oci-ref-precedence (error) spec.ref.tag: Flux follows 'ref.digest' and does not look at 'ref.tag'. Keep the one that is meant.",
  ],
  [
    "oci-ref-precedence (error) spec.ref.tag: Flux follows 'ref.semver' and does not look at 'ref.tag'. Keep the one that is meant.",
  ],
  [
    "oci-semver-filter (error) spec.ref.semverFilter: it counts with 'ref.semver' only. Follow a range of tags, as '>=0.0.0-0', or leave it out.",
  ],
  [
    "oci-semver-filter (error) spec.ref.semverFilter: it counts with 'ref.semver' only. Follow a range of tags, as '>=0.0.0-0', or leave it out.",
  ],
  [
    "oci-ref-digest (error) spec.ref.digest: 'sha512:0' is no digest. Write 'sha256:' and 64 hexadecimal digits in lower case.",
  ],
  [
    "oci-ref-digest (error) spec.ref.digest: 'SHA256:0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF' is no digest. Write 'sha256:' and 64 hexadecimal digits in lower case.",
  ],
  [
    "oci-ref-missing (warning) spec.ref: nothing is named to follow, so that Flux follows the tag 'latest'. Name a tag, a range or a digest.",
  ],
  [
    "oci-ref-missing (warning) spec.ref: nothing is named to follow, so that Flux follows the tag 'latest'. Name a tag, a range or a digest.",
  ],
  [
    "registry-provider-unread (warning) spec.provider: Flux logs in by 'secretRef' and never by provider 'aws'. Keep the one that is meant.",
  ],
]
`);
});

test.each([
  [{}],
  [{ url: 'oci://localhost:5000/shop' }],
  [{ url: 'oci://team/shop' }],
  [{ url: 'oci://[::1]:5000/shop' }],
  [{ url: 'oci://${REGISTRY}/shop:1.0' }],
  [{ url: 'https://registry.example/shop:1.0' }],
  [{ ref: { semver: '1.x', semverFilter: '.*-rc.*' } }],
  [{ ref: { digest: DIGEST } }],
  [{ ref: { digest: '${DIGEST}' } }],
  [{ provider: 'aws' }],
  [{ provider: 'generic', secretRef: { name: 'login' } }],
])('nothing is said of %j', (spec) => {
  expect(saidOf(spec)).toEqual([]);
});

test('a HelmRepository logs in by the Secret too, where it is a registry', () => {
  const spec = { provider: 'gcp', secretRef: { name: 'login' } };
  expect(said('HelmRepository', { ...spec, type: 'oci', url: 'oci://registry.example/charts' })).toEqual([
    "registry-provider-unread (warning) spec.provider: Flux logs in by 'secretRef' and never by provider 'gcp'. Keep the one that is meant.",
  ]);
  expect(said('HelmRepository', { secretRef: { name: 'login' }, provider: 'generic', url: 'https://charts.example' })).toEqual([]);
});
