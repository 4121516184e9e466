import { join } from 'path';
import { reportIn, useScene } from './scene';

const scene = useScene();

const TWO = {
  'npm': { 'kustomization.yaml': 'resources: [npm.k8s.yaml]\n', 'npm.k8s.yaml': 'kind: Service\n' },
  'feature/info': { 'kustomization.yaml': 'resources: [info.k8s.yaml]\n', 'info.k8s.yaml': 'kind: Deployment\n' },
};

describe('a first publish', () => {
  test('makes each branch an orphan with exactly the rendered files and a record of who owns them', async () => {
    const url = scene().bare('manifests.git');
    scene().renderBranches(url, TWO, { inputs: { environment: 'production' } });

    const result = await scene().publish();

    expect(result).toMatchObject({ code: 0, stderr: '' });
    const heads = scene().heads('manifests.git');
    expect(Object.keys(heads)).toEqual(['feature/info', 'npm']);
    expect(scene().files('manifests.git', 'feature/info')).toEqual(['info.k8s.yaml', 'kustomization.yaml']);
    expect(scene().content('manifests.git', 'npm', 'npm.k8s.yaml')).toBe('kind: Service');
    expect(scene().git('manifests.git', 'rev-list', '--count', 'npm')).toBe('1');
    expect(scene().content('manifests.git', 'npm', 'hydrator.metadata')).toMatchInlineSnapshot(`
"{
  "cdk8s-fluxcd": {
    "version": 1,
    "app": "nodezoo",
    "inputs": {
      "environment": "production"
    },
    "files": {
      "kustomization.yaml": "sha256:c559805df287ca233988467d6965065b1695fe2c64a0aed9cff437535bb172b5",
      "npm.k8s.yaml": "sha256:0986089a4d6c36657cb202f9580c17af4d96f818afca398410926f5b9703104d"
    }
  }
}"
`);
    expect(result.stdout.replaceAll(heads.npm.slice(0, 7), 'NPM').replaceAll(heads['feature/info'].slice(0, 7), 'INFO').replace(url, 'URL')).toBe([
      'manifests  URL',
      '  created      npm           NPM  3 files',
      '  created      feature/info  INFO  3 files',
      'Published 2 branches.',
      '',
    ].join('\n'));
    expect(scene().leftovers()).toEqual([]);
  });

  test('leaves what it publishes readable for git itself', async () => {
    const url = scene().bare('manifests.git');
    scene().git('manifests.git', 'config', 'receive.fsckObjects', 'true');
    scene().renderBranches(url, { a: { 'with space.yaml': 'a\n', 'deep/er/"quoted".yaml': '', 'ünï.yaml': 'no newline' } });
    expect(await scene().publish()).toMatchObject({ code: 0 });
    expect(scene().git('manifests.git', 'fsck', '--strict')).toBe('');
    expect(scene().git('manifests.git', 'ls-tree', '-r', '-z', '--name-only', 'a').split('\0').sort())
      .toEqual(['', 'deep/er/"quoted".yaml', 'hydrator.metadata', 'with space.yaml', 'ünï.yaml']);
  });
});

