import { execSync } from 'child_process';
import { existsSync } from 'fs';
import { reportIn, useScene } from './scene';
import { gitEnvironment } from '../../src/cli/git/git-environment';
import { LocalRepository } from '../../src/cli/git/local-repository';
import { GitHttpServer, GitHttpServerOptions } from '../tools/git-http-server';

const scene = useScene();

/** A command that takes objects away from a repository. */
function lose(repository: string, ...objects: string[]): string {
  return `rm -f ${objects.map((object) => `"${scene().path(repository, 'objects', object.slice(0, 2), object.slice(2))}"`).join(' ')}`;
}

describe('a branch that somebody else moves', () => {
  const config = (app: string, text = 'v1') => ({
    app,
    repositories: { config: { url: scene().path('config.git'), targets: [{ role: 'config' as const, branch: 'main', path: `apps/${app}`, files: { [`apps/${app}/x`]: text } }] } },
  });

  beforeEach(async () => {
    scene().bare('config.git');
    scene().render(config('one'));
    expect(await scene().publish()).toMatchObject({ code: 0 });
    scene().render(config('one', 'v2'));
  });

  const both = () => {
    expect(scene().content('config.git', 'main', 'apps/one/x')).toBe('v2');
    expect(scene().content('config.git', 'main', 'theirs')).toBe('theirs');
    expect(scene().leftovers()).toEqual([]);
  };

  test('between our look and our push: we look again and go on top', async () => {
    const theirs = scene().commit('config.git', 'main', { theirs: 'theirs' }, 'competitor');
    const env = scene().before('push', `git -C "${scene().path('config.git')}" update-ref refs/heads/main ${theirs}`);
    const result = await scene().publish([], { env });
    expect(result).toMatchObject({ code: 0, stderr: "repository 'config': others changed the same branches at the same time. Starting again.\n" });
    expect(scene().git('config.git', 'rev-parse', 'main^')).toBe(theirs);
    both();
  });

  test('while the remote works on our push: the same', async () => {
    const theirs = scene().commit('config.git', 'main', { theirs: 'theirs' }, 'competitor');
    // A hook runs in quarantine, where git moves no refs; one competitor is not bound by it.
    scene().hook('config.git', 'pre-receive', `mkdir "${scene().path('once')}" 2>/dev/null || exit 0
      unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES; git update-ref refs/heads/main ${theirs}`);
    expect(await scene().publish()).toMatchObject({ code: 0, stderr: expect.stringContaining('Starting again.') });
    both();
  });

  test('back to an older commit: we do not bring back what was taken away', async () => {
    const kept = scene().git('config.git', 'rev-parse', 'main');
    scene().commit('config.git', 'main', { unwanted: 'x' });
    const env = scene().before('push', `git -C "${scene().path('config.git')}" update-ref refs/heads/main ${kept}`);
    expect(await scene().publish([], { env })).toMatchObject({ code: 0, stderr: expect.stringContaining('Starting again.') });
    expect(scene().git('config.git', 'rev-parse', 'main^')).toBe(kept);
    expect(scene().files('config.git', 'main')).toEqual(['apps/one/x']);
  });

  test('between what the remote lists and what it hands out: we look again', async () => {
    const kept = scene().git('config.git', 'rev-parse', 'main');
    const gone = scene().commit('config.git', 'main', { unwanted: 'x' });
    const env = scene().before('fetch', `git -C "${scene().path('config.git')}" update-ref refs/heads/main ${kept}; ${lose('config.git', gone)}`);
    expect(await scene().publish([], { env })).toMatchObject({
      code: 0, stderr: "repository 'config': others changed the same branches at the same time. Starting again.\n",
    });
    expect(scene().git('config.git', 'rev-parse', 'main^')).toBe(kept);
  });

  test('away: what was deleted does not come back with its history', async () => {
    const env = scene().before('push', `git -C "${scene().path('config.git')}" update-ref -d refs/heads/main`);
    expect(await scene().publish([], { env })).toMatchObject({ code: 0, stderr: expect.stringContaining('Starting again.') });
    expect(scene().git('config.git', 'rev-list', '--count', 'main')).toBe('1');
  });

  test('into what we must not overwrite: then it is refused', async () => {
    const theirs = scene().commit('config.git', 'main', { 'apps/one/x': 'by hand' }, 'competitor');
    const env = scene().before('push', `git -C "${scene().path('config.git')}" update-ref refs/heads/main ${theirs}`);
    expect(await scene().publish([], { env })).toMatchObject({ code: 4, stdout: '', stderr: expect.stringContaining("file 'apps/one/x': was changed there") });
    expect(scene().heads('config.git').main).toBe(theirs);
  });
});

