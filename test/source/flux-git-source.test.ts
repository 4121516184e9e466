import { ApiObject, App, Chart, Duration, JsonPatch, Testing } from 'cdk8s';
import { FluxSecret } from '../../src/flux';
import { existingOf } from '../../src/routing';
import { FluxGitSource, FluxGitSourceProps, GitProvider, GitRef } from '../../src/source';

const URL = 'https://git.example/team/manifests.git';

function newSource(props: Partial<FluxGitSourceProps> = {}): FluxGitSource {
  return new FluxGitSource(new Chart(new App(), 'chart', { namespace: 'shop' }), 'source', { url: URL, ref: GitRef.branch('cart'), ...props });
}

test('a GitRepository in flux-system, named like its branch', () => {
  const source = newSource({ ref: GitRef.branch('feature/New_Login') });
  expect(Testing.synth(Chart.of(source))).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "source.toolkit.fluxcd.io/v1",
    "kind": "GitRepository",
    "metadata": {
      "name": "feature-new-login",
      "namespace": "flux-system",
    },
    "spec": {
      "interval": "1m",
      "ref": {
        "branch": "feature/New_Login",
      },
      "url": "https://git.example/team/manifests.git",
    },
  },
]
`);
  expect(source).toMatchObject({
    sourceApiVersion: 'source.toolkit.fluxcd.io/v1', sourceKind: 'GitRepository', sourceName: 'feature-new-login', sourceNamespace: 'flux-system', url: URL,
  });
  expect(source.ref.branchName).toBe('feature/New_Login');
});

test('a name and a namespace of its own', () => {
  const source = newSource({ name: 'cart-source', namespace: 'shop', labels: { team: 'blue' }, annotations: { note: 'x' } });
  expect([source.sourceName, source.sourceNamespace]).toEqual(['cart-source', 'shop']);
  expect(Testing.synth(Chart.of(source))[0].metadata).toEqual({
    name: 'cart-source', namespace: 'shop', labels: { team: 'blue' }, annotations: { note: 'x' },
  });
});

test.each([
  ['a tag', GitRef.tag('v1')],
  ['a range', GitRef.semver('1.x')],
  ['a reference', GitRef.refName('refs/heads/cart')],
  ['a commit on a branch', GitRef.commit('0'.repeat(40), 'cart')],
])('following %s it needs a name', (_, ref) => {
  expect(() => newSource({ ref })).toThrow("chart/source: the GitRepository has no name. Give a 'name' of lower-case letters");
  expect(newSource({ ref, name: 'cart' }).sourceName).toBe('cart');
});

test('following a branch that makes no object name it needs one', () => {
  expect(() => newSource({ ref: GitRef.branch('x'.repeat(64)) })).toThrow(`chart/source: '${'x'.repeat(64)}' cannot be the name of a GitRepository. Give a 'name'`);
  expect(newSource({ ref: GitRef.branch('x'.repeat(64)), name: 'cart' }).sourceName).toBe('cart');
});

test.each([
  [{ ref: undefined }, "'ref' is missing. Say what to follow: GitRef.branch('...')."],
  [{ url: undefined }, "'url' is missing. Give the URL of the Git repository."],
])('what is missing is told: %j', (props, message) => {
  expect(() => newSource(props)).toThrow(`chart/source: ${message}`);
});

test('one that is made elsewhere has a name', () => {
  expect(() => FluxGitSource.fromGitRepositoryName(new Chart(new App(), 'chart'), 'source', process.env.NO_SUCH_VARIABLE!)).toThrow(
    "chart/source: 'name' is missing. Give the name of the GitRepository.",
  );
});

test.each([
  [
    'git@git.example:team/manifests.git',
    "chart/source: GitRepository flux-system/cart: spec.url: Flux does not read a Git URL in scp style. Write 'ssh://git@git.example/team/manifests.git'",
  ],
  ['https://ci:hunter2@git.example/x', "chart/source: GitRepository flux-system/cart: spec.url: the URL of 'https://git.example/x' carries a credential. Leave the user-info out of the URL"],
  ['oci://git.example/x', "chart/source: GitRepository flux-system/cart: spec.url: 'oci://git.example/x' is not a Git URL that Flux reads. Give one that starts with"],
])('the URL %s is refused', (url, message) => {
  expect(() => newSource({ url })).toThrow(message);
});

test.each([
  ['interval', { interval: Duration.millis(0.5) }],
  ['timeout', { timeout: Duration.millis(0.5) }],
])('%s: a fraction of a millisecond is refused where it is given', (field, props) => {
  expect(() => newSource(props)).toThrow(`chart/source: '${field}': a duration of 0.5 ms is not a whole number of milliseconds. Give whole milliseconds.`);
});

describe('Secrets', () => {
  const secrets = {
    basicAuth: FluxSecret.basicAuth('s'),
    bearerToken: FluxSecret.bearerToken('s'),
    ssh: FluxSecret.ssh('s'),
    tls: FluxSecret.tls('s'),
    githubApp: FluxSecret.githubApp('s'),
    proxy: FluxSecret.proxy('s'),
    publicKeys: FluxSecret.publicKeys('s'),
    sopsKeys: FluxSecret.sopsKeys('s'),
    kubeConfig: FluxSecret.kubeConfig('s'),
    fromSecretName: FluxSecret.fromSecretName('s'),
  };
  const cases: [string, string[], (secret: FluxSecret) => Partial<FluxGitSourceProps>][] = [
    ['secret', ['basicAuth', 'bearerToken', 'tls', 'githubApp'], (secret) => ({ secret })],
    ['secret', ['basicAuth', 'bearerToken', 'tls'], (secret) => ({ secret, provider: GitProvider.generic() })],
    ['secret', ['ssh'], (secret) => ({ secret, url: 'ssh://git@git.example/team/manifests' })],
    ['secret', ['tls'], (secret) => ({ secret, provider: GitProvider.aws() })],
    ['secret', ['tls'], (secret) => ({ secret, provider: GitProvider.azure({ serviceAccountName: 'reader' }) })],
    ['proxySecret', ['proxy'], (proxySecret) => ({ proxySecret })],
    ['verify.secret', ['publicKeys'], (secret) => ({ verify: { secret } })],
  ];
  test.each(cases)('%s takes what holds the keys of %j, and a Secret by name', (field, layouts, propsWith) => {
    for (const [layout, secret] of Object.entries(secrets)) {
      const make = () => newSource(propsWith(secret));
      if (layout === 'fromSecretName' || layouts.includes(layout)) {
        expect(make).not.toThrow();
      } else {
        expect(make).toThrow(`chart/source: Flux does not read ${secret.layout} from '${field}' (Secret 's'). Give a FluxSecret for `);
      }
    }
  });

  test('the remedy names the layouts that would do', () => {
    expect(() => newSource({ secret: FluxSecret.proxy('s') })).toThrow(
      'Give a FluxSecret for basic authentication, bearer token, TLS, or FluxSecret.fromSecretName() if the Secret holds those keys.',
    );
  });

  test('one of a GitHub App says how to log in, and no other one does', () => {
    const provider = (props: Partial<FluxGitSourceProps>) => Testing.synth(Chart.of(newSource(props)))[0].spec.provider;
    expect(provider({ secret: FluxSecret.githubApp('app') })).toBe('github');
    expect(provider({ secret: FluxSecret.basicAuth('login') })).toBeUndefined();
    expect(provider({ secret: FluxSecret.fromSecretName('app') })).toBeUndefined();
  });
});

test.each([
  [GitProvider.generic(), { provider: 'generic' }],
  [GitProvider.aws(), { provider: 'aws' }],
  [GitProvider.aws({ serviceAccountName: 'reader' }), { provider: 'aws', serviceAccountName: 'reader' }],
  [GitProvider.azure(), { provider: 'azure' }],
  [GitProvider.azure({ serviceAccountName: 'reader' }), { provider: 'azure', serviceAccountName: 'reader' }],
])('a provider: %j', (provider, fields) => {
  const { provider: written, serviceAccountName } = Testing.synth(Chart.of(newSource({ provider })))[0].spec;
  expect({ provider: written, serviceAccountName }).toEqual(fields);
});

describe('include', () => {
  const scope = new Chart(new App(), 'chart');

  test('takes a GitRepository of the same namespace', () => {
    const other = newSource({ namespace: 'shop', name: 'other' });
    const source = newSource({ namespace: 'shop', include: [{ repository: other }] });
    expect(Testing.synth(Chart.of(source))[0].spec.include).toEqual([{ repository: { name: 'other' } }]);
  });

  test('refuses one of another namespace', () => {
    const repository = FluxGitSource.fromGitRepositoryName(scope, 'elsewhere', 'other', 'shop');
    expect(() => newSource({ include: [{ repository }] })).toThrow(
      "chart/source: cannot include GitRepository 'shop/other'. Include a GitRepository of namespace 'flux-system'.",
    );
  });

  test('refuses another kind of source', () => {
    const repository = Object.assign(new Chart(scope, 'bucket'), {
      sourceApiVersion: 'source.toolkit.fluxcd.io/v1', sourceKind: 'Bucket', sourceName: 'other', sourceNamespace: 'flux-system',
    });
    expect(() => newSource({ include: [{ repository }] })).toThrow("chart/source: cannot include Bucket 'flux-system/other'. Include a GitRepository");
  });
});

test('a patch reaches what no property sets', () => {
  const source = newSource();
  ApiObject.of(source).addJsonPatch(JsonPatch.add('/spec/verify', { secretRef: { name: 'keys' }, mode: 'head' }));
  expect(Testing.synth(Chart.of(source))[0].spec.verify).toEqual({ secretRef: { name: 'keys' }, mode: 'head' });
});

test('one that is made elsewhere renders nothing and is in flux-system unless told otherwise', () => {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  expect(FluxGitSource.fromGitRepositoryName(chart, 'bootstrap', 'flux-system')).toMatchObject({
    sourceApiVersion: 'source.toolkit.fluxcd.io/v1', sourceKind: 'GitRepository', sourceName: 'flux-system', sourceNamespace: 'flux-system',
  });
  const other = FluxGitSource.fromGitRepositoryName(chart, 'other', 'cart', 'shop');
  expect(other).toMatchObject({ sourceName: 'cart', sourceNamespace: 'shop' });
  expect(existingOf(other)).toEqual({ group: 'source.toolkit.fluxcd.io', kind: 'GitRepository', name: 'cart', namespace: 'shop' });
  expect(Testing.synth(chart)).toEqual([]);
});

test('an ssh URL without a key, and an interval of nothing, are refused', () => {
  expect(() => newSource({ url: 'ssh://git@git.example/team/manifests' })).toThrow(
    "chart/source: GitRepository flux-system/cart: spec.secretRef: Flux reads an ssh URL with a key, and there is none. Give 'secret: FluxSecret.ssh(...)'",
  );
  expect(() => newSource({ interval: Duration.seconds(0) })).toThrow("chart/source: 'interval' is 0. Give more than that, or leave it out.");
});
