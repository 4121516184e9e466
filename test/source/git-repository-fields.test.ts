import { App, Chart, Duration, Testing } from 'cdk8s';
import { FluxSecret } from '../../src/flux';
import { FluxGitSource, FluxGitSourceProps, GitProvider, GitRef, GitVerificationMode } from '../../src/source';
import { emptyFields, fieldPaths } from '../flux/field-paths';

// Every field of spec of GitRepository v1, as the CRD of Flux 2.9 has it.
const FIELDS = [
  'ignore',
  'include.fromPath', 'include.repository.name', 'include.toPath',
  'interval',
  'provider',
  'proxySecretRef.name',
  'recurseSubmodules',
  'ref.branch', 'ref.commit', 'ref.name', 'ref.semver', 'ref.tag',
  'secretRef.name',
  'serviceAccountName',
  'sparseCheckout',
  'suspend',
  'timeout',
  'url',
  'verify.mode', 'verify.secretRef.name',
];

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

function spec(props: Partial<FluxGitSourceProps>): any {
  const chart = new Chart(new App(), 'chart');
  new FluxGitSource(chart, 'source', { name: 'cart', url: 'https://git.example/team/manifests.git', ref: GitRef.branch('cart'), ...props });
  return Testing.synth(chart)[0].spec;
}

function everything(): any {
  const scope = new Chart(new App(), 'chart');
  return spec({
    interval: Duration.minutes(5),
    timeout: Duration.hours(1),
    secret: FluxSecret.tls('login'),
    provider: GitProvider.AZURE,
    serviceAccountName: 'reader',
    proxySecret: FluxSecret.proxy('proxy'),
    ignore: '/*\n!/deploy\n',
    sparseCheckout: ['deploy', 'base'],
    recurseSubmodules: true,
    include: [{ repository: FluxGitSource.fromGitRepositoryName(scope, 'other', 'other'), fromPath: 'from', toPath: 'to' }],
    verify: { secret: FluxSecret.publicKeys('keys'), mode: GitVerificationMode.TAG_AND_HEAD },
    suspend: true,
  });
}

test('every property comes out under the name that Flux gives it', () => {
  expect(everything()).toMatchInlineSnapshot(`
{
  "ignore": "/*
!/deploy
",
  "include": [
    {
      "fromPath": "from",
      "repository": {
        "name": "other",
      },
      "toPath": "to",
    },
  ],
  "interval": "5m",
  "provider": "azure",
  "proxySecretRef": {
    "name": "proxy",
  },
  "recurseSubmodules": true,
  "ref": {
    "branch": "cart",
  },
  "secretRef": {
    "name": "login",
  },
  "serviceAccountName": "reader",
  "sparseCheckout": [
    "deploy",
    "base",
  ],
  "suspend": true,
  "timeout": "60m",
  "url": "https://git.example/team/manifests.git",
  "verify": {
    "mode": "TagAndHEAD",
    "secretRef": {
      "name": "keys",
    },
  },
}
`);
});

test('every field of the CRD can be reached, and nothing else comes out', () => {
  const refs = [GitRef.tag('v1'), GitRef.semver('1.x'), GitRef.refName('refs/heads/x'), GitRef.commit(COMMIT, 'main')].map((ref) => spec({ ref }));
  expect(fieldPaths([everything(), ...refs], FIELDS)).toEqual(FIELDS);
});

test('what is not given is left to Flux, but for the interval', () => {
  expect(spec({})).toEqual({ url: 'https://git.example/team/manifests.git', ref: { branch: 'cart' }, interval: '1m' });
  expect(spec({ verify: { secret: FluxSecret.publicKeys('keys') } }).verify).toEqual({ mode: 'HEAD', secretRef: { name: 'keys' } });
  expect(spec({ provider: GitProvider.AWS, serviceAccountName: undefined })).not.toHaveProperty('serviceAccountName');
});

test('nothing that is empty comes out', () => {
  const scope = new Chart(new App(), 'chart');
  const include = [{ repository: FluxGitSource.fromGitRepositoryName(scope, 'other', 'other') }];
  for (const props of [{}, { include }, { ref: GitRef.commit(COMMIT) }, { secret: undefined, verify: undefined }]) {
    expect(emptyFields(spec(props))).toEqual([]);
  }
});

test('false is written where it is given', () => {
  expect(spec({ suspend: false, recurseSubmodules: false })).toMatchObject({ suspend: false, recurseSubmodules: false });
});

test.each([
  [GitProvider.GENERIC, 'generic'], [GitProvider.AWS, 'aws'], [GitProvider.AZURE, 'azure'], [GitProvider.GITHUB, 'github'],
])('provider %s', (provider, field) => {
  expect(spec({ provider, secret: FluxSecret.fromSecretName('app') }).provider).toBe(field);
});

test('the providers and the modes of verification are those of the CRD', () => {
  expect(Object.values(GitProvider).sort()).toEqual(['aws', 'azure', 'generic', 'github']);
  expect(Object.values(GitVerificationMode).sort()).toEqual(['HEAD', 'Tag', 'TagAndHEAD']);
});

test('the timeout is written without hours, which the API server refuses there', () => {
  expect(spec({ timeout: Duration.hours(2), interval: Duration.hours(2) })).toMatchObject({ timeout: '120m', interval: '2h' });
});