test('a new branch that somebody else makes first is theirs', async () => {
  scene().bare('manifests.git');
  const theirs = scene().commit('manifests.git', 'competitor', { theirs: 'x' });
  scene().renderBranches(scene().path('manifests.git'), { a: { f: '1' }, b: { f: '1' } });
  const env = scene().before('push', `git -C "${scene().path('manifests.git')}" update-ref refs/heads/a ${theirs}`);
  expect(await scene().publish([], { env })).toMatchObject({ code: 4, stderr: expect.stringContaining("branch 'a', the whole branch: exists and was not published") });
  expect(scene().heads('manifests.git')).toEqual({ a: theirs, competitor: theirs }); // no b: all or nothing
});

describe('a damaged remote, of which another attempt would get no more,', () => {
  const damaged = async (object: string): Promise<string> => {
    scene().renderBranches(scene().bare('manifests.git'), { web: { f: '1' }, other: { f: '3' } });
    expect(await scene().publish()).toMatchObject({ code: 0 });
    scene().renderBranches(scene().path('manifests.git'), { web: { f: '2' }, other: { f: '3' } });
    const id = scene().git('manifests.git', 'rev-parse', object);
    execSync(lose('manifests.git', id));
    return id;
  };

  test.each(['publish', 'diff'])('is named by %s, with its branch', async (command) => {
    const id = await damaged('web');
    expect(await scene().run([command])).toEqual({
      code: 5, stdout: '', stderr: expect.stringContaining(`error: repository 'manifests': the remote lists branch 'web' at ${id}, and does not hand that commit out: it is damaged. See what 'git fsck' says there.\n`),
    });
  });

  test('is named with the folder that it has lost', async () => {
    const id = await damaged('web^{tree}');
    expect(await scene().publish()).toEqual({
      code: 5, stdout: '', stderr: `error: repository 'manifests': the remote is damaged (fatal: bad tree object ${id}). See what 'git fsck' says there.\n`,
    });
  });

  test('is named with the file that it has lost, where it was not asked for files at first', async () => {
    scene().configure('uploadpack.allowFilter', 'true');
    const id = await damaged('web:f');
    expect(await scene().run(['diff'])).toEqual({
      code: 5, stdout: '', stderr: expect.stringContaining(`error: repository 'manifests': the remote does not hand out object ${id} of the branches that it lists: it is damaged. See what 'git fsck' says there.\n`),
    });
  });
});

test('a lock that stays is named, never deleted, and ends at the deadline', async () => {
  scene().renderBranches(scene().bare('manifests.git'), { a: { f: '1' } });
  scene().write('manifests.git/refs/heads/a.lock', '');
  const result = await scene().publish(['--deadline', '5s']);
  expect(result).toMatchObject({ code: 6, stdout: '' });
  expect(result.stderr.trimEnd().split('\n').pop()).toBe(
    `error: repository 'manifests': until the deadline (5s): the remote holds the lock '${scene().path('manifests.git')}/./refs/heads/a.lock'. ` +
    'If no git runs there any more, its administrator may delete that file. Publish again, or give more time with --deadline.');
  expect(existsSync(scene().path('manifests.git/refs/heads/a.lock'))).toBe(true);
  expect(scene().leftovers()).toEqual([]);
});