describe('what new branches hold is given to git before it is committed', () => {
  const many = (files: Record<string, string>) => Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`branch-${index}`, { 'a.yaml': `a: ${index}\n`, ...files }]));

  test('first what was rendered, then the records, and all of it before the first commit', async () => {
    scene().renderBranches(scene().bare('manifests.git'), TWO);
    const { env, stream } = scene().imported();

    expect(await scene().publish([], { env })).toMatchObject({ code: 0, stderr: '' });

    const given = ['resources: [npm.k8s.yaml]', 'kind: Service', 'kind: Deployment', '"cdk8s-fluxcd": {', 'commit refs/'].map((text) => stream().indexOf(text));
    expect(given.every((position) => position >= 0)).toBe(true);
    expect([...given].sort((one, other) => one - other)).toEqual(given);
    expect(stream()).not.toContain('inline');
  });

  test('but no secret, which is refused later', async () => {
    scene().renderBranches(scene().bare('manifests.git'), many({ 'secret.yaml': `kind: Secret\nmetadata: {name: s}\nstringData: {password: ${'hunter2'.repeat(1000)}}\n` }));
    const { env, stream } = scene().imported();

    expect(await scene().publish([], { env })).toMatchObject({ code: 3, stderr: expect.stringContaining('would be published with') });

    expect(stream()).not.toContain('hunter2');
    expect(scene().leftovers()).toEqual([]);
  });

  test('nothing if nothing is to be committed', async () => {
    scene().renderBranches(scene().bare('manifests.git'), TWO);
    const { env, commands } = scene().watched();

    expect(await scene().publish(['--dry-run'], { env })).toMatchObject({ code: 0, stderr: '' });

    expect(commands()).toEqual(['remote', 'ls-remote']);
  });

  test('which is not waited for when the publication is refused', async () => {
    const url = scene().bare('manifests.git');
    scene().renderBranches(url, { other: TWO.npm }, { app: 'other' });
    await scene().publish();
    const before = scene().heads('manifests.git');
    scene().renderBranches(url, { other: TWO.npm, ...many({}) });
    const env = scene().before('fast-import', 'exec tail -f /dev/null');

    expect(await scene().publish([], { env })).toMatchObject({ code: 4, stderr: expect.stringContaining("belongs to app 'other'") });

    expect(scene().heads('manifests.git')).toEqual(before);
    expect(scene().leftovers()).toEqual([]);
  });

  test.each([
    ['echo "fatal: no space" >&2; exit 128', 5, 'no space'],
    ['exit 0', 2, "does not say which it has made. See whether 'git' on the PATH is git itself"],
  ])('and whose end is told of when it is committed: %s', async (script, code, told) => {
    scene().renderBranches(scene().bare('manifests.git'), many({}));
    const env = scene().before('fast-import', script);

    expect(await scene().publish([], { env })).toMatchObject({ code, stderr: expect.stringContaining(told) });

    expect(scene().heads('manifests.git')).toEqual({});
    expect(scene().leftovers()).toEqual([]);
  });
});

describe('a second publish', () => {
  test('of the same content makes no commit and says so, also from a later source commit', async () => {
    scene().renderBranches(scene().bare('manifests.git'), TWO);
    await scene().publish(['--source-commit', 'a'.repeat(40), '--source-date', '2026-01-01T00:00:00Z']);
    const before = scene().heads('manifests.git');

    const result = await scene().publish(['--source-commit', 'b'.repeat(40), '--source-date', '2026-01-02T00:00:00Z']);

    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.stdout).toContain('2 branches unchanged\nNothing changed, nothing to push.');
    expect(scene().heads('manifests.git')).toEqual(before);
  });

  test.each([
    ['gives all', false, ['remote', 'ls-remote', 'fetch', 'cat-file']],
    ['leaves files out', true, ['remote', 'ls-remote', 'fetch', 'cat-file', 'fetch', 'cat-file']],
  ])('of the same content asks a remote that %s once for all branches, and nobody who would commit', async (_, filters, expected) => {
    scene().renderBranches(scene().bare('manifests.git'), TWO);
    scene().git('manifests.git', 'config', 'uploadpack.allowFilter', String(filters));
    await scene().publish(['--source-commit', 'a'.repeat(40)]);
    const { env, commands } = scene().watched();

    expect(await scene().publish(['--source-commit', 'a'.repeat(40)], { env })).toMatchObject({ code: 0, stderr: '' });

    expect(commands()).toEqual(expected);
  });

  test('commits to the changed branch only, on top of what was there', async () => {
    const url = scene().bare('manifests.git');
    scene().renderBranches(url, TWO);
    await scene().publish();
    const before = scene().heads('manifests.git');
    scene().renderBranches(url, { ...TWO, npm: { ...TWO.npm, 'npm.k8s.yaml': 'kind: Pod\n' } });

    const result = await scene().publish();

    expect(result.stdout).toMatch(/updated +npm +[0-9a-f]{7} {2}2 changed\n {2}1 branch unchanged\nPublished 1 branch\./);
    const after = scene().heads('manifests.git');
    expect(after['feature/info']).toBe(before['feature/info']);
    expect(scene().git('manifests.git', 'rev-parse', 'npm^')).toBe(before.npm);
    expect(scene().content('manifests.git', 'npm', 'npm.k8s.yaml')).toBe('kind: Pod');
  });

  test('makes new branches beside those that it changes', async () => {
    const url = scene().bare('manifests.git');
    scene().renderBranches(url, TWO);
    await scene().publish();
    const before = scene().heads('manifests.git');
    const added = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`new-${index}`, { 'a.yaml': `a: ${index}\n`, 'b.yaml': `b: ${index}\n` }]));
    scene().renderBranches(url, { ...added, ...TWO, npm: { 'npm.k8s.yaml': 'kind: Pod\n' } });

    expect(await scene().publish()).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('Published 201 branches.') });

    expect(scene().git('manifests.git', 'rev-parse', 'npm^')).toBe(before.npm);
    expect(scene().files('manifests.git', 'npm')).toEqual(['npm.k8s.yaml']);
    expect(scene().content('manifests.git', 'new-199', 'b.yaml')).toBe('b: 199');
    expect(scene().git('manifests.git', 'fsck', '--strict')).toBe('');
  });

  test('removes what is no longer rendered, and what becomes a folder or a file', async () => {
    const url = scene().bare('manifests.git');
    scene().renderBranches(url, { a: { 'keep.yaml': 'k', 'stale.yaml': 's', 'deep/stale.yaml': 's', 'x': 'file', 'y/z': 'in a folder', 'Case.yaml': 'c' } });
    await scene().publish();
    scene().renderBranches(url, { a: { 'keep.yaml': 'k', 'x/z': 'in a folder', 'y': 'file', 'case.yaml': 'c' } });
    expect(await scene().publish()).toMatchObject({ code: 0 });
    expect(scene().files('manifests.git', 'a')).toEqual(['case.yaml', 'keep.yaml', 'x/z', 'y']);
  });

  test('writes again what was deleted by hand', async () => {
    scene().renderBranches(scene().bare('manifests.git'), TWO);
    await scene().publish();
    scene().commit('manifests.git', 'npm', { 'npm.k8s.yaml': undefined });
    expect(await scene().publish()).toMatchObject({ code: 0 });
    expect(scene().files('manifests.git', 'npm')).toEqual(['kustomization.yaml', 'npm.k8s.yaml']);
  });

  test('records a change of inputs and exceptions, though no file changes', async () => {
    const url = scene().bare('manifests.git');
    scene().renderBranches(url, TWO);
    await scene().publish();
    const exception = { construct: 'a/b', object: 'Secret a/b', rule: 'plaintext-secret', reason: 'a test' };
    scene().renderBranches(url, TWO, { inputs: { colour: 'red' }, exceptions: [exception] });
    expect((await scene().publish()).stdout).toContain('1 changed');
    expect(scene().metadata('manifests.git', 'npm')['cdk8s-fluxcd']).toMatchObject({ inputs: { colour: 'red' }, exceptions: [exception] });
  });
});

