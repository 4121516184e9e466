import { spawnSync } from 'child_process';
import { existsSync, readdirSync, rmSync, symlinkSync } from 'fs';
import { dump } from 'js-yaml';
import { Outcome, useScene } from './scene';
import { printable } from '../../src/cli/printable';
import { InvalidDeliveryError, readDeliveryManifest } from '../../src/manifest';
import { GitHttpServer } from '../tools/git-http-server';

const scene = useScene();

/** What a terminal would act upon. */
const COMMANDS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;
const config = dump({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'b' } });

/** Nothing ran, nothing is left, nothing printed but plain lines of a sane length. */
function expectHarmless({ stdout, stderr }: Outcome): void {
  expect(stdout + stderr).not.toMatch(COMMANDS);
  expect(Math.max(...`${stdout}\n${stderr}`.split('\n').map((line) => line.length))).toBeLessThan(8_000);
  expect(existsSync(scene().path('pwned'))).toBe(false);
  expect(readdirSync(scene().path('work')).filter((name) => name.includes('pwned'))).toEqual([]);
  expect(scene().leftovers()).toEqual([]);
}

/** Renders a branch, and changes the manifest behind the back of whoever rendered. */
function tampered(change: (manifest: any) => void, files: Record<string, string> = { 'a.yaml': config }): void {
  scene().renderBranches(scene().bare('manifests.git'), { web: files });
  const manifest = JSON.parse(scene().read('work/dist/delivery.json'));
  change(manifest);
  scene().write('work/dist/delivery.json', JSON.stringify(manifest));
}

/** Names, each after a form of it that a report of tests can show. */
function titled(...names: string[]): [string, string][] {
  return names.map((name) => [printable(name).slice(0, 30), name]);
}

/** What publish says before it looks at anything else; the lines as they are printed. */
function expectUnread(): string {
  let lines: string[] = [];
  try {
    readDeliveryManifest(scene().path('work/dist'));
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidDeliveryError);
    lines = (error as InvalidDeliveryError).problems.map(printable);
  }
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join()).not.toMatch(COMMANDS);
  return lines.join('\n');
}

async function expectRefused(code = 3): Promise<Outcome> {
  const result = await scene().publish();
  expect(result).toMatchObject({ code, stdout: '' });
  expect(result.stderr).toMatch(/^error: /);
  expectHarmless(result);
  expect(scene().heads('manifests.git')).toEqual({});
  return result;
}