describe('over HTTP', () => {
  let server: GitHttpServer | undefined;
  afterEach(async () => server?.close());

  const serve = async (intercept?: GitHttpServerOptions['intercept']) => {
    server = await GitHttpServer.start({ root: scene().folder, intercept });
    return server.url('manifests.git');
  };

  /** Updates of branches that exist, with files left out when they are read. */
  const prepare = async (url: string) => {
    scene().bare('manifests.git');
    scene().git('manifests.git', 'config', 'uploadpack.allowFilter', 'true');
    scene().renderBranches(url, { a: { f: '1', same: 's' }, b: { f: '1' } });
    expect(await scene().publish(['--remote', `manifests=${scene().path('manifests.git')}`])).toMatchObject({ code: 0, stderr: '' });
    scene().renderBranches(url, { a: { f: '2', same: 's' }, b: { f: '2' }, c: { f: '1' } });
  };

  test('it works', async () => {
    await prepare(await serve());
    expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
    expect(scene().files('manifests.git', 'a')).toEqual(['f', 'same']);
    expect(['a', 'b', 'c'].map((branch) => scene().content('manifests.git', branch, 'f'))).toEqual(['2', '2', '1']);
    expect((await scene().publish()).stdout).toContain('Nothing changed');
  });

  test.each([429, 503])('an overloaded server (%d) is asked again', async (status) => {
    let refusals = 3;
    await prepare(await serve((_, response) => refusals-- > 0 && !!response.writeHead(status).end()));
    expect(await scene().publish()).toMatchObject({ code: 0, stderr: expect.stringContaining(`repository 'manifests' (${server!.url('manifests.git')}): the connection was lost or the remote is overloaded (returned error: ${status}). Starting again.`) });
    expect(Object.keys(scene().heads('manifests.git'))).toEqual(['a', 'b', 'c']);
  });

  test('a server that stays overloaded is given up at the deadline', async () => {
    await prepare(await serve((_, response) => !!response.writeHead(503).end()));
    const before = scene().heads('manifests.git');
    expect(await scene().publish(['--deadline', '0.5s'])).toMatchObject({ code: 6, stdout: '' });
    expect(scene().heads('manifests.git')).toEqual(before);
  });

  test('a server that does not answer is left at the deadline', async () => {
    await prepare(await serve(async () => new Promise<boolean>(() => undefined)));
    expect(await scene().publish(['--deadline', '0.5s'])).toMatchObject({ code: 6, stdout: '', stderr: expect.stringContaining(`repository 'manifests' (${server!.url('manifests.git')}): until the deadline (0.5s)`) });
    expect(scene().leftovers()).toEqual([]);
  });

  test('a server that does not answer keeps nobody from hearing what is wrong on this side', async () => {
    scene().renderBranches(await serve(async () => new Promise<boolean>(() => undefined)), { a: { 'secret.yaml': 'kind: Secret\nstringData: {password: hunter2}\n' } });
    expect(await scene().publish()).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('would be published with') });
    expect(scene().leftovers()).toEqual([]);
  });

  // The least that the command gives a remote is a minute, so that this asks what it is made of.
  test('a remote that falls silent while it is pushed to is given up, for the connection may be dead', async () => {
    const url = await serve(async (request) => request.method === 'POST' && new Promise<boolean>(() => undefined));
    scene().bare('manifests.git');
    const { signal } = new AbortController();
    const local = new LocalRepository(url, gitEnvironment(process.env), { read: signal, work: signal, silence: 1 });
    try {
      local.init();
      const commit = { parents: [], message: 'one\n', removed: [], writes: new Map([['f', Buffer.from('1')]]) };
      const [id] = await local.commit([commit], { author: 'a <a@b> 1 +0000', committer: 'a <a@b> 1 +0000' });
      expect(await local.push([{ ref: 'refs/heads/a', commit: id }], false)).toMatchObject({
        moved: [], fault: { kind: 'unavailable', text: expect.stringContaining('Operation too slow') },
      });
    } finally {
      await local.remove();
    }
  });

  // The first loss makes curl send the push again, of itself, which then meets our own commits.
  test.each([
    [1, 'others changed the same branches at the same time. Starting again.'],
    [2, 'whether the push arrived shows when one looks again. Starting again.'],
  ])('a connection lost after the push (%d times): what arrived is ours, and is not pushed twice', async (times, said) => {
    let swallow = times;
    const url = await serve(async (request, response) => {
      if (request.method === 'POST' && request.url!.endsWith('git-receive-pack') && swallow-- > 0) {
        await server!.backend(request);
        response.destroy();
        return true;
      }
      return false;
    });
    await prepare(url);
    const result = await scene().publish(['--json']);
    expect(result).toMatchObject({ code: 0, stderr: expect.stringContaining(said) });
    const { branches } = reportIn(result.stdout).repositories[0];
    const heads = scene().heads('manifests.git');
    expect(branches.map(({ branch, pushed, commit }: any) => ({ branch, pushed, commit }))).toEqual(['a', 'b', 'c'].map((branch) => ({ branch, pushed: true, commit: heads[branch] })));
    expect(scene().git('manifests.git', 'rev-list', '--count', 'a')).toBe('2');
  });
});

test('a push of which git does not say what moved is no success', async () => {
  scene().renderBranches(scene().bare('manifests.git'), { web: { f: '1' } });
  const env = scene().before('push', 'exit 0');
  expect(await scene().publish([], { env })).toMatchObject({
    code: 5, stderr: expect.stringMatching(/^error: repository 'manifests': git took the push for done, and does not say that 'refs\/\S+' has moved\./),
  });
});

describe('a remote without atomic pushes', () => {
  beforeEach(() => {
    scene().renderBranches(scene().bare('manifests.git'), { a: { f: '1' }, b: { f: '1' } });
    scene().git('manifests.git', 'config', 'receive.advertiseAtomic', 'false');
  });

  const warning = "warning: repository 'manifests': the remote does not support atomic pushes; its branches moved one by one.\n";

  test('gets its branches one by one, and we say so', async () => {
    expect(await scene().publish()).toMatchObject({ code: 0, stderr: warning });
    expect(Object.keys(scene().heads('manifests.git'))).toEqual(['a', 'b']);
    expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
    scene().renderBranches(scene().path('manifests.git'), { a: { f: '1' }, b: { f: '2' } });
    expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' }); // a single branch needs no promise
  });

  test('that refuses one: the report tells which have moved', async () => {
    scene().hook('manifests.git', 'update', 'test "$1" != refs/heads/b');
    const result = await scene().publish();
    expect(result).toMatchObject({ code: 5, stderr: expect.stringContaining(warning) });
    expect(result.stdout).toMatch(/ {2}created +a .*\n {2}not created +b .*\nPublished 1 branch before it failed\.\n/);
    expect(Object.keys(scene().heads('manifests.git'))).toEqual(['a']);
  });
});
