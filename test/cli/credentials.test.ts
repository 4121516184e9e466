import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { useScene } from './scene';
import { Credentials } from '../../src/cli/git/credentials';
import { GitHttpServer } from '../tools/git-http-server';

const scene = useScene();

// No character of it may be special to a shell, a URL or git's credential protocol for this to work.
const PASSWORD = 's3cr3t $(touch pwned) "\'`%20&';
const login = { username: 'robot', password: PASSWORD };
const env = { CDK8S_FLUXCD_USERNAME: 'robot', CDK8S_FLUXCD_PASSWORD: PASSWORD };

let server: GitHttpServer;
let snapshots: string[];

beforeEach(async () => {
  snapshots = [];
  scene().bare('manifests.git');
  server = await GitHttpServer.start({
    root: scene().folder,
    login,
    // In the middle of every request: what others on this machine could see, and what lies in the temporary folder.
    intercept: () => {
      snapshots.push(commandLines(), ...filesBelow(scene().path('tmp')));
      return false;
    },
  });
  scene().renderBranches(server.url('manifests.git'), { a: { f: '1' } });
});
afterEach(async () => server.close());

/** What `ps` shows; where there is no /proc, nothing. */
function commandLines(): string {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        return '';
      }
    }).join('\n');
  } catch {
    return '';
  }
}

function expectNoSecret(...texts: string[]): void {
  texts.forEach((text) => [PASSWORD, encodeURIComponent(PASSWORD), 's3cr3t', Buffer.from(`robot:${PASSWORD}`).toString('base64')]
    .forEach((secret) => expect(text.includes(secret)).toBe(false)));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'latin1'));
}

test('from the environment: they open the door and are seen nowhere', async () => {
  const result = await scene().publish(['--json'], { env });
  expect(result).toMatchObject({ code: 0, stderr: '' });
  expect(Object.keys(scene().heads('manifests.git'))).toEqual(['a']);
  expect(snapshots.length).toBeGreaterThan(2);
  expect(snapshots.join()).toContain(process.platform === 'linux' ? 'git-remote-http' : '');
  expect(snapshots.join()).toContain(`url = "${server.url('manifests.git')}"`); // our own repository, as it was then
  expectNoSecret(result.stdout, result.stderr, ...snapshots, ...filesBelow(scene().folder));
});

test('hooks of a local repository do not get them', async () => {
  scene().hook('manifests.git', 'pre-receive', `env >"${scene().path('seen')}"`);
  scene().renderBranches(scene().path('manifests.git'), { b: { f: '1' } });
  expect(await scene().publish([], { env })).toMatchObject({ code: 0 });
  expectNoSecret(scene().read('seen'));
});

test.each([
  ['https://robot:s3cret@a.invalid/x', 'https://***@a.invalid/x'],
  ['https://robot:a/s3cret@a.invalid/x', 'https://***@a.invalid/x'],
  ["'ssh://robot:a?s3cret@a.invalid/x', said git@b.invalid", "'ssh://***@a.invalid/x', said git@b.invalid"],
  ['ssh://git@a.invalid:22/x and https://a.invalid:8443/x', 'ssh://git@a.invalid:22/x and https://a.invalid:8443/x'],
])('what others say of %s is shown without a password', (said, shown) => {
  expect(new Credentials({}, []).redact(said)).toBe(shown);
});

test('wrong or missing ones: one line, and no question to a terminal', async () => {
  const wrong = await scene().publish([], { env: { ...env, CDK8S_FLUXCD_PASSWORD: 'wr0ng' } });
  expect(wrong).toEqual({ code: 5, stdout: '', stderr: `error: repository 'manifests' (${server.url('manifests.git')}): the remote refused the login. Check CDK8S_FLUXCD_PASSWORD, or the credential helper of git.\n` });
  const missing = await scene().publish([]);
  expect(missing).toEqual({
    code: 5, stdout: '', stderr: `error: repository 'manifests' (${server.url('manifests.git')}): the remote asks for a login and git knows none. Set CDK8S_FLUXCD_PASSWORD, or configure a credential helper of git.\n`,
  });
});

test("git's own helper works, and is neither asked nor told when the environment has them", async () => {
  const log = scene().path('helper.log');
  scene().write('helper', `#!/bin/sh\necho "$1" >>"${log}"\ncat >/dev/null\ntest "$1" = get && printf 'username=robot\\npassword=%s\\n' "$STORED"\n`, 0o755);
  scene().configure('credential.helper', scene().path('helper'));
  expect(await scene().publish([], { env: { STORED: PASSWORD } })).toMatchObject({ code: 0 });
  expect(scene().read('helper.log')).toContain('get');
  scene().write('helper.log', '');
  scene().renderBranches(server.url('manifests.git'), { a: { f: '2' } });
  expect(await scene().publish([], { env })).toMatchObject({ code: 0 });
  expect(scene().read('helper.log')).toBe('');
});