describe('a delivery.json by hand', () => {
  const long = 'x'.repeat(300);

  test.each(titled(...['..', '../elsewhere', '/etc', '.git', '.GIT', 'a/b', 'a\\b', '\u001b[2J', 'a\u0000', '\u009b31m', long, '', '.', 'C:', '\u202eevil']))('a repository named %s', async (_, name) => {
    tampered((manifest) => { manifest.repositories[0].name = name; });
    expectUnread();
  });

  test.each(titled(...['../../x', '../web', '/web', '-d', '--mirror', 'web\u0000', 'web\u001b[2J', 'web\n', 'a/../b', long, 'a/./b', '.', '..', 'refs/heads/..', 'a:b', '+web', ':web', 'web\u009b2J', 'web\u202e']))('the branch %s', async (_, name) => {
    tampered((manifest) => { manifest.repositories[0].targets[0].branch = name; });
    expectUnread();
  });

  test.each(titled(...['..', '../x', '/etc', 'a/../..', '-x/../../y', '.git', 'a/.git/hooks', 'a\u0000', 'a\u001b[2J', 'a\\..\\b', long, '.g\u200cit']))('the path %s', async (_, path) => {
    tampered((manifest) => { manifest.repositories[0].targets[0].path = path; });
    expectUnread();
  });

  test.each(titled(...['../../../secret', 'a\u0000.yaml', '.\u200d./x', 'a/..', 'a.yaml\n', 'a\u001b]0;x\u0007', `${long}.yaml`, '\\\\server\\x', '.git\u200c/config', 'GIT~1/config', 'a/./b', '\u009b2J.yaml']))('the file %s', async (_, file) => {
    scene().write('secret', 'hunter2');
    tampered((manifest) => { manifest.repositories[0].targets[0].files = [file]; });
    expectUnread();
  });

  test.each(titled(...['．．/x', '%2e%2e/x', '․․/secret', '..\u2215secret', 'a／b']))('the file %s is a name like any other, and is not there', async (_, file) => {
    scene().write('secret', 'hunter2');
    tampered((manifest) => { manifest.repositories[0].targets[0].files = [file]; });
    expect(expectUnread()).toContain('does not exist');
  });

  test.each(titled(...['--help', '-rf.yaml', '$(touch pwned).yaml', '`touch pwned`.yaml', 'a b;touch pwned', '"q\'', '..a', '%s%n', 'ü', '😀']))('the file %s, which is rendered, is published under that name', async (_, file) => {
    const url = scene().bare('manifests.git');
    scene().renderBranches(url, { web: { [file]: config } });
    const result = await scene().publish();
    expect(result.code).toBe(0);
    expectHarmless(result);
    expect(scene().git('manifests.git', '-c', 'core.quotePath=false', 'ls-tree', '-r', '-z', '--name-only', 'web').split('\0')).toContain(file);
  });

  test.each(titled(...['$(touch${IFS}pwned)', '`touch`', 'a;b', 'a|b', '%s', "a'b", 'a"b', '😀', 'refs/heads/web']))('the branch %s is a name like any other', async (_, branch) => {
    scene().renderBranches(scene().bare('manifests.git'), { [branch]: { 'a.yaml': config } });
    const result = await scene().publish();
    expect(result.code).toBe(0);
    expectHarmless(result);
    expect(Object.keys(scene().heads('manifests.git'))).toEqual([branch]);
  });

  test.each(titled(
    'ext::sh -c touch% pwned', '--upload-pack=touch pwned', '-c core.sshCommand=touch', 'fd::7/x', 'ssh://-oProxyCommand=touch${IFS}pwned/x', '-oProxyCommand=touch:x',
    'git://127.0.0.1/x', 'http://127.0.0.1/\u001b[2Jx', 'EXT::x', 'persistent-https::x', 'ssh:// -oProxyCommand=x/y', 'file:///x\u009b2J', 'remote-ext::x',
  ))('the URL %s', async (_, url) => {
    tampered((manifest) => { manifest.repositories[0].url = url; });
    const result = await scene().publish();
    expect(result.code).toBeGreaterThan(1);
    expectHarmless(result);
    const redirected = await scene().publish(['--remote', `manifests=${url}`]).catch(() => undefined);
    expect([undefined, 2, 3, 5]).toContain(redirected?.code);
  });

  test('a repository, a branch and a folder that are symbolic links lead nowhere', async () => {
    for (const link of ['manifests', 'manifests/web']) {
      tampered(() => undefined);
      scene().write('elsewhere/web/a.yaml', config);
      scene().write('elsewhere/a.yaml', config);
      rmSync(scene().path('work/dist', link), { recursive: true });
      symlinkSync(scene().path('elsewhere'), scene().path('work/dist', link));
      expect((await expectRefused()).stderr).toMatch(/is a symbolic link\. Render the app again\.\n$/);
      rmSync(scene().path('manifests.git'), { recursive: true });
    }
  });

  test('a file that is a pipe or a folder is not waited for', async () => {
    tampered(() => undefined);
    rmSync(scene().path('work/dist/manifests/web/a.yaml'));
    spawnSync('mkfifo', [scene().path('work/dist/manifests/web/a.yaml')]);
    expect((await expectRefused()).stderr).toContain('is not a file');
  });

  test.each(['[]', 'null', '1', '"x"', '{"version":1,"__proto__":{"app":"x"}}', `${'['.repeat(20_000)}`, '{"version":{"a":1}}', '\u0000'])('that is %#', async (content) => {
    scene().bare('manifests.git');
    scene().write('work/dist/delivery.json', content);
    await expectRefused();
  });

  test('is refused by the command in the same way, on plain lines', async () => {
    tampered((manifest) => {
      manifest.repositories[0].targets[0].branch = 'web\u001b[2J\u009b';
      manifest.repositories[0].targets[0].files = ['../\u202esecret'];
    });
    await expectRefused();
  });

  test('a hundred thousand files that are not there are told in few lines', async () => {
    tampered((manifest) => { manifest.repositories[0].targets[0].files = Array.from({ length: 100_000 }, (_, index) => `${index}.yaml`); });
    expect((await expectRefused()).stderr.trimEnd().split('\n')).toHaveLength(21);
  });
});

