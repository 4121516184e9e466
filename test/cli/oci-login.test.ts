import { spawnSync } from 'child_process';
import { existsSync } from 'fs';
import { outcome, reportIn, useScene } from './scene';
import { CliError } from '../../src/cli/cli-error';
import { dockerLogin } from '../../src/cli/oci/docker-config';
import * as http from '../../src/cli/oci/http';
import { openRegistries } from '../../src/cli/oci/open-registry';
import { registryUrl } from '../../src/cli/oci/registry-url';
import { OciRegistry } from '../tools/oci-registry';
import { RegistryProxy } from '../tools/registry-proxy';

const scene = useScene();
const base64 = (text: string) => Buffer.from(text).toString('base64');

function configure(config: unknown): void {
  scene().write('docker/config.json', typeof config === 'string' ? config : JSON.stringify(config));
}

function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { ...scene().env, DOCKER_CONFIG: scene().path('docker'), PATH: `${scene().path('bin')}:${scene().env.PATH}`, ...more };
}

async function login(host: string, more?: NodeJS.ProcessEnv) {
  return dockerLogin(host, { environment: environment(more), signal: new AbortController().signal });
}

async function problemOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(() => undefined, (thrown) => thrown);
  expect(error).toBeInstanceOf(CliError);
  expect(error.message).not.toMatch(/s3cret|\n/);
  return error.message.replaceAll(scene().folder, '.');
}

/** A program in the place of a real credential helper: it writes down what it is asked. */
function standIn(name: string, script: string): void {
  scene().write(`bin/docker-credential-${name}`, `#!/bin/sh\necho "$*" > "${scene().path('asked')}"; cat >> "${scene().path('asked')}"\n${script}\n`, 0o755);
}

describe("docker's configuration", () => {
  test.each([
    ['auth', { auth: base64('bob:s3cret:word') }, { kind: 'password', username: 'bob', password: 's3cret:word' }],
    ['auth with zeros at its end', { auth: base64('bob:s3cret\0\0') }, { kind: 'password', username: 'bob', password: 's3cret' }],
    ['username and password', { username: 'bob', password: 's3cret' }, { kind: 'password', username: 'bob', password: 's3cret' }],
    ['an identity token', { auth: base64('bob:'), identitytoken: 's3cret' }, { kind: 'identity token', token: 's3cret' }],
    ['an access token', { registrytoken: 's3cret' }, { kind: 'access token', token: 's3cret' }],
    ['nothing', {}, undefined],
    ['what is no entry', null, undefined],
  ])('has %s', async (_, entry, expected) => {
    configure({ auths: { 'other.example.com': { auth: base64('x:y') }, 'registry.example.com:5000': entry } });

    expect(await login('registry.example.com:5000')).toEqual(expected);
  });

  test.each([
    ['registry.example.com', 'https://registry.example.com/v2/'],
    ['registry.example.com', 'registry.example.com/'],
    ['docker.io', 'https://index.docker.io/v1/'],
    ['docker.io', 'docker.io'],
    ['docker.io', 'registry-1.docker.io'],
  ])('knows %s as %s', async (host, key) => {
    configure({ auths: { [key]: { auth: base64('bob:s3cret') } } });

    expect(await login(host)).toMatchObject({ username: 'bob' });
    expect(await login('other.example.com')).toBeUndefined();
  });

  test('is in the home folder where DOCKER_CONFIG does not say', async () => {
    scene().write('home/.docker/config.json', JSON.stringify({ auths: { 'registry.example.com': { auth: base64('bob:s3cret') } } }));

    expect(await login('registry.example.com', { DOCKER_CONFIG: undefined })).toMatchObject({ username: 'bob' });
    expect(await login('registry.example.com')).toBeUndefined();
  });

  test.each([
    ['{"auths": {"x": {"auth": "s3cret', './docker/config.json: is not JSON. Mend it, or point DOCKER_CONFIG elsewhere.'],
    [{ auths: { 'registry.example.com': { auth: base64('s3cret') } } }, "./docker/config.json: the 'auth' of 'registry.example.com' is not '<user>:<password>' in base64. Run 'docker login registry.example.com' again."],
    [{ credsStore: '../../evil' }, './docker/config.json: "../../evil" is no name of a credential helper. Use letters, digits, \'.\', \'_\' and \'-\'.'],
    [{ credHelpers: { 'registry.example.com': 'a b; rm' } }, './docker/config.json: "a b; rm" is no name of a credential helper. Use letters, digits, \'.\', \'_\' and \'-\'.'],
    [{ credsStore: 'not-there' }, "docker-credential-not-there (./docker/config.json), asked for 'registry.example.com': not found. Install it and put it on the PATH, or take it out of the configuration."],
  ])('that is broken is said: %j', async (config, problem) => {
    configure(config);

    expect(await problemOf(login('registry.example.com'))).toBe(problem);
  });
});

