import { reportIn, Target, useScene } from './scene';

const scene = useScene();

const RENDERED = { 'kustomization.yaml': 'k1\n', 'web.yaml': 'w1\n' };

async function published(files: Record<string, string> = RENDERED): Promise<void> {
  scene().renderBranches(scene().bare('manifests.git'), { web: files });
  expect(await scene().publish()).toMatchObject({ code: 0 });
}

function render(files: Record<string, string>, app?: string): void {
  scene().renderBranches(scene().path('manifests.git'), { web: files }, { app });
}

/** Publishing is refused with these lines, and nothing moves. */
async function refused(lines: (string | RegExp)[], args: string[] = [], repository = 'manifests.git'): Promise<void> {
  const before = scene().heads(repository);
  const result = await scene().publish(args);
  expect({ ...result, stderr: result.stderr.trimEnd().split('\n').filter((line) => !line.startsWith('warning: ')) }).toEqual({
    code: 4, stdout: '', stderr: lines.map((line) => typeof line === 'string' ? `error: ${line}` : expect.stringMatching(line)),
  });
  expect(scene().heads(repository)).toEqual(before);
}

async function adopts(flag = '--adopt'): Promise<string> {
  const result = await scene().publish([flag]);
  expect(result).toMatchObject({ code: 0, stderr: '' });
  expect((await scene().publish()).stdout).toContain('Nothing changed');
  return result.stdout;
}

describe('what was changed by hand', () => {
  const where = "repository 'manifests', branch 'web', file";

  test('is refused where it would be overwritten or deleted, all at once', async () => {
    await published({ ...RENDERED, 'stale.yaml': 's1\n', 'same.yaml': 'x\n' });
    scene().commit('manifests.git', 'web', { 'web.yaml': 'by hand\n', 'stale.yaml': 'by hand\n', 'same.yaml': 'by hand\n' });
    render({ 'kustomization.yaml': 'k2\n', 'web.yaml': 'w2\n', 'same.yaml': 'x\n' });
    await refused([
      `${where} 'stale.yaml': is no longer rendered, and was changed there since app 'nodezoo' published it. Take the change back, or publish with --overwrite to delete the file.`,
      `${where} 'same.yaml': was changed there since app 'nodezoo' published it (there, against what is rendered now: file same.yaml: changed). Bring the change into the app, or publish with --overwrite to replace it.`,
      `${where} 'web.yaml': was changed there since app 'nodezoo' published it (there, against what is rendered now: file web.yaml: changed). Bring the change into the app, or publish with --overwrite to replace it.`,
    ]);
    await refused([/stale/, /same/, /web/], ['--adopt']);
    expect(await adopts('--overwrite')).toContain('(overwritten: stale.yaml, same.yaml, web.yaml)');
    expect(scene().files('manifests.git', 'web')).toEqual(['kustomization.yaml', 'same.yaml', 'web.yaml']);
    expect(scene().content('manifests.git', 'web', 'web.yaml')).toBe('w2');
  });

  test('into what would be rendered now is fine', async () => {
    await published();
    scene().commit('manifests.git', 'web', { 'web.yaml': 'w2\n' });
    render({ ...RENDERED, 'web.yaml': 'w2\n' });
    expect((await scene().publish()).stdout).toContain('1 changed'); // the record
  });

  test('is refused by a repository that leaves out files when it is read, too', async () => {
    await published({ ...RENDERED, 'stale.yaml': 's1\n' });
    scene().git('manifests.git', 'config', 'uploadpack.allowFilter', 'true');
    scene().commit('manifests.git', 'web', { 'web.yaml': 'by hand\n', 'stale.yaml': 'by hand\n' });
    render({ ...RENDERED, 'web.yaml': 'w2\n' });
    await refused([/file 'stale.yaml'/, /file 'web.yaml'/]);
    await adopts('--overwrite');
    render({ ...RENDERED, 'web.yaml': 'w3\n' });
    expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
    expect(scene().content('manifests.git', 'web', 'web.yaml')).toBe('w3');
  });
});