describe('several directories of one branch', () => {
  const target = (cluster: string, app: string, text = 'v1') => ({
    role: 'config' as const,
    branch: 'main',
    path: `apps/${cluster}/${app}`,
    files: { [`apps/${cluster}/${app}/source.yaml`]: text, [`clusters/${cluster}/${app}.yaml`]: text },
  });

  test('come in one commit, beside what others have there', async () => {
    const url = scene().bare('config.git');
    const first = scene().commit('config.git', 'main', { 'README.md': 'hello', 'clusters/production/flux-system/gotk.yaml': 'x' });
    scene().render({ repositories: { config: { url, targets: [target('production', 'nodezoo'), target('staging', 'nodezoo')] } } });
    expect(await scene().publish()).toMatchObject({ code: 0 });
    expect(scene().git('config.git', 'rev-parse', 'main^')).toBe(first);

    scene().render({ app: 'other', repositories: { config: { url, targets: [target('production', 'other')] } } });
    expect(await scene().publish()).toMatchObject({ code: 0 });

    expect(scene().files('config.git', 'main')).toEqual([
      'README.md', 'apps/production/nodezoo/source.yaml', 'apps/production/other/source.yaml', 'apps/staging/nodezoo/source.yaml',
      'clusters/production/flux-system/gotk.yaml', 'clusters/production/nodezoo.yaml', 'clusters/production/other.yaml', 'clusters/staging/nodezoo.yaml',
    ]);
    expect(scene().metadata('config.git', 'main', 'apps/staging/nodezoo')['cdk8s-fluxcd']).toMatchObject({
      app: 'nodezoo',
      files: { 'apps/staging/nodezoo/source.yaml': expect.stringMatching(/^sha256:[0-9a-f]{64}$/), 'clusters/staging/nodezoo.yaml': expect.anything() },
    });
    expect((await scene().publish()).stdout).toContain('Nothing changed');
  });

  test('are pushed after the manifests, whatever the names, and not at all if those fail', async () => {
    const manifests = scene().bare('manifests.git');
    const config = scene().bare('config.git');
    const repositories = { z: { url: manifests, targets: [{ branch: 'a', files: { f: '1' } }] }, a: { url: config, targets: [target('production', 'nodezoo')] } };
    const log = scene().path('log');
    scene().hook('manifests.git', 'post-receive', `echo manifests >>"${log}"`);
    scene().hook('config.git', 'post-receive', `echo config >>"${log}"`);
    scene().render({ repositories });
    expect(await scene().publish()).toMatchObject({ code: 0 });
    expect(scene().read('log')).toBe('manifests\nconfig\n');

    scene().hook('manifests.git', 'pre-receive', 'exit 1');
    const before = scene().heads('config.git');
    repositories.z.targets[0].files.f = '2';
    scene().render({ repositories: { ...repositories, a: { url: config, targets: [target('production', 'nodezoo', 'v2')] } } });
    expect(await scene().publish()).toMatchObject({ code: 5 });
    expect(scene().heads('config.git')).toEqual(before);
  });
});

