import { said } from './support';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const FINE = { url: 'https://git.example/team/shop.git', interval: '1m', ref: { branch: 'main' } };
const saidOf = (spec: any) => said('GitRepository', { ...FINE, ...spec });

test('a broken GitRepository is told what breaks it', () => {
  expect([
    saidOf({ url: 'git@git.example:team/shop.git' }),
    saidOf({ url: 'https://ci:hunter2@git.example/shop' }),
    saidOf({ url: 'ssh://git@git.example/team/shop' }),
    saidOf({ provider: 'github' }),
    saidOf({ url: 'ssh://git@git.example/team/shop', provider: 'azure', secretRef: { name: 'key' } }),
    saidOf({ ref: { branch: 'main', tag: 'v1', semver: '1.x' } }),
    saidOf({ ref: { commit: COMMIT, branch: 'main', tag: 'v1' } }),
    saidOf({ ref: { name: 'refs/heads/main', branch: 'main' } }),
    saidOf({ ref: undefined }),
    saidOf({ ref: { branch: '' } }),
    saidOf({ ref: { name: 'main' } }),
    saidOf({ ref: { commit: 'abc123' } }),
    saidOf({ verify: { mode: 'TagAndHEAD', secretRef: { name: 'keys' } } }),
    saidOf({ ref: { commit: COMMIT, name: 'refs/tags/v1' }, verify: { mode: 'Tag' } }),
    saidOf({ ref: {}, verify: { mode: 'Tag' } }),
  ],
  ).toMatchInlineSnapshot(`
[
  [
    "git-url (error) spec.url: Flux does not read a Git URL in scp style. Write 'ssh://git@git.example/team/shop.git'.",
  ],
  [
    "git-url (error) spec.url: the URL of 'https://git.example/shop' carries a credential. Leave the user-info out of the URL and name the Secret that holds it ('secret: FluxSecret...').",
  ],
  [
    "git-ssh-key (error) spec.secretRef: Flux reads an ssh URL with a key, and there is none. Give 'secret: FluxSecret.ssh(...)', in YAML a 'secretRef' to a Secret with 'identity' and 'known_hosts'.",
  ],
  [
    "git-github-app (error) spec.secretRef: provider 'github' reads a GitHub App from a Secret, and there is none. Give 'secret: FluxSecret.githubApp(...)', in YAML a 'secretRef'.",
  ],
  [
    "git-provider-ssh (error) spec.provider: over ssh Flux logs in by a key, and never by provider 'azure'. Give the 'https://' URL.",
  ],
  [
    "git-ref-precedence (error) spec.ref.semver: Flux follows 'ref.tag' and does not look at 'ref.semver'. Keep the one that is meant.",
    "git-ref-precedence (error) spec.ref.branch: Flux follows 'ref.tag' and does not look at 'ref.branch'. Keep the one that is meant.",
  ],
  [
    "git-ref-precedence (error) spec.ref.tag: Flux follows 'ref.commit' and does not look at 'ref.tag'. Keep the one that is meant.",
  ],
  [
    "git-ref-precedence (error) spec.ref.branch: Flux follows 'ref.name' and does not look at 'ref.branch'. Keep the one that is meant.",
  ],
  [
    "git-ref-missing (warning) spec.ref: nothing is named to follow, so that Flux follows the branch 'master'. Name the branch.",
  ],
  [
    "git-ref-missing (warning) spec.ref: nothing is named to follow, so that Flux follows the branch 'master'. Name the branch.",
  ],
  [
    "git-ref-name (error) spec.ref.name: 'main' is no full reference. Write 'refs/heads/<branch>', or what it is.",
  ],
  [
    "git-ref-commit (error) spec.ref.commit: 'abc123' is no commit. Give its full hash: 40 hexadecimal digits (64 with SHA-256).",
  ],
  [
    "git-verify-tag (error) spec.verify.mode: 'TagAndHEAD' verifies the signature of a tag, and 'ref.branch' is none. Follow a tag, or take mode 'HEAD'.",
  ],
  [
    "git-verify-tag (error) spec.verify.mode: 'Tag' verifies the signature of a tag, and 'ref.commit' is none. Follow a tag, or take mode 'HEAD'.",
  ],
  [
    "git-ref-missing (warning) spec.ref: nothing is named to follow, so that Flux follows the branch 'master'. Name the branch.",
    "git-verify-tag (error) spec.verify.mode: 'Tag' verifies the signature of a tag, and the branch 'master' is none. Follow a tag, or take mode 'HEAD'.",
  ],
]
`);
});

test.each([
  [{}],
  [{ url: 'ssh://git@git.example/team/shop', secretRef: { name: 'key' } }],
  [{ url: '${REPOSITORY}' }],
  [{ url: 'https://${HOST}/team/shop' }],
  [{ provider: 'github', secretRef: { name: 'app' } }],
  [{ provider: 'aws' }],
  [{ provider: 'generic', url: 'ssh://git@git.example/team/shop', secretRef: { name: 'key' } }],
  [{ ref: { commit: COMMIT, branch: 'main' } }],
  [{ ref: { commit: COMMIT, name: 'refs/pull/1/head' } }],
  [{ ref: { commit: COMMIT.toUpperCase() } }],
  [{ ref: { branch: 'main', tag: '', semver: null } }],
  [{ ref: { name: 'HEAD' } }],
  [{ ref: { name: '${REF}', branch: '' } }],
  [{ ref: { commit: '${COMMIT}' } }],
  [{ verify: { mode: 'HEAD', secretRef: { name: 'keys' } } }],
  [{ ref: { tag: 'v1' }, verify: { mode: 'Tag' } }],
  [{ ref: { semver: '1.x' }, verify: { mode: 'TagAndHEAD' } }],
  [{ ref: { name: 'refs/tags/v1' }, verify: { mode: 'Tag' } }],
  [{ ref: { name: '${REF}' }, verify: { mode: 'Tag' } }],
])('nothing is said of %j', (spec) => {
  expect(saidOf(spec)).toEqual([]);
});