describe('a credential helper', () => {
  test.each([
    ['for one host', { credHelpers: { 'registry.example.com': 'stand-in' }, credsStore: 'other' }],
    ['for all', { credsStore: 'stand-in', auths: { 'registry.example.com': {} } }],
  ])('%s is asked', async (_, config) => {
    configure(config);
    standIn('stand-in', 'echo "{\\"ServerURL\\":\\"x\\",\\"Username\\":\\"bob\\",\\"Secret\\":\\"s3cret\\"}"');

    expect(await login('registry.example.com')).toEqual({ kind: 'password', username: 'bob', password: 's3cret' });
    expect(scene().read('asked')).toBe('get\nregistry.example.com');
  });

  test("is asked for Docker Hub by docker's own name for it, and may answer with an identity token", async () => {
    configure({ credsStore: 'stand-in' });
    standIn('stand-in', 'echo "{\\"Username\\":\\"<token>\\",\\"Secret\\":\\"s3cret\\"}"');

    expect(await login('docker.io')).toEqual({ kind: 'identity token', token: 's3cret' });
    expect(scene().read('asked')).toBe('get\nhttps://index.docker.io/v1/');
  });

  test('that knows nothing leaves it to the file', async () => {
    configure({ credsStore: 'stand-in', auths: { 'registry.example.com': { auth: base64('bob:s3cret') } } });
    standIn('stand-in', 'echo "credentials not found in native keychain"; exit 1');

    expect(await login('registry.example.com')).toMatchObject({ username: 'bob' });
    expect(await login('other.example.com')).toBeUndefined();
  });

  test('does not get the password of the environment', async () => {
    configure({ credsStore: 'stand-in' });
    standIn('stand-in', 'echo "{\\"Username\\":\\"$CDK8S_FLUXCD_USERNAME-\\",\\"Secret\\":\\"$CDK8S_FLUXCD_PASSWORD-\\"}"');

    expect(await login('registry.example.com', { CDK8S_FLUXCD_USERNAME: 'bob', CDK8S_FLUXCD_PASSWORD: 's3cret' })).toMatchObject({ username: '-', password: '-' });
  });

  test.each([
    ['fails', 'echo "s3cret"; echo "s3cret" >&2; exit 3', 'failed with code 3. Run it by hand to see why.'],
    ['answers nonsense', 'echo "s3cret"', 'answered what is not JSON. Run it by hand to see why.'],
    ['never ends its answer', 'exec yes s3cret', 'was ended by a signal. Run it by hand to see why.'],
  ])('that %s is said', async (_, script, problem) => {
    configure({ credsStore: 'stand-in' });
    standIn('stand-in', script);

    expect(await problemOf(login('registry.example.com'))).toBe(`docker-credential-stand-in (./docker/config.json), asked for 'registry.example.com': ${problem}`);
  });
});

/** One whose child holds its output open: the child's id, once it runs. */
async function standInWithChild(): Promise<number> {
  while (!existsSync(scene().path('child'))) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  return Number(scene().read('child'));
}

/** Resolves when a process has ended. */
async function gone(pid: number): Promise<void> {
  while (isRunning(pid)) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // In a container nobody may ask what an orphan has come to.
  return !existsSync('/proc') || !spawnSync('cat', [`/proc/${pid}/stat`]).stdout.toString().includes(') Z');
}

describe('a credential helper that waits for a child of its own', () => {
  const SCRIPT = () => `sleep 1000 & echo $! > "${scene().path('child.new')}"; mv "${scene().path('child.new')}" "${scene().path('child')}"; wait`;
  beforeEach(() => {
    configure({ credsStore: 'stand-in' });
    standIn('stand-in', SCRIPT());
  });

  test('is ended with it at the deadline', async () => {
    const ending = new AbortController();
    const problem = problemOf(dockerLogin('registry.example.com', { environment: environment(), signal: ending.signal }));
    const child = await standInWithChild();
    ending.abort();

    expect(await problem).toBe("docker-credential-stand-in (./docker/config.json), asked for 'registry.example.com': " +
      'gave no answer until the deadline. Run it by hand to see why, or give more time with --deadline.');
    await gone(child);
  });

  test('is ended with it by Ctrl-C', async () => {
    scene().renderArtifacts('oci://registry.invalid/team', { web: { 'web.yaml': 'a' } });
    const publishing = scene().start(['publish'], { env: environment() });
    const result = outcome(publishing);
    const child = await standInWithChild();
    publishing.kill('SIGINT');

    expect(await result).toEqual({ code: 130, stdout: '', stderr: 'error: interrupted by SIGINT; nothing was published. Publish again.\n' });
    await gone(child);
  });
});