describe('options', () => {
  test('--dry-run says what would change and changes nothing', async () => {
    const url = scene().bare('manifests.git');
    scene().renderBranches(url, { a: { f: '1' } });
    await scene().publish();
    const before = scene().heads('manifests.git');
    scene().renderBranches(url, { a: { f: '2' }, b: { f: '1' } });
    const result = await scene().publish(['--dry-run']);
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.stdout).toBe(`manifests  ${url}\n  would update a  2 changed\n  would create b  2 files\nDry run: nothing was pushed, 2 branches would be.\n`);
    expect(scene().heads('manifests.git')).toEqual(before);
    expect(scene().leftovers()).toEqual([]);
  });

  test('--remote sends a repository elsewhere, by a path or a URL', async () => {
    scene().bare('mirror.git');
    scene().renderBranches('https://git.invalid/manifests.git', { a: { f: '1' } });
    expect(await scene().publish(['--remote', 'manifests=../mirror.git'])).toMatchObject({ code: 0 });
    expect((await scene().publish(['--remote', `manifests=file://${scene().path('mirror.git')}`])).stdout).toContain('Nothing changed');
    expect(Object.keys(scene().heads('mirror.git'))).toEqual(['a']);
  });

  test('--json is one document', async () => {
    const url = scene().bare('manifests.git');
    scene().renderBranches(url, { a: { f: '1', g: '1' }, same: { f: '1' } });
    await scene().publish();
    const before = scene().heads('manifests.git');
    scene().renderBranches(url, { a: { f: '2', h: '1' }, b: { f: '1' }, same: { f: '1' } });

    const result = await scene().publish(['--json', '--source-commit', 'abcdef1', '--source-url', 'https://git.invalid/app.git']);

    const { a, b } = scene().heads('manifests.git');
    const none = { added: [], changed: [], removed: [], adopted: [], overwritten: [] };
    expect(reportIn(result.stdout)).toEqual({
      event: 'report',
      notes: [],
      version: 1,
      outcome: 'published',
      exitCode: 0,
      app: 'nodezoo',
      source: { commit: 'abcdef1', dirty: false, url: 'https://git.invalid/app.git' },
      repositories: [{
        name: 'manifests',
        url,
        branches: [
          {
            ...none,
            branch: 'a',
            change: 'update',
            pushed: true,
            before: before.a,
            commit: a,
            added: ['h'],
            changed: ['f', 'hydrator.metadata'],
            removed: ['g'],
          },
          { ...none, branch: 'b', change: 'create', pushed: true, commit: b, added: ['f', 'hydrator.metadata'] },
          { ...none, branch: 'same', change: 'none', pushed: false, before: before.same },
        ],
      }],
      warnings: [],
      errors: [],
    });
    expect(reportIn((await scene().publish(['--json'])).stdout).outcome).toBe('unchanged');
    expect(reportIn((await scene().publish(['--json', 'nowhere'])).stdout)).toMatchObject({
      outcome: 'failed', exitCode: 3, repositories: [], errors: [expect.stringContaining(join('nowhere', 'delivery.json'))],
    });
  });

  test('--help has examples, --version is the version of the package', async () => {
    const help = await scene().run(['publish', '--help']);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toContain('Examples:\n  cdk8s-fluxcd publish ');
    expect(await scene().run(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  test('an app that delivers nothing has nothing to publish', async () => {
    scene().render({ repositories: {} });
    expect(await scene().publish()).toMatchObject({ code: 0, stdout: 'Nothing changed, nothing to push.\n' });
  });
});
