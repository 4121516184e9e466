import { execFileSync } from 'child_process';
import { useScene } from './scene';

const scene = useScene();

interface Service {
  readonly branch: string;
  readonly file?: string;
  readonly kustomization?: string;
  readonly objects?: string[];
}

/** An app with branches, and a config directory that applies them. */
function render(app: string, services: Service[], cluster = 'production'): void {
  const path = `apps/${cluster}/${app}`;
  const files = { [`${path}/k.yaml`]: services.map(({ branch }) => branch).join(), [`clusters/${cluster}/${app}.yaml`]: app };
  const manifests = services.map(({ branch, file = 'web.yaml', objects }) => ({ branch, files: { [file]: branch }, objects }));
  const applies = services.map(({ branch, kustomization = branch }) => (
    { kustomization: `flux-system/${kustomization}`, repository: 'manifests', branch, path: '' }
  ));
  scene().render({
    app,
    repositories: {
      config: { url: scene().path('config.git'), targets: [{ role: 'config', branch: 'main', path, files, applies }] },
      manifests: { url: scene().path('manifests.git'), targets: manifests },
    },
  });
}

beforeEach(() => {
  scene().bare('manifests.git');
  scene().bare('config.git');
});

/** Puts something with this name, in latin1, on a branch of the manifests: no file system takes all that git does. */
function addEntry(branch: string, mode: string, name: string): void {
  const git = (args: string[], input?: Buffer) => execFileSync('git', args, { cwd: scene().path('manifests.git'), env: scene().env, input });
  const tree = (entries: Buffer) => git(['mktree', '-z'], entries).toString().trim();
  const blob = git(['hash-object', '-w', '--stdin'], Buffer.from('theirs')).toString().trim();
  const entry = mode === '100644' ? `100644 blob ${blob}` : `040000 tree ${tree(Buffer.from(`100644 blob ${blob}\ttheirs.yaml\0`))}`;
  const all = tree(Buffer.concat([git(['ls-tree', '-z', branch]), Buffer.from(`${entry}\t${name}\0`, 'latin1')]));
  scene().git('manifests.git', 'update-ref', `refs/heads/${branch}`, scene().git('manifests.git', 'commit-tree', '-m', 'x', '-p', branch, all));
}

async function published(...args: string[]): Promise<string> {
  const result = await scene().publish(args);
  expect(result).toMatchObject({ code: 0 });
  return result.stderr;
}

async function refused(text: string, ...args: string[]): Promise<void> {
  const before = [scene().heads('manifests.git'), scene().heads('config.git')];
  expect(await scene().publish(args)).toMatchObject({ code: 4, stderr: expect.stringContaining(text) });
  expect([scene().heads('manifests.git'), scene().heads('config.git')]).toEqual(before);
}

describe('what would break others is refused by name', () => {
  test('an object that another app delivers to the cluster, and to that one only', async () => {
    render('one', [{ branch: 'one', objects: ['Deployment.apps shop/web'] }]);
    await published();
    render('two', [{ branch: 'two', objects: ['Deployment.apps shop/web'] }]);
    await refused("branch 'main', directory 'apps/production/two', object 'Deployment.apps shop/web': app 'one' delivers that");
    render('two', [{ branch: 'two', objects: ['Deployment.apps shop/web'] }], 'staging');
    await published();
  });

  test("what another app's record cannot tell is warned of", async () => {
    render('one', [{ branch: 'one', objects: ['Deployment.apps shop/web'] }]);
    await published();
    const file = 'apps/production/one/hydrator.metadata';
    const record = JSON.parse(scene().content('config.git', 'main', file));
    record['cdk8s-fluxcd'].objects = null;
    scene().commit('config.git', 'main', { [file]: JSON.stringify(record) });
    render('two', [{ branch: 'two', objects: ['Deployment.apps shop/web'] }]);
    expect(await published()).toContain(`file '${file}': is not what cdk8s-fluxcd writes, so that it is unknown whether its app delivers objects of ours.`);
  });

  test('a kustomization.yaml beside the Kustomization of the app that does not list it', async () => {
    scene().commit('config.git', 'main', { 'clusters/production/kustomization.yaml': 'resources:\n- other.yaml\n' });
    render('one', [{ branch: 'one' }]);
    await refused("file 'clusters/production/one.yaml': 'clusters/production/kustomization.yaml' beside it does not list it");
    scene().commit('config.git', 'main', { 'clusters/production/kustomization.yaml': 'resources:\n- other.yaml\n- ./one.yaml\n' });
    await published();
  });

  test('a Kustomization that has another name now', async () => {
    render('one', [{ branch: 'one' }]);
    await published();
    render('one', [{ branch: 'one', kustomization: 'other' }]);
    await refused("Kustomization 'flux-system/one': is 'flux-system/other' now");
  });
});