describe('what stands on the branch', () => {
  test('a folder in our way that is a symbolic link out of the tree is neither followed nor replaced', async () => {
    const url = scene().bare('manifests.git');
    scene().write('outside/a.yaml', 'outside');
    scene().git('.', 'clone', '--quiet', url, 'clone');
    scene().git('clone', 'checkout', '--quiet', '--orphan', 'web');
    symlinkSync(scene().path('outside'), scene().path('clone/folder'));
    scene().git('clone', 'add', '.');
    scene().git('clone', 'commit', '--quiet', '-m', 'x');
    scene().git('clone', 'push', '--quiet', 'origin', 'web');
    scene().renderBranches(url, { web: { 'folder/a.yaml': config } });
    const before = scene().heads('manifests.git');
    for (const args of [[], ['--adopt']]) {
      const result = await scene().publish(args);
      expect(result.code).toBe(4);
      expectHarmless(result);
    }
    expect(scene().heads('manifests.git')).toEqual(before);
    expect(scene().read('outside/a.yaml')).toBe('outside');
  });

  test('names of files that a terminal would act upon are shown as text', async () => {
    const url = scene().bare('manifests.git');
    scene().renderBranches(url, { web: { 'a.yaml': config } });
    scene().commit('manifests.git', 'web', { 'a\u001b[2Jb.yaml': 'x', 'c\nd': 'x', 'hydrator.metadata': JSON.stringify({ 'cdk8s-fluxcd': { version: 1, app: 'x\u001b[2J', files: {} } }) });
    const result = await scene().publish(['--adopt']);
    expect(result.code).toBe(4);
    expectHarmless(result);
  });
});

describe('the source commit', () => {
  function commitSource(message: string, author = 'Tester'): void {
    scene().git('work', 'init', '--quiet');
    scene().write('message', message);
    scene().git('work', '-c', 'i18n.commitEncoding=UTF-8', 'commit', '--quiet', '--allow-empty', `--author=${author} <a@example.com>`, '--cleanup=verbatim', '-F', scene().path('message'));
  }

  test.each([
    ['a program in it', '$(touch pwned) `touch pwned` ; touch pwned'],
    ['commands for a terminal', 'x\u001b[2J\u001b]0;title\u0007 \u009b31m \u202ex'],
    ['a trailer in it', 'x\n\nApp: other\nSource-Commit: 0000000'],
    ['a million characters', 'x'.repeat(1_000_000)],
    ['characters that are none', 'a\u0001b\\ud800'],
  ])('with %s', async (_, message) => {
    const url = scene().bare('manifests.git');
    scene().renderBranches(url, { web: { 'a.yaml': config } });
    commitSource(message, 'A\u001b[31m$(touch pwned)');
    const results = [await scene().publish(['--dry-run', '--json']), await scene().publish()];
    results.forEach((result) => expect(result.code).toBe(0));
    expect(results.map(({ stdout, stderr }) => stdout + stderr).join()).not.toMatch(COMMANDS);
    expectHarmless(results[1]);
    const written = scene().git('manifests.git', 'log', '-1', '--format=%B', 'web');
    expect(written).not.toMatch(COMMANDS);
    expect(written.length).toBeLessThan(3_000);
    expect(written.match(/^App: .*$/gm)).toEqual(['App: nodezoo']);
    expect(written.match(/^Source-Commit: .*$/gm)).toHaveLength(1);
    expect(JSON.stringify(scene().metadata('manifests.git', 'web')).length).toBeLessThan(3_000);
  });

  test('with inputs that do the same', async () => {
    const url = scene().bare('manifests.git');
    const inputs = { 'a': 'x\nApp: other', 'b': '$(touch pwned)`touch pwned`', 'c': '\u001b[2J\u009b', 'd': 'x'.repeat(1_000_000), 'e\nApp: other': 'x' };
    scene().renderBranches(url, { web: { 'a.yaml': config } }, { inputs });
    const result = await scene().publish();
    expect(result.code).toBe(0);
    expectHarmless(result);
    const written = scene().git('manifests.git', 'log', '-1', '--format=%B', 'web');
    expect(written).not.toMatch(COMMANDS);
    expect(written.match(/^App: .*$/gm)).toEqual(['App: nodezoo']);
    expect(written.length).toBeLessThan(5_000);
    expect(scene().metadata('manifests.git', 'web')['cdk8s-fluxcd'].inputs).toEqual(inputs);
    expect(await scene().publish()).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing changed') });
  });
});

