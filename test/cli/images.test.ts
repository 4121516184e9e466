import { createHash } from 'crypto';
import { useScene } from './scene';
import { setImages } from '../tools/yaml-oracle';

const scene = useScene();
const FILE = 'web.k8s.yaml';
const POLICY = 'flux-system:web';
const KEY = `Deployment.apps shop/web spec.template.spec.containers[name=web].image # ${POLICY}`;

interface Rendered {
  readonly image?: string;
  readonly replicas?: number;
  readonly note?: string;
}

/** A file as the library writes it. */
function deployment({ image = 'shop/web:1.0.0', replicas = 1, note = '"12:30"' }: Rendered = {}): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  annotations:
    note: ${note}
  name: web
  namespace: shop
spec:
  replicas: ${replicas}
  template:
    spec:
      containers:
        - image: ${image} # {"$imagepolicy": "${POLICY}"}
          name: web
`;
}

function render(rendered?: Rendered, more: Record<string, string> = {}): void {
  scene().renderBranches(scene().path('manifests.git'), { web: { [FILE]: deployment(rendered), 'kustomization.yaml': 'k\n', ...more } });
}

async function published(rendered?: Rendered): Promise<void> {
  scene().bare('manifests.git');
  render(rendered);
  expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
}

function live(file = FILE): string {
  return scene().git('manifests.git', 'cat-file', 'blob', `web:${file}`);
}

/** A commit of the automation, by its own code: it sets the value, and writes the file anew. */
function automate(image: string, change: (text: string) => string = (text) => text): void {
  scene().commit('manifests.git', 'web', { [FILE]: setImages([change(`${live()}\n`)], { [POLICY]: image })[0] });
  expect(live()).toContain(`${image} # {`);
}

/** Re-formats what people might have written otherwise, as the automation does at times. */
const reformatted = (text: string) => text.replace('"12:30"', "'12:30'").replace('kind: Deployment', 'kind: "Deployment"').replace(/^ {8}(- image|  name)/gm, '      $1');

const commits = () => Number(scene().git('manifests.git', 'rev-list', '--count', 'web'));

test('what an automation wrote stays, and nothing moves, while the app renders the same', async () => {
  await published();
  automate('shop/web:1.2.0', reformatted);
  const before = scene().heads('manifests.git');
  render();
  expect(await scene().publish()).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('Nothing changed') });
  expect(scene().heads('manifests.git')).toEqual(before);
});

test('the live image survives when the app changes another field, once and again', async () => {
  await published();
  automate('shop/web:1.2.0', reformatted);
  for (const replicas of [2, 3]) {
    render({ replicas });
    expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
    expect(`${live()}\n`).toBe(deployment({ image: 'shop/web:1.2.0', replicas }));
    expect(scene().metadata('manifests.git', 'web')['cdk8s-fluxcd'].images).toEqual({ [FILE]: { [KEY]: 'shop/web:1.0.0' } });
    expect((await scene().publish()).stdout).toContain('Nothing changed');
  }
  automate('shop/web:1.3.0');
  render({ replicas: 4 });
  await scene().publish();
  expect(`${live()}\n`).toBe(deployment({ image: 'shop/web:1.3.0', replicas: 4 }));
});

test("an image that the app changes is the app's, with a warning where an automation had moved it", async () => {
  await published();
  render({ image: 'shop/web:1.0.1' });
  expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
  expect(live()).toContain('shop/web:1.0.1 #');

  automate('shop/web:1.2.0');
  render({ image: 'shop/web:1.1.0' });
  const { code, stderr } = await scene().publish();
  expect(code).toBe(0);
  expect(stderr).toBe(
    `warning: repository 'manifests', branch 'web', file '${FILE}', Deployment.apps shop/web spec.template.spec.containers[name=web].image: ` +
    "the app now says 'shop/web:1.1.0', and 'shop/web:1.2.0' was there by policy 'flux-system:web'. " +
    'If the policy is active, Flux sets it again: narrow or suspend the ImagePolicy to keep what the app says.\n',
  );
  expect(`${live()}\n`).toBe(deployment({ image: 'shop/web:1.1.0' }));

  // What the policy then sets again stays.
  automate('shop/web:1.2.0');
  expect((await scene().publish()).stdout).toContain('Nothing changed');
  expect(live()).toContain('shop/web:1.2.0');
});

test('an app that catches up with the automation changes nothing but its record', async () => {
  await published();
  automate('shop/web:1.2.0', reformatted);
  const before = live();
  render({ image: 'shop/web:1.2.0' });
  const { code, stderr, stdout } = await scene().publish();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('1 changed');
  expect(live()).toBe(before);
  expect((await scene().publish()).stdout).toContain('Nothing changed');
});