describe('a service that has left the app', () => {
  beforeEach(async () => {
    render('nodezoo', [{ branch: 'web' }, { branch: 'old' }]);
    await published();
    render('nodezoo', [{ branch: 'web' }]);
  });

  test('takes its Flux objects along, and its branch only when told to', async () => {
    expect(await published()).toBe("warning: 'old' of 'manifests' is no longer delivered; what was published stays there. Publish with --delete-branches to delete it.\n");
    expect(scene().content('config.git', 'main', 'apps/production/nodezoo/k.yaml')).toBe('web');
    expect(Object.keys(scene().heads('manifests.git'))).toEqual(['old', 'web']);

    expect((await scene().publish(['--delete-branches', '--dry-run'])).stdout).toMatch(/would delete +old [^]*would update +main .*\nDry run: nothing was pushed, 2 branches would be\.\n/);
    expect(Object.keys(scene().heads('manifests.git'))).toEqual(['old', 'web']);

    expect(await published('--delete-branches')).toBe('');
    expect(Object.keys(scene().heads('manifests.git'))).toEqual(['web']);
    expect((await scene().publish()).stdout).toContain('Nothing changed');
    expect(scene().metadata('config.git', 'main', 'apps/production/nodezoo')['cdk8s-fluxcd'].delivered).toMatchObject([{ branch: 'web' }]);
  });

  test('has its branch deleted only after the config repository says so', async () => {
    scene().hook('config.git', 'pre-receive', 'exit 1');
    expect(await scene().publish(['--delete-branches'])).toMatchObject({ code: 5 });
    expect(Object.keys(scene().heads('manifests.git'))).toEqual(['old', 'web']);
  });

  test("keeps others' files on its branch, and the branch with them", async () => {
    scene().commit('manifests.git', 'old', { 'theirs.yaml': 'x' });
    await published('--delete-branches');
    expect(scene().files('manifests.git', 'old')).toEqual(['theirs.yaml']);
  });

  test.each([
    ['in a folder whose name is no UTF-8', '040000', 'a\xffb', 'web.yaml'],
    ['in a folder whose name holds a line break', '040000', 'a\nb', 'web.yaml'],
    ['whose name reads as that of a file of its own', '100644', 'web\xff.yaml', 'web\ufffd.yaml'],
  ])('keeps a branch with a file of others %s', async (_, mode, name, file) => {
    render('nodezoo', [{ branch: 'web' }, { branch: 'old', file }]);
    await published('--overwrite', '--adopt');
    addEntry('old', mode, name);
    render('nodezoo', [{ branch: 'web' }]);
    await published('--delete-branches');
    expect(Object.keys(scene().heads('manifests.git'))).toEqual(['old', 'web']);
    expect(scene().git('manifests.git', 'ls-tree', '-r', 'old').split('\n')).toHaveLength(1);
  });

  test('keeps what was changed by hand, unless told to overwrite it', async () => {
    scene().commit('manifests.git', 'old', { 'web.yaml': 'by hand' });
    await refused("branch 'old', file 'web.yaml': is no longer delivered, and was changed there", '--delete-branches');
    await published('--delete-branches', '--overwrite');
    expect(Object.keys(scene().heads('manifests.git'))).toEqual(['web']);
  });

  test('keeps a branch that another app has taken over', async () => {
    scene().git('manifests.git', 'update-ref', '-d', 'refs/heads/old');
    await scene().publish([], {});
    scene().renderBranches(scene().path('manifests.git'), { old: { f: '1' } }, { app: 'shop' }, 'work/shop');
    expect(await scene().publish(['shop'])).toMatchObject({ code: 0 });
    await published('--delete-branches');
    expect(Object.keys(scene().heads('manifests.git'))).toEqual(['old', 'web']);
  });

  test('keeps a branch when a record that would tell who reads it cannot be read', async () => {
    render('nodezoo', [{ branch: 'web' }, { branch: 'old' }], 'staging');
    await published();
    const file = 'apps/staging/nodezoo/hydrator.metadata';
    const record = JSON.parse(scene().content('config.git', 'main', file));
    record['cdk8s-fluxcd'].version = 2;
    scene().commit('config.git', 'main', { [file]: JSON.stringify(record) });
    render('nodezoo', [{ branch: 'web' }]);
    await refused(`file '${file}' of the config repository: is of version 2`, '--delete-branches');
  });

  test('keeps its branch when the record on it cannot be read, and does not forget it', async () => {
    scene().commit('manifests.git', 'old', { 'hydrator.metadata': '<<<<<<<' });
    await refused("branch 'old', file 'hydrator.metadata': is not JSON, so that it is unknown what may be deleted.", '--delete-branches');
    expect(await published()).toContain("'old' of 'manifests' is no longer delivered");
  });

  test('keeps a branch that another cluster still reads', async () => {
    render('nodezoo', [{ branch: 'old' }], 'staging');
    await published();
    render('nodezoo', [{ branch: 'web' }]);
    expect(await published('--delete-branches')).toBe('');
    expect(Object.keys(scene().heads('manifests.git'))).toEqual(['old', 'web']);
  });
});