describe('the password of the environment', () => {
  const PASSWORD = { CDK8S_FLUXCD_PASSWORD: 's3cret-word' };

  /** Who is sent which login, by what a registry is asked. */
  async function sent(urls: string[], otherOrigins: string[], more: NodeJS.ProcessEnv): Promise<(string | undefined)[]> {
    const registries = new Map(urls.map((url) => [url, registryUrl('r', url)]));
    const clients = await openRegistries(registries, { environment: environment(more), otherOrigins, actions: 'pull', signal: new AbortController().signal });
    return Promise.all([...clients.values()].map(async (client) => {
      const authorizations: (string | undefined)[] = [];
      const spy = jest.spyOn(http, 'ask').mockImplementation(async ({ headers }) => {
        authorizations.push(headers?.Authorization);
        return { status: authorizations.length === 1 ? 401 : 404, headers: { 'www-authenticate': 'Basic' }, body: Buffer.alloc(0) };
      });
      await client.manifest('x', 'latest').catch(() => undefined);
      spy.mockRestore();
      return authorizations[1] ? Buffer.from(authorizations[1].slice(6), 'base64').toString() : undefined;
    }));
  }

  test("wins over docker's configuration where one host is asked", async () => {
    configure({ auths: { 'one.example.com': { auth: base64('docker:docker') } } });

    expect(await sent(['oci://one.example.com/a'], [], PASSWORD)).toEqual(['git:s3cret-word']);
    expect(await sent(['oci://one.example.com/a'], ['https://one.example.com'], { ...PASSWORD, CDK8S_FLUXCD_USERNAME: 'bob' })).toEqual(['bob:s3cret-word']);
    expect(await sent(['oci://one.example.com/a'], [], {})).toEqual(['docker:docker']);
  });

  test('is kept from a registry that docker knows where several hosts are asked', async () => {
    configure({ auths: { 'one.example.com': { auth: base64('docker:docker') } } });

    expect(await sent(['oci://one.example.com/a'], ['https://git.example.com'], PASSWORD)).toEqual(['docker:docker']);
  });

  test.each([
    [['oci://one.example.com/a', 'oci://two.example.com/a'], [], 'https://one.example.com, https://two.example.com', 'one.example.com, two.example.com'],
    [['oci://one.example.com/a'], ['https://git.example.com'], 'https://git.example.com, https://one.example.com', 'one.example.com'],
  ])('goes to one host alone: %j %j', async (urls, others, hosts, registries) => {
    expect(await problemOf(sent(urls, others, PASSWORD)))
      .toBe(`CDK8S_FLUXCD_PASSWORD: would be sent to several hosts (${hosts}). Run 'docker login' for the registries (${registries}), or unset it.`);
  });
});

describe('publishing to a registry that asks for a login', () => {
  let registry: OciRegistry;
  let proxy: RegistryProxy;
  beforeAll(async () => {
    registry = await OciRegistry.start();
    proxy = await RegistryProxy.start(registry, ({ request, response }) => {
      const isLoggedIn = request.headers.authorization === `Basic ${base64('bob:s3cret-word')}`;
      return isLoggedIn ? false : !!response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="registry"' }).end();
    });
  });
  afterAll(async () => {
    await proxy.close();
    await registry.stop();
  });

  test.each([
    ['from the environment', { CDK8S_FLUXCD_USERNAME: 'bob', CDK8S_FLUXCD_PASSWORD: 's3cret-word' }, 0],
    ["from docker's configuration", {}, 0],
    ['that is wrong', { CDK8S_FLUXCD_USERNAME: 'bob', CDK8S_FLUXCD_PASSWORD: 's3cret-wrong' }, 5],
  ])('%s', async (name, env, expected) => {
    configure({ auths: { [proxy.host]: { auth: base64('bob:s3cret-word') } } });
    scene().renderArtifacts(proxy.url(`login-${name.replace(/\W/g, '')}`), { web: { 'web.yaml': name } });

    const { code, stdout, stderr } = await scene().publish(['--json'], { env: { DOCKER_CONFIG: scene().path('docker'), ...env } });

    expect(code).toBe(expected);
    expect(stdout + stderr).not.toMatch(/s3cret/);
    expect(stdout + stderr).not.toContain(base64('bob:s3cret-word'));
    expect(reportIn(stdout).errors).toEqual(expected ? [
      `registry 'registry', artifact 'web:latest': ${proxy.host} refused the login. Check CDK8S_FLUXCD_PASSWORD, or run 'docker login ${proxy.host}' again.`,
    ] : []);
  });
});