describe("git's configuration", () => {
  const servers: GitHttpServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map(async (server) => server.close()));
  });

  test.each<[string, string[][]]>([
    ['runs no monitor of files', [['core.fsmonitor', 'PWN']]],
    ['runs no hooks', [['core.hooksPath', 'HOOKS']]],
    ['runs no hooks of a template', [['init.templateDir', 'HOOKS/..']]],
    ['runs no program that signs or shows signatures', [['log.showSignature', 'true'], ['gpg.program', 'PWN']]],
    ['runs no pager and no alias', [['core.pager', 'PWN'], ['pager.log', 'true'], ['pager.status', 'true'], ['alias.push', '!PWN'], ['alias.status', '!PWN']]],
    ['runs no external diff', [['diff.external', 'PWN'], ['status.submoduleSummary', 'true']]],
  ])('%s', async (_, entries) => {
    // Over HTTP, for to a local repository the same configuration is that of the other side.
    const server = await GitHttpServer.start({ root: scene().folder });
    servers.push(server);
    scene().bare('manifests.git');
    const url = server.url('manifests.git');
    scene().write('bin/pwn', `#!/bin/sh\ntouch "${scene().path('pwned')}"\nexit 1\n`, 0o755);
    for (const hook of ['pre-push', 'post-index-change', 'reference-transaction', 'post-checkout', 'pre-auto-gc', 'fsmonitor-watchman']) {
      scene().write(`hooks/${hook}`, `#!/bin/sh\ntouch "${scene().path('pwned')}"\nexit 1\n`, 0o755);
    }
    scene().git('work', 'init', '--quiet');
    scene().write('work/x', 'x');
    scene().git('work', 'add', 'x');
    scene().git('work', 'commit', '--quiet', '-m', 'x');
    scene().write('work/x', 'y');
    scene().renderBranches(url, { web: { 'a.yaml': config } });
    const filled = (value: string) => value.replace('PWN', scene().path('bin/pwn')).replace('HOOKS', scene().path('hooks'));
    entries.forEach(([name, value]) => scene().configure(name, filled(value)));
    const result = await scene().publish();
    expect(result).toMatchObject({ code: 0, stderr: expect.stringContaining('uncommitted changes') });
    expectHarmless(result);
    // The same in the repository of the current folder, where a stranger may have written it.
    entries.forEach(([name, value]) => scene().git('work', 'config', name, filled(value)));
    scene().renderBranches(url, { web: { 'b.yaml': config } });
    expectHarmless(await scene().publish());
    expect(scene().files('manifests.git', 'web')).toEqual(['b.yaml']);
  });
});

describe('a remote', () => {
  test.each([
    ['that speaks to the terminal', "printf '\\033[2J\\033]0;x\\007\\302\\233 31m stop\\r\\n' >&2"],
    ['that speaks without end', "head -c 3000000 /dev/zero | tr '\\0' x >&2; echo >&2; yes stop | head -c 3000000 >&2"],
  ])('%s is told on one line', async (_, script) => {
    scene().renderBranches(scene().bare('manifests.git'), { web: { 'a.yaml': config } });
    scene().hook('manifests.git', 'pre-receive', `${script}\nexit 1`);
    const result = await scene().publish();
    expect(result).toMatchObject({ code: 5, stdout: '', stderr: expect.stringMatching(/^error: repository 'manifests': a hook of the remote refused the push .*\n$/) });
    expect(result.stderr.trimEnd().split('\n')).toHaveLength(1);
    expectHarmless(result);
  });

  test.each(['pre-receive', 'update', 'reference-transaction'])('whose hook %s refuses is not asked again and again', async (hook) => {
    scene().renderBranches(scene().bare('manifests.git'), { web: { 'a.yaml': config } });
    scene().hook('manifests.git', hook, 'echo frozen >&2; exit 1');
    const result = await scene().publish(['--deadline', '20s']);
    expect(result).toMatchObject({ code: 5, stdout: '', stderr: expect.stringContaining('a hook of the remote refused the push') });
    expectHarmless(result);
  });

  test('that speaks to the terminal and takes the push, is not heard', async () => {
    scene().renderBranches(scene().bare('manifests.git'), { web: { 'a.yaml': config } });
    scene().hook('manifests.git', 'post-receive', "printf '\\033[2J hello\\n' >&2; head -c 3000000 /dev/zero | tr '\\0' x >&2");
    const result = await scene().publish();
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expectHarmless(result);
  });
});