test('a directory of a shared branch goes, and what others have on it stays', async () => {
  const shared = (app: string, paths: string[]) => scene().render({
    app,
    repositories: {
      config: {
        url: scene().path('config.git'),
        targets: [{ role: 'config', branch: 'main', path: `apps/production/${app}`, files: { [`apps/production/${app}/k.yaml`]: paths.join() } }],
      },
      manifests: { url: scene().path('manifests.git'), targets: paths.map((path) => ({ branch: 'main', path, files: { [`${path}/web.yaml`]: path } })) },
    },
  });
  shared('one', ['one', 'old']);
  await published();
  shared('two', ['two']);
  await published();
  shared('one', ['one']);
  expect(await published()).toContain("'main' path 'old' of 'manifests' is no longer delivered");
  await published('--delete-branches');
  expect(scene().files('manifests.git', 'main')).toEqual(['one/web.yaml', 'two/web.yaml']);

  shared('one', []);
  await published('--delete-branches');
  shared('two', []);
  await published('--delete-branches');
  expect(scene().files('manifests.git', 'main')).toEqual([]);
});

test('an app that moves from a whole branch to a directory of it, and back, adopts nothing and loses nothing', async () => {
  const at = (path: string) => scene().render({
    repositories: {
      config: {
        url: scene().path('config.git'),
        targets: [{ role: 'config', branch: 'main', path: 'apps/production/nodezoo', files: { 'apps/production/nodezoo/k.yaml': path } }],
      },
      manifests: { url: scene().path('manifests.git'), targets: [{ branch: 'web', path, files: { 'x/web.yaml': 'web', [path ? 'x/y.yaml' : 'z.yaml']: 'v' } }] },
    },
  });
  at('');
  await published();
  at('x');
  await published('--delete-branches');
  expect(scene().files('manifests.git', 'web')).toEqual(['x/web.yaml', 'x/y.yaml']);
  at('');
  await published('--delete-branches');
  expect(scene().files('manifests.git', 'web')).toEqual(['x/web.yaml', 'z.yaml']);
  expect((await scene().publish()).stdout).toContain('Nothing changed');
});

test('what left two clusters that are rendered apart is deleted once neither has it', async () => {
  for (const cluster of ['a', 'b']) {
    render('nodezoo', [{ branch: 'web' }, { branch: 'old' }], cluster);
    await published();
  }
  for (const cluster of ['a', 'b']) {
    render('nodezoo', [{ branch: 'web' }], cluster);
    await published('--delete-branches');
  }
  expect(Object.keys(scene().heads('manifests.git'))).toEqual(['web']);
});