describe('what somebody else put on our branch', () => {
  test('stays', async () => {
    await published();
    scene().commit('manifests.git', 'web', { 'OWNERS': 'me\n', 'docs/notes.md': 'n\n' });
    render({ 'web.yaml': 'w2\n' });
    expect(await scene().publish()).toMatchObject({ code: 0 });
    expect(scene().files('manifests.git', 'web')).toEqual(['OWNERS', 'docs/notes.md', 'web.yaml']);
  });

  test('is refused where our file would go, unless it is the same', async () => {
    await published();
    scene().commit('manifests.git', 'web', { 'new.yaml': 'theirs\n', 'same.yaml': 'same\n' });
    render({ ...RENDERED, 'new.yaml': 'ours\n', 'same.yaml': 'same\n' });
    await refused(["repository 'manifests', branch 'web', file 'new.yaml': exists and was not published by cdk8s-fluxcd. Rename or delete one of the two, or publish with --adopt to replace it."]);
    expect(await adopts()).toContain('(adopted: new.yaml)');
  });

  test('is refused when the names differ only in case', async () => {
    await published();
    scene().commit('manifests.git', 'web', { 'NEW.yaml': 'theirs\n', 'Docs/x': 'theirs\n' });
    render({ ...RENDERED, 'new.yaml': 'ours\n', 'docs/y': 'ours\n' });
    const lines = [
      "repository 'manifests', branch 'web', 'Docs': is a name that differs only in case on the branch, in the way of file 'docs/y'. Rename one of them, or delete that one there.",
      "repository 'manifests', branch 'web', 'NEW.yaml': is a name that differs only in case on the branch, in the way of file 'new.yaml'. Rename one of them, or delete that one there.",
    ];
    await refused(lines);
    await refused(lines, ['--adopt']);
  });

  test('is refused when one is a folder of the other, a symbolic link or a submodule', async () => {
    await published();
    const blob = scene().git('manifests.git', 'rev-parse', 'web:web.yaml');
    scene().commit('manifests.git', 'web', { 'a': 'a file\n', 'b/file': 'in a folder\n' });
    scene().git('.', 'clone', '--quiet', '--branch=web', 'manifests.git', 'clone');
    scene().git('clone', 'update-index', '--add', '--cacheinfo', `120000,${blob},link`, '--cacheinfo', `160000,${'1'.repeat(40)},module`);
    scene().git('clone', 'commit', '--quiet', '-m', 'odd things');
    scene().git('clone', 'push', '--quiet', 'origin', 'web');
    render({ ...RENDERED, 'a/x': '', 'b': '', 'link': '', 'module/x': '', 'web.yaml': 'w2\n' });
    for (const args of [[], ['--adopt']]) {
      await refused([
        /branch 'web', 'a': is a file on the branch, in the way of file 'a\/x'/,
        /branch 'web', 'b': is a folder on the branch, in the way of file 'b'/,
        /branch 'web', 'link': is a symbolic link on the branch, in the way of file 'link'/,
        /branch 'web', 'module': is a submodule on the branch, in the way of file 'module\/x'/,
      ], args);
    }
  });
});

test('what is taken over and what is overwritten are told apart', async () => {
  await published();
  scene().commit('manifests.git', 'web', { 'web.yaml': 'by hand\n', 'new.yaml': 'theirs\n' });
  render({ ...RENDERED, 'web.yaml': 'w2\n', 'new.yaml': 'n\n' });
  expect((await scene().publish(['--adopt', '--overwrite', '--dry-run'])).stdout).toContain('(adopted: new.yaml) (overwritten: web.yaml)');
  const { stdout } = await scene().publish(['--adopt', '--overwrite', '--json']);
  expect(reportIn(stdout).repositories[0].branches[0]).toMatchObject({ adopted: expect.arrayContaining(['new.yaml', 'web.yaml']), overwritten: ['web.yaml'] });
});

