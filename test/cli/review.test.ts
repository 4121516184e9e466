import { reportIn, useScene } from './scene';
import { toYaml } from '../../src/format';
import { GitHttpServer } from '../tools/git-http-server';

const scene = useScene();

function render(branches: Record<string, string>): void {
  scene().renderBranches(scene().path('manifests.git'), Object.fromEntries(Object.entries(branches).map(([branch, content]) => [branch, { 'web.yaml': content }])));
}

async function review(...args: string[]) {
  const result = await scene().publish(['--review', 'new-port', ...args]);
  expect(result).toMatchObject({ code: 0 });
  return result;
}

beforeEach(async () => {
  scene().bare('manifests.git');
  render({ web: 'v1', api: 'v1' });
  expect(await scene().publish()).toMatchObject({ code: 0 });
});

test('everything goes to review branches, which start from those that they are for, and nothing else moves', async () => {
  const { web, api } = scene().heads('manifests.git');
  render({ web: 'v2', api: 'v1', fresh: 'v1' });
  const { stdout } = await review();
  expect(stdout).toContain('review/new-port/nodezoo/web');
  expect(scene().heads('manifests.git')).toEqual({ web, api, 'review/new-port/nodezoo/web': expect.anything(), 'review/new-port/nodezoo/fresh': expect.anything() });
  expect(scene().git('manifests.git', 'log', '--format=%P', '-1', 'review/new-port/nodezoo/web')).toBe(web);
  expect(scene().content('manifests.git', 'review/new-port/nodezoo/web', 'web.yaml')).toBe('v2');
  expect(scene().files('manifests.git', 'review/new-port/nodezoo/fresh')).toEqual(['web.yaml']);
});

test('a review goes on without force, also over a branch that went on, and stops where nothing changes', async () => {
  render({ web: 'v2', api: 'v1' });
  await review();
  const first = scene().heads('manifests.git')['review/new-port/nodezoo/web'];
  for (const args of [[], ['--dry-run']]) {
    const again = reportIn((await review('--json', ...args)).stdout);
    expect(again).toMatchObject({ outcome: args.length ? 'dry-run' : 'unchanged', repositories: [{ branches: [{ branch: 'web', change: 'none', pushed: false, commit: first }, { branch: 'api', change: 'none' }] }] });
  }
  expect((await review()).stdout).toMatch(/ {2}2 branches unchanged\nNothing changed, nothing to push\.\n$/);
  expect(scene().heads('manifests.git')['review/new-port/nodezoo/web']).toBe(first);

  scene().commit('manifests.git', 'web', { 'theirs.yaml': 'x' });
  render({ web: 'v3', api: 'v1' });
  await review();
  const heads = scene().heads('manifests.git');
  expect(scene().git('manifests.git', 'log', '--format=%P', '-1', 'review/new-port/nodezoo/web').split(' ')).toEqual([heads.web, first]);
  expect(scene().files('manifests.git', 'review/new-port/nodezoo/web')).toEqual(['theirs.yaml', 'web.yaml']);
  expect(scene().content('manifests.git', 'review/new-port/nodezoo/web', 'web.yaml')).toBe('v3');
});

test('a dry run says where it would go', async () => {
  render({ web: 'v2', api: 'v1' });
  const before = scene().heads('manifests.git');
  expect((await review('--dry-run')).stdout).toMatch(/would update +web +for review on review\/new-port\/nodezoo\/web  2 changed\n/);
  expect(scene().heads('manifests.git')).toEqual(before);
});

test('what has arrived though the connection was lost is told as pushed', async () => {
  let swallow = 2;
  const server = await GitHttpServer.start({
    root: scene().folder,
    intercept: async (request, response) => {
      if (request.method === 'POST' && request.url!.endsWith('git-receive-pack') && swallow-- > 0) {
        await server.backend(request);
        response.destroy();
        return true;
      }
      return false;
    },
  });
  try {
    render({ web: 'v2', api: 'v1' });
    const { stdout } = await review('--json', '--remote', `manifests=${server.url('manifests.git')}`);
    const commit = scene().heads('manifests.git')['review/new-port/nodezoo/web'];
    expect(reportIn(stdout)).toMatchObject({ outcome: 'published', repositories: [{ branches: [{ branch: 'web', change: 'update', pushed: true, commit }, { branch: 'api' }] }] });
  } finally {
    await server.close();
  }
});