describe('what looks like a mistake', () => {
  const from = (repository: string) => ['--source-commit', 'a'.repeat(40), '--source-date', '2026-01-01T00:00:00Z', '--source-url', repository];

  beforeEach(async () => {
    render('nodezoo', [{ branch: 'cart' }, { branch: 'web' }]);
    await published(...from('https://git.example.com/shop/cart.git'));
  });

  test('is none where the history at hand holds what was published: another way to the same source', async () => {
    scene().git('work', 'init', '--quiet');
    scene().git('work', 'commit', '--quiet', '--allow-empty', '-m', 'x');
    scene().git('work', 'remote', 'add', 'origin', 'https://git.example.com/shop/cart.git');
    render('nodezoo', [{ branch: 'cart', file: 'one.yaml' }, { branch: 'web', file: 'one.yaml' }]);
    await published();
    render('nodezoo', [{ branch: 'cart', file: 'two.yaml' }, { branch: 'web', file: 'two.yaml' }]);
    scene().git('work', 'remote', 'set-url', 'origin', 'https://git.example.com/fork/cart.git');
    await published();
  });

  test('an app of the same name, rendered from a copy of the repository, takes nothing away', async () => {
    render('nodezoo', [{ branch: 'cart' }, { branch: 'web', file: 'other.yaml' }]);
    const copy = from('https://git.example.com/shop/search');
    await refused("branch 'web': was published from https://git.example.com/shop/cart.git, this is https://git.example.com/shop/search, and what", ...copy);
    await published(...copy, '--adopt');
  });

  test.each(['git@git.example.com:shop/cart', 'https://GIT.example.com:443/shop/cart/', 'ssh://git@git.example.com:7999/scm/shop/cart.git', 'git@git-work:shop/cart.git'])(
    'the same repository by another name (%s) may', async (url) => {
      render('nodezoo', [{ branch: 'cart' }, { branch: 'web', file: 'other.yaml' }]);
      await published(...from(url));
    });

  test('an app that was rendered without any of its services', async () => {
    render('nodezoo', []);
    await refused("branch 'main', directory 'apps/production/nodezoo': all 2 deliveries of the app would leave at once");
    await published('--delete-branches');
  });
});

test('what is declared and delivered to no longer is taken away, too, and tags are told of', async () => {
  render('nodezoo', [{ branch: 'web' }]);
  await published();
  const { repositories, ...rest } = JSON.parse(scene().read('work/dist/delivery.json'));
  const [config, manifests] = repositories;
  const file = 'apps/production/nodezoo/k.yaml';
  scene().write(`work/dist/config/main/${file}`, 'moved');
  const moved = { ...config, targets: [{ ...config.targets[0], applies: [] }] };
  const write = (all: object[], registries?: object[]) => scene().write('work/dist/delivery.json', JSON.stringify({ ...rest, repositories: all, registries }));
  write([moved]);
  expect(await published()).toContain("'web' of 'manifests' is no longer delivered; what was published stays there. Declare 'manifests' in the app again");
  expect(Object.keys(scene().heads('manifests.git'))).toEqual(['web']);
  write([moved, { ...manifests, targets: [] }]);
  expect(await published('--remote', `manifests=${scene().path('manifests.git')}`, '--delete-branches')).toBe('');
  expect(scene().heads('manifests.git')).toEqual({});
});

describe('a cluster that is no longer rendered', () => {
  const cluster = (name: string) => ({
    role: 'config' as const, branch: 'main', path: `apps/${name}/nodezoo`, files: { [`apps/${name}/nodezoo/k.yaml`]: name, [`clusters/${name}/nodezoo.yaml`]: name },
  });
  const publishAll = async (...clusters: string[]) => {
    scene().render({ repositories: { config: { url: scene().path('config.git'), targets: clusters.map(cluster) } } });
    return published();
  };

  test('is told of, with the files that Flux goes on applying', async () => {
    expect(await publishAll('production', 'staging')).toBe('');
    expect(await publishAll('production')).toContain("directory 'apps/staging/nodezoo': was rendered together with the others and is not now, while Flux goes on applying it. " +
      "If that cluster has left, delete 'apps/staging/nodezoo/k.yaml', 'clusters/staging/nodezoo.yaml', 'apps/staging/nodezoo/hydrator.metadata' by hand; it is not told of again.");
    expect(await publishAll('production')).toBe('');
  });

  test('is told of no more where clusters are rendered one by one', async () => {
    await publishAll('production', 'staging');
    await publishAll('production');
    await publishAll('staging');
    for (const name of ['production', 'staging']) {
      expect(await publishAll(name)).toBe('');
    }
  });
});