test('any other change by hand is refused, beside one of the automation too', async () => {
  await published();
  scene().commit('manifests.git', 'web', { [FILE]: deployment({ image: 'shop/web:1.2.0', replicas: 5 }) });
  render({ replicas: 2 });
  const { code, stderr } = await scene().publish();
  expect(code).toBe(4);
  expect(stderr).toContain(`branch 'web', file '${FILE}': was changed there since app 'nodezoo' published it (there, against what is rendered now: Deployment.apps shop/web: changed spec.replicas: 2 -> 5).`);
  expect(await scene().publish(['--overwrite'])).toMatchObject({ code: 0 });
  expect(`${live()}\n`).toBe(deployment({ image: 'shop/web:1.2.0', replicas: 2 }));
});

test('a marker that somebody takes away, or for another policy, is a change by hand', async () => {
  await published();
  for (const text of [deployment().replace(/ # .*/, ''), deployment().replace('flux-system:web', 'flux-system:other')]) {
    scene().commit('manifests.git', 'web', { [FILE]: text });
    render({ replicas: 2 });
    expect(await scene().publish()).toMatchObject({ code: 4, stderr: expect.stringContaining('was changed there') });
  }
});

test('a commit of the automation between look and push is merged', async () => {
  await published();
  const folder = scene().path('automation');
  scene().git('.', 'clone', '--quiet', '--branch=web', 'manifests.git', 'automation');
  scene().write(`automation/${FILE}`, setImages([reformatted(deployment())], { [POLICY]: 'shop/web:1.2.0' })[0]);
  render({ replicas: 2 });
  const push = `git -C "${folder}" commit --quiet --all -m update && git -C "${folder}" push --quiet`;
  expect(await scene().publish([], { env: scene().before('push', push) })).toMatchObject({ code: 0 });
  expect(`${live()}\n`).toBe(deployment({ image: 'shop/web:1.2.0', replicas: 2 }));
  expect(commits()).toBe(3);
});

test('an object that moves to another file takes its live image along', async () => {
  await published();
  automate('shop/web:1.2.0');
  scene().renderBranches(scene().path('manifests.git'), { web: { 'renamed.k8s.yaml': deployment({ replicas: 2 }), 'kustomization.yaml': 'k\n' } });
  expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
  expect(scene().files('manifests.git', 'web')).toEqual(['kustomization.yaml', 'renamed.k8s.yaml']);
  expect(`${live('renamed.k8s.yaml')}\n`).toBe(deployment({ image: 'shop/web:1.2.0', replicas: 2 }));
});

test('a file that is no longer rendered goes, whatever the automation made of it', async () => {
  await published();
  automate('shop/web:1.2.0', reformatted);
  scene().renderBranches(scene().path('manifests.git'), { web: { 'kustomization.yaml': 'k\n' } });
  expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
  expect(scene().files('manifests.git', 'web')).toEqual(['kustomization.yaml']);
});

test('a marker that is new is set to what the app says', async () => {
  const bare = (rendered?: Rendered) => deployment(rendered).replace(/ # .*/, '');
  scene().bare('manifests.git');
  scene().renderBranches(scene().path('manifests.git'), { web: { [FILE]: bare() } });
  await scene().publish();
  scene().renderBranches(scene().path('manifests.git'), { web: { [FILE]: deployment({ image: 'shop/web:1.1.0' }) } });
  expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
  expect(`${live()}\n`).toBe(deployment({ image: 'shop/web:1.1.0' }));
});

test('a record without images, of an older version, is read', async () => {
  await published();
  const record = scene().metadata('manifests.git', 'web');
  delete record['cdk8s-fluxcd'].images;
  record['cdk8s-fluxcd'].files[FILE] = `sha256:${createHash('sha256').update(deployment()).digest('hex')}`;
  scene().commit('manifests.git', 'web', { 'hydrator.metadata': JSON.stringify(record) });
  render({ replicas: 2 });
  expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
  automate('shop/web:1.2.0');
  render({ replicas: 3 });
  expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
  expect(`${live()}\n`).toBe(deployment({ image: 'shop/web:1.2.0', replicas: 3 }));
});

test('a record whose images are none is refused', async () => {
  await published();
  const record = scene().metadata('manifests.git', 'web');
  record['cdk8s-fluxcd'].images = { [FILE]: { x: 1 } };
  scene().commit('manifests.git', 'web', { 'hydrator.metadata': JSON.stringify(record) });
  expect(await scene().publish()).toMatchObject({ code: 4, stderr: expect.stringContaining('is not what cdk8s-fluxcd writes') });
});

/** The warning of a value that the app takes back. */
const overruled = (now: string, was: string, file = FILE, where = 'there') => (
  `warning: repository 'manifests', branch 'web', file '${file}', Deployment.apps shop/web spec.template.spec.containers[name=web].image: ` +
  `the app now says '${now}', and '${was}' was ${where} by policy '${POLICY}'. `
);
const ACTIVE = 'If the policy is active, Flux sets it again: narrow or suspend the ImagePolicy to keep what the app says.\n';

test('without a record, what is adopted is what the app renders, with a warning', async () => {
  await published();
  automate('shop/web:1.7.0');
  scene().commit('manifests.git', 'web', { 'hydrator.metadata': undefined });
  const warning = overruled('shop/web:1.0.0', 'shop/web:1.7.0') + ACTIVE;
  expect(await scene().publish()).toMatchObject({ code: 4, stderr: expect.stringContaining(warning) });
  expect(await scene().publish(['--adopt'])).toMatchObject({ code: 0, stderr: warning });
  expect(`${live()}\n`).toBe(deployment());

  scene().commit('manifests.git', 'web', { 'hydrator.metadata': undefined });
  render({ replicas: 2 });
  expect(await scene().publish(['--adopt'])).toMatchObject({ code: 0, stderr: '' });
});

test('the live image survives when the policy has another name, until the app changes it', async () => {
  const renamed = (rendered?: Rendered) => deployment(rendered).replace(POLICY, 'other:stable');
  const renderRenamed = (image: string) => scene().renderBranches(scene().path('manifests.git'), { web: { [FILE]: renamed({ image }), 'kustomization.yaml': 'k\n' } });
  await published();
  automate('shop/web:1.7.0');
  renderRenamed('shop/web:1.0.0');
  expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
  expect(`${live()}\n`).toBe(renamed({ image: 'shop/web:1.7.0' }));
  expect((await scene().publish()).stdout).toContain('Nothing changed');
  render({ image: 'shop/web:1.1.0' });
  expect((await scene().publish()).stderr).toBe(overruled('shop/web:1.1.0', 'shop/web:1.7.0').replace(POLICY, 'other:stable') + ACTIVE);
});

test('a marker that the app takes away leaves what the app renders, with a warning', async () => {
  await published();
  automate('shop/web:1.7.0');
  scene().renderBranches(scene().path('manifests.git'), { web: { [FILE]: deployment().replace(/ # .*/, ''), 'kustomization.yaml': 'k\n' } });
  const warning = overruled('shop/web:1.0.0', 'shop/web:1.7.0') + 'The app has no marker there any more: Flux leaves it so.\n';
  expect(await scene().publish()).toMatchObject({ code: 0, stderr: warning });
  expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
});

describe('an app that comes to another directory of the branch', () => {
  const renderAt = (paths: string[], rendered?: Rendered, inputs: Record<string, string> = {}) => scene().render({
    inputs,
    repositories: {
      manifests: {
        url: scene().path('manifests.git'),
        targets: paths.map((path) => ({ branch: 'web', path, files: { [path ? `${path}/${FILE}` : FILE]: deployment(rendered) } })),
      },
    },
  });
  const raise = (path: string, image = 'shop/web:1.7.0') => {
    const file = path ? `${path}/${FILE}` : FILE;
    scene().commit('manifests.git', 'web', { [file]: setImages([`${live(file)}\n`], { [POLICY]: image })[0] });
  };

  const elsewhere = (now: string, was: string, file: string, from: string) => (
    overruled(now, was, file, `in file '${from}'`).replace('now says', 'says').replace(' was in', ' was set in') + ACTIVE.replace('again', 'here, too')
  );

  test.each([['a', 'b'], ['', 'b'], ['a/b', 'a'], ['a', 'a/b'], ['a', '']])("from '%s' to '%s' is warned of a live image there", async (from, to) => {
    const [before, after] = [from, to].map((path) => path ? `${path}/${FILE}` : FILE);
    scene().bare('manifests.git');
    renderAt([from]);
    await scene().publish();
    raise(from);
    renderAt([to], { replicas: 2 });
    expect(await scene().publish()).toMatchObject({ code: 0, stderr: elsewhere('shop/web:1.0.0', 'shop/web:1.7.0', after, before) });
    expect(`${live(after)}\n`).toBe(deployment({ replicas: 2 }));
    expect(await scene().publish()).toMatchObject({ stderr: '', stdout: expect.stringContaining('Nothing changed') });
  });

  test('and keeps the same path keeps its live image', async () => {
    const renderOf = (path: string) => scene().render({
      repositories: { manifests: { url: scene().path('manifests.git'), targets: [{ branch: 'web', path, files: { [`b/${FILE}`]: deployment() } }] } },
    });
    scene().bare('manifests.git');
    renderOf('');
    await scene().publish();
    raise('b');
    renderOf('b');
    expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
    expect(`${live(`b/${FILE}`)}\n`).toBe(deployment({ image: 'shop/web:1.7.0' }));
  });

  test('for the second time is warned of what was live last', async () => {
    scene().bare('manifests.git');
    for (const [index, path] of ['a', 'b', 'c'].entries()) {
      renderAt([path]);
      const source = ['--source-commit', `${index}`.repeat(40), '--source-date', `2026-01-0${index + 1}T00:00:00Z`];
      expect(await scene().publish(source)).toMatchObject({ code: 0 });
      raise(path, `shop/web:1.${index + 7}.0`);
    }
    renderAt(['d']);
    expect((await scene().publish()).stderr).toBe(elsewhere('shop/web:1.0.0', 'shop/web:1.9.0', `d/${FILE}`, `c/${FILE}`));
  });

  test.each([['the same', {}, {}], ['other', { environment: 'dev' }, { environment: 'prod' }]])("for another environment, from %s inputs, takes none of the first one's", async (_, one, other) => {
    scene().bare('manifests.git');
    renderAt(['envs/dev'], {}, one);
    await scene().publish();
    raise('envs/dev', 'shop/web:1.9.0-dev');
    renderAt(['envs/prod'], {}, other);
    expect((await scene().publish()).stderr).toBe(
      `warning: repository 'manifests', branch 'web', file 'envs/prod/${FILE}', Deployment.apps shop/web spec.template.spec.containers[name=web].image: ` +
      `the app says 'shop/web:1.0.0', and 'shop/web:1.9.0-dev' was set in file 'envs/dev/${FILE}' by policy 'flux-system:web'. ` +
      'If the policy is active, Flux sets it here, too: narrow or suspend the ImagePolicy to keep what the app says.\n',
    );
    expect(`${live(`envs/prod/${FILE}`)}\n`).toBe(deployment());
    expect(live(`envs/dev/${FILE}`)).toContain('shop/web:1.9.0-dev');
    expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
  });

  test('is not warned of what an app rendered for another environment itself', async () => {
    scene().bare('manifests.git');
    renderAt(['envs/dev'], { image: 'shop/web:1.1.0' });
    await scene().publish();
    renderAt(['envs/prod']);
    expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
  });

  test('is warned of the directory whose path ends most alike, whichever is newer', async () => {
    scene().bare('manifests.git');
    renderAt(['envs/dev', 'envs/prod']);
    await scene().publish();
    raise('envs/dev', 'shop/web:1.9.0');
    raise('envs/prod', 'shop/web:1.7.0');
    renderAt(['new/dev', 'new/prod']);
    const { stderr } = await scene().publish();
    expect(stderr.split(/(?<=\n)/).sort()).toEqual([
      elsewhere('shop/web:1.0.0', 'shop/web:1.9.0', `new/dev/${FILE}`, `envs/dev/${FILE}`),
      elsewhere('shop/web:1.0.0', 'shop/web:1.7.0', `new/prod/${FILE}`, `envs/prod/${FILE}`),
    ]);
  });

  test("takes none of a directory that it delivers as well, or that is another app's", async () => {
    scene().bare('manifests.git');
    renderAt(['a']);
    await scene().publish();
    raise('a');
    renderAt(['a', 'b']);
    expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
    expect(live(`b/${FILE}`)).toContain('shop/web:1.0.0');

    const delivery = { url: scene().path('manifests.git'), targets: [{ branch: 'web', path: 'c', files: { [`c/${FILE}`]: deployment() } }] };
    scene().render({ app: 'other', repositories: { manifests: delivery } });
    expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
    expect(live(`c/${FILE}`)).toContain('shop/web:1.0.0');
  });
});

test("images of a Flux Kustomization in an app's directory of a shared branch", async () => {
  const url = scene().bare('config.git');
  const file = 'apps/production/shop/web.k8s.yaml';
  const text = (tag: string, interval: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: web
  namespace: flux-system
spec:
  images:
    - name: web
      newTag: ${tag} # {"$imagepolicy": "flux-system:web:tag"}
  interval: ${interval}
`;
  const renderConfig = (tag: string, interval: string) => scene().render({
    repositories: { config: { url, targets: [{ role: 'config', branch: 'main', path: 'apps/production/shop', files: { [file]: text(tag, interval) } }] } },
  });
  renderConfig('"1.10"', '10m');
  expect(await scene().publish()).toMatchObject({ code: 0 });
  scene().commit('config.git', 'main', { [file]: setImages([text('"1.10"', '10m')], { 'flux-system:web:tag': '1.20' })[0] });
  expect((await scene().publish()).stdout).toContain('Nothing changed');
  renderConfig('"1.10"', '5m');
  expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
  expect(`${scene().content('config.git', 'main', file)}\n`).toBe(text('"1.20"', '5m'));
});