test('a host that we are sent on to does not get them', async () => {
  const seen: (string | undefined)[] = [];
  const other = await GitHttpServer.start({
    root: scene().folder,
    intercept: (request, response) => {
      seen.push(request.headers.authorization);
      return !!response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="evil"' }).end();
    },
  });
  const first = await GitHttpServer.start({ root: scene().folder, intercept: (request, response) => !!response.writeHead(302, { Location: `http://127.0.0.1:${other.port}${request.url}` }).end() });
  try {
    scene().renderBranches(first.url('manifests.git'), { a: { f: '1' } });
    expect(await scene().publish([], { env })).toMatchObject({ code: 5 });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.every((header) => header === undefined)).toBe(true);
  } finally {
    await Promise.all([first.close(), other.close()]);
  }
});

test('one password is not sent to two hosts', async () => {
  const targets = [{ branch: 'a', files: {} }];
  scene().render({ repositories: { one: { url: 'https://a.invalid/one', targets }, two: { url: 'https://b.invalid/two', targets } } });
  expect(await scene().publish([], { env })).toEqual({
    code: 2,
    stdout: '',
    stderr: 'error: CDK8S_FLUXCD_PASSWORD: would be sent to several hosts (https://a.invalid, https://b.invalid). Unset it and configure a credential helper of git for each host.\n',
  });
});

test('a rule of git that would put a password into the URL is refused, for `ps` would show it', async () => {
  scene().configure(`url.http://robot:s3cr3t@127.0.0.1:${server.port}/.insteadOf`, `http://127.0.0.1:${server.port}/`);
  const result = await scene().publish();
  expect(result).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^error: repository 'manifests': git's configuration \(url\.<base>\.insteadOf\) makes a URL of it that carries a credential/) });
  expectNoSecret(result.stderr);
  expect(server.requests).toEqual([]);
});

test.each([
  ['remotes', () => `hasconfig:remote.*.url:http://127.0.0.1:${server.port}/**`],
  ['folder', () => `gitdir:${scene().path('tmp')}/`],
])('such a rule is refused too where it holds for repositories by their %s', async (_, condition) => {
  scene().write('rules', `[url "http://robot:s3cret@127.0.0.1:${server.port}/"]\n\tinsteadOf = http://127.0.0.1:${server.port}/\n`);
  scene().configure(`includeIf.${condition()}.path`, scene().path('rules'));
  const result = await scene().publish();
  expect(result).toMatchObject({
    code: 2, stdout: '', stderr: expect.stringContaining('(url.<base>.insteadOf) makes a URL of it that carries a credential'),
  });
  expectNoSecret(result.stderr);
  expect(server.requests).toEqual([]);
});

test("remotes of the user's configuration are not ours", async () => {
  scene().configure('remote.other.url', 'https://robot:s3cret@elsewhere.invalid/x.git');
  expect(await scene().publish([], { env })).toMatchObject({ code: 0, stderr: '' });
});

test('a configuration that git cannot read is told', async () => {
  scene().write('home/.gitconfig', '[broken');
  expect(await scene().publish()).toEqual({
    code: 2, stdout: '', stderr: expect.stringMatching(/^error: repository 'manifests': git's configuration cannot be read \(bad config line \d in file .*\)\. Mend it\.\n$/),
  });
});

test('a password in a configuration that git cannot read is not printed', async () => {
  scene().write('home/.gitconfig', '[url "https://bob:hunter2@git.invalid/"]\n\tinsteadOf\n');
  const { code, stderr } = await scene().publish();
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("git's configuration cannot be read") });
  expect(stderr).not.toContain('hunter2');
});

test('other rules of git hold', async () => {
  scene().configure(`url.${scene().folder}/.insteadOf`, 'https://git.invalid/');
  scene().renderBranches('https://git.invalid/manifests.git', { a: { f: '1' } });
  expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
  expect(Object.keys(scene().heads('manifests.git'))).toEqual(['a']);
});

test('a rule of git that leads to a program runs none', async () => {
  scene().configure('protocol.ext.allow', 'always');
  scene().configure('url.ext::touch% pwned% .insteadOf', 'https://git.invalid/');
  scene().renderBranches('https://git.invalid/manifests.git', { a: { f: '1' } });
  expect(await scene().publish()).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('could run a program') });
  expect(readdirSync(scene().path('work'))).toEqual(['dist']);
});

test('the environment of a git that runs us, and traces that would show headers, do not reach ours', async () => {
  const trace = scene().path('trace');
  const result = await scene().publish([], {
    env: { ...env, GIT_DIR: '/nowhere', GIT_INDEX_FILE: '/nowhere', GIT_WORK_TREE: '/nowhere', GIT_TRACE: trace, GIT_TRACE_CURL: trace, GIT_CURL_VERBOSE: '1', GIT_TRACE_REDACT: '0' },
  });
  expect(result).toMatchObject({ code: 0, stderr: '' });
  expect(existsSync(trace)).toBe(false);
});