describe('a branch or directory that we did not make', () => {
  test('is refused as a whole, unless --adopt takes it over', async () => {
    scene().bare('manifests.git');
    scene().commit('manifests.git', 'web', { 'web.yaml': 'theirs\n', 'other.yaml': 'theirs\n' });
    render(RENDERED);
    await refused([
      "repository 'manifests', branch 'web', the whole branch: exists and was not published by cdk8s-fluxcd. Deliver elsewhere, or publish with --adopt to take it over (foreign files stay).",
      /branch 'web', file 'web.yaml': exists and was not published by cdk8s-fluxcd/,
    ]);
    expect(await adopts()).toContain('(adopted: ., web.yaml)');
    expect(scene().files('manifests.git', 'web')).toEqual(['kustomization.yaml', 'other.yaml', 'web.yaml']);
  });

  test('is taken over from another tool that keeps a record of the same name', async () => {
    scene().bare('manifests.git');
    scene().commit('manifests.git', 'web', { 'hydrator.metadata': '{"drySha":"abc"}' });
    render(RENDERED);
    await refused([/the whole branch: exists and was not published by cdk8s-fluxcd/]);
    await adopts();
    expect(scene().metadata('manifests.git', 'web')['cdk8s-fluxcd'].app).toBe('nodezoo');
  });

  test('is free if it is an empty branch', async () => {
    scene().bare('manifests.git');
    scene().commit('manifests.git', 'web', {});
    render(RENDERED);
    expect(await scene().publish()).toMatchObject({ code: 0 });
  });

  test('is never taken over if another app owns it', async () => {
    await published();
    render(RENDERED, 'other');
    for (const args of [[], ['--adopt']]) {
      await refused(["repository 'manifests', branch 'web', the whole branch: belongs to app 'nodezoo', and this is app 'other'. Deliver to another branch or path."], args);
    }
  });

  test.each([
    ['not JSON', '{', /is not JSON, so that the owner is unknown\. Bring it back from the history of the branch, or delete it there and publish with --adopt\.$/],
    ['of a newer version', '{"cdk8s-fluxcd":{"version":2}}', /is of version 2, and this cdk8s-fluxcd reads version 1, so that the owner is unknown\. Upgrade cdk8s-fluxcd\.$/],
    ['without a version', '{"cdk8s-fluxcd":{}}', /does not say its version/],
    ['of another shape', '{"cdk8s-fluxcd":{"version":1,"app":"nodezoo","inputs":{},"files":[1]}}', /is not what cdk8s-fluxcd writes/],
    ['leading elsewhere', '{"cdk8s-fluxcd":{"version":1,"app":"nodezoo","inputs":{},"files":{"../x":"sha256:0"}}}', /lists "\.\.\/x", which is no path of a branch/],
    ...[
      { delivered: [{ repository: 'r', branch: 'web', path: '../a\nb', kustomizations: [] }] },
      { delivered: [{ repository: 'r', branch: 'a\u0001b', path: '', kustomizations: [] }] },
      { sources: { manifests: 5 } },
      { sources: [] },
    ].map((part): [string, string, RegExp] => [
      JSON.stringify(part), JSON.stringify({ 'cdk8s-fluxcd': { version: 1, app: 'nodezoo', inputs: {}, files: {}, ...part } }), /is not what cdk8s-fluxcd writes/,
    ]),
  ])('is refused if its record is %s', async (_, record, message) => {
    await published();
    scene().commit('manifests.git', 'web', { 'hydrator.metadata': record });
    for (const args of [[], ['--adopt']]) {
      await refused([message], args);
    }
  });
});