describe('the text of the commits is that of diff, which compares all repositories', () => {
  const map = (name: string) => toYaml([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' } }]);
  const kustomization = (name: string, path: string) => toYaml([{
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: 'flux-system' },
    spec: { interval: '10m', path, prune: true, sourceRef: { kind: 'GitRepository', name } },
  }]);

  /** Branches with the ConfigMaps on them, and a Kustomization for each. */
  function deliver(branches: Record<string, string[]>): void {
    const flux = Object.keys(branches).map((branch) => [`apps/production/nodezoo/${branch}.yaml`, kustomization(branch, './')]);
    const files = { ...Object.fromEntries(flux), 'clusters/production/nodezoo.yaml': kustomization('nodezoo-config', './apps/production/nodezoo') };
    const applies = Object.keys(branches).map((branch) => ({ kustomization: `flux-system/${branch}`, repository: 'manifests', branch, path: '' }));
    const targets = Object.entries(branches).map(([branch, names]) => ({
      branch, files: Object.fromEntries(names.map((name) => [`${name}.yaml`, map(name)])), objects: names.map((name) => `ConfigMap shop/${name}`),
    }));
    scene().render({
      repositories: {
        manifests: { url: scene().path('manifests.git'), targets },
        config: { url: scene().path('config.git'), targets: [{ role: 'config', branch: 'main', path: 'apps/production/nodezoo', files, applies }] },
      },
    });
  }

  const text = (repository: string, branch: string) => scene().git(repository, 'log', '-1', '--format=%b', `review/new-port/nodezoo/${branch}`).split('\n\n')[0];

  beforeEach(() => scene().bare('config.git'));

  test('of a service that goes, and of an object that goes', async () => {
    deliver({ one: ['a', 'b'], two: ['c'] });
    expect(await scene().publish()).toMatchObject({ code: 0 });
    deliver({ one: ['a'] });
    await review();
    expect(text('manifests.git', 'one')).toBe('- ConfigMap shop/b: deleted, pruned by Flux\n    Kustomization flux-system/one prunes it');
    expect(text('config.git', 'main')).toBe(`- Kustomization.kustomize.toolkit.fluxcd.io flux-system/two: deleted, pruned by Flux
    Kustomization flux-system/nodezoo-config prunes it
    all that it applied is deleted with it
    deleted with it: ConfigMap shop/c`);
    const { stdout } = await scene().run(['diff']);
    ['manifests.git/one', 'config.git/main'].map((place) => text(...place.split('/') as [string, string])).forEach((lines) => (
      expect(stdout).toContain(lines.replace(/^/gm, '  '))
    ));
  });

  test('of an object that moves, on both branches', async () => {
    scene().renderBranches(scene().path('manifests.git'), { web: { 'a.yaml': map('a'), 'b.yaml': map('b') }, api: { 'c.yaml': map('c') } });
    expect(await scene().publish(['--overwrite'])).toMatchObject({ code: 0 });
    scene().renderBranches(scene().path('manifests.git'), { web: { 'a.yaml': map('a') }, api: { 'b.yaml': map('b'), 'c.yaml': map('c') } });
    await review();
    expect(text('manifests.git', 'web')).toBe('> ConfigMap shop/b: moves to manifests/api/b.yaml');
    expect(text('manifests.git', 'api')).toMatch(/^> ConfigMap shop\/b \(from manifests\/web\/b\.yaml\): moved/);
  });

  test('of several directories of a branch, one after the other', async () => {
    const place = (...names: string[]) => scene().render({
      repositories: {
        manifests: {
          url: scene().path('manifests.git'),
          targets: ['x', 'y'].map((path, index) => ({ branch: 'shared', path, files: { [`${path}/${names[index]}.yaml`]: map(names[index]) } })),
        },
      },
    });
    place('a', 'b');
    expect(await scene().publish()).toMatchObject({ code: 0 });
    place('c', 'd');
    await review();
    expect(text('manifests.git', 'shared').replace(/^ {6}.*\n?/gm, '').trim()).toBe(`x:
  - ConfigMap shop/a: deleted, may be pruned by Flux
  + ConfigMap shop/c: created
y:
  - ConfigMap shop/b: deleted, may be pruned by Flux
  + ConfigMap shop/d: created`);
  });
});

test('a review of a branch that is not there yet drops what is no longer rendered', async () => {
  render({ fresh: 'v1' });
  await review();
  scene().renderBranches(scene().path('manifests.git'), { fresh: { 'other.yaml': 'v2' } });
  await review();
  expect(scene().files('manifests.git', 'review/new-port/nodezoo/fresh')).toEqual(['other.yaml']);
});

test('once merged, it is published: the next publish has nothing to do', async () => {
  render({ web: 'v2', api: 'v1' });
  await review();
  scene().git('manifests.git', 'update-ref', 'refs/heads/web', 'refs/heads/review/new-port/nodezoo/web');
  expect((await scene().publish()).stdout).toContain('Nothing changed');
});

describe('a request to merge', () => {
  beforeEach(() => {
    scene().hook('manifests.git', 'pre-receive', 'echo "To open a request, visit https://git.invalid/new"; env | grep ^GIT_PUSH_OPTION_[0-9] | sort >> options; cat >> refs-seen');
    render({ web: 'v2', api: 'v2' });
  });

  test('is asked for by push options, for each branch its own', async () => {
    scene().git('manifests.git', 'config', 'receive.advertisePushOptions', 'true');
    const { stdout } = await review();
    expect(scene().read('manifests.git/options').split('\n')).toEqual(['web', 'api'].flatMap((branch) => [
      'GIT_PUSH_OPTION_0=merge_request.create', `GIT_PUSH_OPTION_1=merge_request.target=${branch}`, `GIT_PUSH_OPTION_2=merge_request.title=new-port, nodezoo: ${branch}`,
    ]).concat(''));
    expect(stdout).toContain("repository 'manifests': the remote says: To open a request, visit https://git.invalid/new");
  });

  test('is left to the user where the host takes no options: what it says is shown', async () => {
    const { stdout } = await review();
    expect(Object.keys(scene().heads('manifests.git'))).toContain('review/new-port/nodezoo/web');
    expect(stdout).toContain('the remote says: To open a request, visit https://git.invalid/new');
  });

  describe('with AGit', () => {
    const AGIT = ['--review', 'new-port', '--review-request', 'agit'];

    test('is opened by refs/for, without a branch', async () => {
      takeRequests();
      const before = scene().heads('manifests.git');
      render({ web: 'v2', api: 'v2', fresh: 'v1' });
      const { stderr } = await review(...AGIT);
      expect(scene().heads('manifests.git')).toEqual(before);
      expect(requests()).toEqual([
        [expect.stringMatching(/^0{40} [0-9a-f]{40} refs\/for\/web$/), 'topic=new-port/nodezoo', 'title=new-port, nodezoo: web', 'force-push=true'],
        [expect.stringMatching(/refs\/for\/api$/), 'topic=new-port/nodezoo', 'title=new-port, nodezoo: api', 'force-push=true'],
      ]);
      expect(stderr).toContain("branch 'fresh': is not there yet");
      await review(...AGIT);
      expect(requests()).toHaveLength(4);
    });

    test('fails where the host takes refs/for as any ref, which is taken back', async () => {
      const before = scene().git('manifests.git', 'for-each-ref');
      expect(await scene().publish(AGIT)).toMatchObject({
        code: 5, stderr: expect.stringMatching(/made a ref 'refs\/for\/web' of what was pushed.* It was deleted again\. Publish with --review-request push-options\./),
      });
      expect(scene().git('manifests.git', 'for-each-ref')).toBe(before);
    });

    test('fails, and pushes nothing, where such a ref is left from earlier', async () => {
      scene().git('manifests.git', 'update-ref', 'refs/for/api', 'api');
      const before = scene().git('manifests.git', 'for-each-ref');
      expect(await scene().publish(AGIT)).toMatchObject({ code: 5, stderr: expect.stringContaining("it has a ref 'refs/for/api'") });
      expect(scene().git('manifests.git', 'for-each-ref')).toBe(before);
    });
  });
});

/** Has the repository take requests as Gitea does, by git's own means: a hook that is given what is pushed to `refs/for/`. */
function takeRequests(): void {
  scene().git('manifests.git', 'config', 'receive.advertisePushOptions', 'true');
  scene().git('manifests.git', 'config', 'receive.procReceiveRefs', 'refs/for');
  scene().write('manifests.git/hooks/proc-receive', `#!${process.execPath}
const { appendFileSync, readSync, writeSync } = require('fs');
function bytes(count) {
  const buffer = Buffer.alloc(count);
  for (let at = 0; at < count;) { at += readSync(0, buffer, at, count - at, null); }
  return buffer.toString();
}
function section() {
  const lines = [];
  for (let size; (size = parseInt(bytes(4), 16)) > 0;) { lines.push(bytes(size - 4).trimEnd()); }
  return lines;
}
function answer(lines) {
  lines.forEach((line) => writeSync(1, (line.length + 4).toString(16).padStart(4, '0') + line));
  writeSync(1, '0000');
}
section();
answer(['version=1\\0push-options']);
const commands = section();
const options = section();
appendFileSync('requests', JSON.stringify([...commands, ...options]) + '\\n');
answer(commands.map((line) => 'ok ' + line.split(' ')[2]));
`, 0o755);
}

function requests(): string[][] {
  return scene().read('manifests.git/requests').trimEnd().split('\n').map((line) => JSON.parse(line));
}

test('where the remote cannot move branches together, they move one by one', async () => {
  scene().git('manifests.git', 'config', 'receive.advertiseAtomic', 'false');
  render({ web: 'v2', api: 'v2' });
  const { stderr } = await review('--review-request', 'none');
  expect(stderr).toContain('does not support atomic pushes; its branches moved one by one');
  expect(['web', 'api'].map((branch) => scene().content('manifests.git', `review/new-port/nodezoo/${branch}`, 'web.yaml'))).toEqual(['v2', 'v2']);
});

test('where the remote cannot, and takes some alone, the report says which', async () => {
  scene().git('manifests.git', 'config', 'receive.advertiseAtomic', 'false');
  scene().hook('manifests.git', 'update', 'case $1 in */api) exit 1;; esac');
  render({ web: 'v2', api: 'v2' });
  const { code, stdout } = await scene().publish(['--review', 'new-port', '--review-request', 'none', '--json']);
  expect(code).toBe(5);
  const pushed = reportIn(stdout).repositories[0].branches.map((one: any) => [one.branch, one.pushed]);
  expect(Object.fromEntries(pushed)).toEqual({ web: true, api: false });
});

test('two apps on one branch have review branches of their own under one name', async () => {
  const apps = ['shop', 'bank'];
  const place = (app: string, content: string) => {
    const targets = [{ branch: 'main', path: app, files: { [`${app}/a.yaml`]: content } }];
    scene().render({ app, repositories: { manifests: { url: scene().path('manifests.git'), targets } } });
  };
  for (const content of ['v1', 'v2']) {
    for (const app of apps) {
      place(app, content);
      expect(await scene().publish(content === 'v2' ? ['--review', 'new-port'] : [])).toMatchObject({ code: 0 });
    }
  }
  const contents = apps.map((app) => apps.map((of) => scene().content('manifests.git', `review/new-port/${app}/main`, `${of}/a.yaml`)));
  expect(contents).toEqual([['v2', 'v1'], ['v1', 'v2']]);
});

test('what somebody committed to a review branch is taken back only if that is asked for', async () => {
  render({ web: 'v2', api: 'v2' });
  await review();
  const theirs = scene().commit('manifests.git', 'review/new-port/nodezoo/web', { 'web.yaml': 'theirs' });
  const before = scene().heads('manifests.git');
  render({ web: 'v3', api: 'v3' });
  expect(await scene().publish(['--review', 'new-port'])).toMatchObject({
    code: 4,
    stderr: expect.stringContaining("branch 'review/new-port/nodezoo/web': its newest commit was not made by app 'nodezoo', and would be taken back. Delete that branch"),
  });
  expect(scene().heads('manifests.git')).toEqual(before);

  await review('--overwrite');
  expect(scene().content('manifests.git', 'review/new-port/nodezoo/web', 'web.yaml')).toBe('v3');
  expect(scene().git('manifests.git', 'log', '--format=%P', '-1', 'review/new-port/nodezoo/web').split(' ')).toContain(theirs);
});

test('a review branch that stands where its branch does is gone on with', async () => {
  const at = scene().commit('manifests.git', 'web', { 'theirs.yaml': 'x' });
  scene().git('manifests.git', 'update-ref', 'refs/heads/review/new-port/nodezoo/web', at);
  render({ web: 'v2', api: 'v1' });
  await review();
  expect(scene().files('manifests.git', 'review/new-port/nodezoo/web')).toEqual(['theirs.yaml', 'web.yaml']);
});

test('artifacts are not reviewed, which is said', async () => {
  scene().renderArtifacts('oci://registry.invalid/team', { web: { 'a.yaml': 'v1' }, api: { 'a.yaml': 'v1' } });
  const { stderr } = await review();
  expect(stderr).toContain("warning: registry 'registry': a review leaves out its artifacts ('web:latest', 'api:latest').");
});

test('a name that no branch may have is refused', async () => {
  expect(await scene().publish(['--review', '../x'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--review: "../x"') });
});

test.each([
  ['review', "Rename 'review' there, or publish with --review-request agit where the host takes that, which needs no branch."],
  ['review/new-port', "Rename 'review/new-port' there, give --review another name, or publish with --review-request agit where the host takes that, which needs no branch."],
])("a branch '%s' is in the way, and what helps is said", async (branch, remedy) => {
  scene().commit('manifests.git', 'web', {}, branch);
  render({ web: 'v2' });
  expect(await scene().publish(['--review', 'new-port'])).toMatchObject({
    code: 4,
    stderr: `error: repository 'manifests', branch 'review/new-port/nodezoo/web': cannot be made beside branch '${branch}' of the remote: one is a folder of the other. ${remedy}\n`,
  });

  expect((await scene().publish(['--review', 'other-port'])).code).toBe(branch === 'review' ? 4 : 0);
  takeRequests();
  await review('--review-request', 'agit');
});