describe('on a branch shared by apps', () => {
  const target = (app: string, path = `apps/${app}`, text = 'v1'): Target =>
    ({ role: 'config', branch: 'main', path, files: { [`${path}/source.yaml`]: text, [`clusters/production/${app}.yaml`]: text } });

  const renderConfig = (app: string, ...targets: Target[]) => scene().render({ app, repositories: { config: { url: scene().path('config.git'), targets } } });

  beforeEach(() => {
    scene().bare('config.git');
  });

  test('a file outside the directory that nobody owns is refused, and adopted', async () => {
    scene().commit('config.git', 'main', { 'clusters/production/web.yaml': 'by hand\n' });
    renderConfig('web', target('web'));
    await refused([/branch 'main', file 'clusters\/production\/web.yaml': exists and was not published by cdk8s-fluxcd/], [], 'config.git');
    await adopts();
  });

  test('a file that another app owns is refused by its name, also with --adopt', async () => {
    renderConfig('web', target('web'));
    await scene().publish();
    renderConfig('other', { ...target('web', 'apps/other', 'v2') });
    for (const args of [[], ['--adopt']]) {
      await refused(["repository 'config', branch 'main', file 'clusters/production/web.yaml': belongs to app 'web', and this is app 'other'. Rename one of the two apps, or deliver elsewhere."], args, 'config.git');
    }
  });

  test('a copy of a directory, record and all, is nobody\'s, and takes nothing from the one it was made of', async () => {
    renderConfig('web', target('web', 'apps/staging/web'));
    expect(await scene().publish()).toMatchObject({ code: 0 });
    const copied = Object.fromEntries(['source.yaml', 'hydrator.metadata'].map((file) => (
      [`apps/production/web/${file}`, scene().content('config.git', 'main', `apps/staging/web/${file}`)]
    )));
    scene().commit('config.git', 'main', copied);
    const production = { ...target('web', 'apps/production/web', 'v2'), files: { 'apps/production/web/source.yaml': 'v2' } };
    renderConfig('web', production);
    await refused(['directory', 'file'].map((what) => new RegExp(`${what} 'apps/production/web\\S*': exists and was not published by cdk8s-fluxcd`)), [], 'config.git');
    expect(await scene().publish(['--adopt'])).toMatchObject({ code: 0 });
    expect(scene().files('config.git', 'main')).toEqual(['apps/production/web/source.yaml', 'apps/staging/web/source.yaml', 'clusters/production/web.yaml']);
  });

  test('who may write to one record may not delete what others list', async () => {
    renderConfig('other', target('other'));
    expect(await scene().publish()).toMatchObject({ code: 0 });
    renderConfig('web', target('web'));
    expect(await scene().publish()).toMatchObject({ code: 0 });
    const record = scene().metadata('config.git', 'main', 'apps/web');
    const theirs = scene().metadata('config.git', 'main', 'apps/other')['cdk8s-fluxcd'].files;
    record['cdk8s-fluxcd'].files = { ...record['cdk8s-fluxcd'].files, ...theirs };
    scene().commit('config.git', 'main', { 'apps/web/hydrator.metadata': JSON.stringify(record) });
    renderConfig('web', target('web', 'apps/web', 'v2'));
    expect(await scene().publish()).toMatchObject({ code: 0 });
    expect(scene().files('config.git', 'main')).toEqual(expect.arrayContaining(['apps/other/source.yaml', 'clusters/production/other.yaml']));
  });

  test('directories of two apps never lie in each other', async () => {
    renderConfig('web', target('web', 'apps/web'));
    await scene().publish();
    renderConfig('other', target('other', 'apps/web/deeper'));
    await refused(["repository 'config', branch 'main', directory 'apps/web/deeper': lies in 'apps/web' that app 'web' owns. Deliver to another branch or path."], ['--adopt'], 'config.git');
    renderConfig('other', target('other', 'apps'));
    await refused(["repository 'config', branch 'main', directory 'apps': holds 'apps/web', which belongs to app 'web', and cannot be adopted. Deliver to another branch or path."], ['--adopt'], 'config.git');
  });

  describe.each([
    ['of a newer version', '{"cdk8s-fluxcd":{"version":2,"app":"other"}}', 'is of version 2, and this cdk8s-fluxcd reads version 1', 'Upgrade cdk8s-fluxcd'],
    ['of a list that is null', '{"cdk8s-fluxcd":{"version":1,"app":"web","inputs":{},"files":{},"objects":null}}', 'is not what cdk8s-fluxcd writes', 'Bring it back from the history of the branch, or delete it there and publish with --adopt'],
    ['of exceptions that are none', '{"cdk8s-fluxcd":{"version":1,"app":"web","inputs":{},"files":{},"exceptions":[[[]]]}}', 'is not what cdk8s-fluxcd writes', 'Bring it back from the history of the branch, or delete it there and publish with --adopt'],
    ['not JSON', '{', 'is not JSON', 'Bring it back from the history of the branch, or delete it there and publish with --adopt'],
  ])('a record that is %s', (_, record, problem, remedy) => {
    const commit = (files: Record<string, string>) => scene().commit('config.git', 'main', files);
    const bothRefused = async (line: string) => {
      await refused([line], [], 'config.git');
      await refused([line], ['--adopt'], 'config.git');
    };

    test.each(['hydrator.metadata', 'apps/hydrator.metadata'])('above the directory (%s) is refused, also with --adopt', async (file) => {
      commit({ [file]: record });
      renderConfig('web', target('web'));
      await bothRefused(`repository 'config', branch 'main', file '${file}': ${problem}, so that the owner is unknown. ${remedy}.`);
    });

    test('in the directory is refused when that would be adopted', async () => {
      commit({ 'apps/web/sub/hydrator.metadata': record, 'apps/web/sub/x.yaml': 'x\n' });
      renderConfig('web', target('web'));
      const line = `repository 'config', branch 'main', file 'apps/web/sub/hydrator.metadata': ${problem}, so that the owner is unknown. ${remedy}.`;
      await refused([line], ['--adopt'], 'config.git');
    });

    test('elsewhere keeps us from replacing what is not ours, and from nothing else', async () => {
      commit({ 'apps/other/hydrator.metadata': record });
      renderConfig('web', target('web'));
      const warned = { code: 0, stderr: expect.stringContaining(`file 'apps/other/hydrator.metadata': ${problem}, so that it is unknown whether its app delivers`) };
      expect(await scene().publish()).toMatchObject(warned);
      renderConfig('web', target('web', 'apps/web', 'v2'));
      expect(await scene().publish()).toMatchObject(warned);
      commit({ 'clusters/production/new.yaml': 'theirs\n', 'clusters/production/web.yaml': 'by hand\n' });
      const { files, ...more } = target('web', 'apps/web', 'v2');
      renderConfig('web', { ...more, files: { ...files, 'clusters/production/new.yaml': 'ours' } });
      const theirs = "repository 'config', branch 'main', file 'clusters/production/new.yaml': " +
        `may belong to the owner of 'apps/other/hydrator.metadata', which ${problem}. ${remedy}.`;
      await refused([theirs], ['--adopt', '--overwrite'], 'config.git');
      await refused([theirs, /file 'clusters\/production\/web\.yaml': was changed there/], [], 'config.git');
    });
  });

  test("another tool's record, above and in the directory, is nobody's", async () => {
    const record = '{"drySha":"abc"}';
    scene().commit('config.git', 'main', {
      'hydrator.metadata': record, 'apps/web/sub/hydrator.metadata': record, 'clusters/production/web.yaml': 'theirs\n',
    });
    renderConfig('web', target('web'));
    await adopts();
  });

  test('a symbolic link on the way to the directory is refused', async () => {
    scene().commit('config.git', 'main', { 'elsewhere/x': 'x\n' });
    scene().git('.', 'clone', '--quiet', 'config.git', 'clone');
    scene().git('clone', 'update-index', '--add', '--cacheinfo', `120000,${scene().git('clone', 'rev-parse', 'main:elsewhere/x')},apps`);
    scene().git('clone', 'commit', '--quiet', '-m', 'a link');
    scene().git('clone', 'push', '--quiet', 'origin', 'main');
    renderConfig('web', target('web'));
    await refused([/branch 'main', 'apps': is a symbolic link on the branch, in the way of file 'apps\/web\/source.yaml'/], ['--adopt'], 'config.git');
  });

  test('all refusals of all repositories come before the first push', async () => {
    await published();
    scene().commit('manifests.git', 'web', { 'web.yaml': 'by hand\n' });
    scene().commit('config.git', 'main', { 'clusters/production/web.yaml': 'by hand\n' });
    scene().render({
      repositories: {
        manifests: { url: scene().path('manifests.git'), targets: [{ branch: 'web', files: { 'web.yaml': 'w2\n' } }, { branch: 'fine', files: { f: '' } }] },
        config: { url: scene().path('config.git'), targets: [target('web')] },
      },
    });
    await refused([/repository 'manifests', branch 'web', file 'web.yaml'/, /repository 'config', branch 'main', file 'clusters\/production\/web.yaml'/]);
  });
});
