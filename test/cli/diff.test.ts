import { join } from 'path';
import { useScene } from './scene';
import { toYaml } from '../../src/format';

const scene = useScene();

const deployment = (image: string, spec: object = {}, metadata: object = {}) => toYaml([{
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', ...metadata },
  spec: { selector: { matchLabels: { app: 'web' } }, template: { spec: { containers: [{ name: 'web', image }] } }, ...spec },
}]);
const map = (name: string, value: string, more: object = {}) => toYaml([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' }, data: { value }, ...more }]);
const kustomization = (name: string, spec: object = {}) => toYaml([{
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  metadata: { name, namespace: 'flux-system' },
  spec: { interval: '10m', path: './', prune: true, sourceRef: { kind: 'GitRepository', name: 'web' }, ...spec },
}]);

/** Branches by name, and the Flux objects of a cluster by file. */
function render(branches: Record<string, Record<string, string>>, flux: Record<string, string> = {}, applies: object[] = []): void {
  const url = (name: string) => scene().path(name);
  const files = Object.fromEntries(Object.entries(flux).map(([file, text]) => [file.startsWith('clusters/') ? file : `apps/production/nodezoo/${file}`, text]));
  scene().render({
    repositories: {
      manifests: { url: url('manifests.git'), targets: Object.entries(branches).map(([branch, content]) => ({ branch, files: content })) },
      ...applies.length ? { config: { url: url('config.git'), targets: [{ role: 'config', branch: 'main', path: 'apps/production/nodezoo', files, applies }] } } : {},
    },
  });
}

const applied = (name: string, branch: string) => ({ kustomization: `flux-system/${name}`, repository: 'manifests', branch, path: '' });
const APP = { 'clusters/production/nodezoo.yaml': kustomization('nodezoo-config', { path: './apps/production/nodezoo' }) };

async function diff(...args: string[]) {
  return scene().run(['diff', ...args]);
}

async function changes(...args: string[]): Promise<Record<string, any>> {
  const { places } = JSON.parse((await diff('--json', ...args)).stdout);
  return Object.fromEntries(places.flatMap((place: any) => place.changes.map((change: any) => [`${place.branch} ${change.object}`, change])));
}

beforeEach(() => ['manifests.git', 'config.git'].forEach((name) => scene().bare(name)));

describe('the exit code', () => {
  test('says whether publishing would change something; nothing is pushed', async () => {
    render({ web: { 'web.yaml': deployment('web:1') } });
    // A remote that takes no push, and would be noticed.
    scene().hook('manifests.git', 'pre-receive', `touch '${scene().path('pushed')}'; exit 1`);
    const before = await diff();
    expect(before).toMatchObject({ code: 8, stderr: '' });
    expect(before.stdout).toBe('manifests web (new)\n  + Deployment.apps shop/web: created\nobjects: 1 created.\n');
    expect(scene().heads('manifests.git')).toEqual({});
    expect(() => scene().read('pushed')).toThrow();

    scene().hook('manifests.git', 'pre-receive', 'exit 0');
    expect(await scene().publish()).toMatchObject({ code: 0 });
    const heads = scene().heads('manifests.git');
    expect(await diff()).toMatchObject({ code: 0, stdout: 'no object changes.\n', stderr: '' });
    expect(scene().heads('manifests.git')).toEqual(heads);
    expect(scene().leftovers()).toEqual([]);
  });

  test('is 8 also where only the way in which something is written changes, which is said', async () => {
    render({ web: { 'web.yaml': deployment('web:1') } });
    await scene().publish();
    render({ web: { 'web.yaml': `# new\n${deployment('web:1')}` } });
    expect(await diff()).toMatchObject({ code: 8, stdout: 'manifests web\n  No object changes: 2 files are written in another way.\nno object changes.\n' });
  });

  test('is what is left with --quiet; --verbose tells every step', async () => {
    render({ web: { 'web.yaml': deployment('web:1') } });
    expect(await diff('-q')).toEqual({ code: 8, stdout: '', stderr: '' });
    expect((await diff('-v')).stderr).toMatch(/^[\d.]+ s  manifests: reading 1\n[\d.]+ s  manifests: comparing 1\n$/);
  });

  test.each([
    ['no delivery.json', ['nowhere'], 3], ['no such repository', ['--remote', 'manifests=missing.git'], 5], ['a wrong option', ['--deadline', 'soon'], 2],
  ])('is as that of publish: %s', async (_, args, code) => {
    render({ web: { 'web.yaml': deployment('web:1') } });
    const result = await diff(...args);
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toMatch(/^error: .*\n$/);
  });
});

test('what publish would refuse is told with its code, beside what else would change', async () => {
  render({ web: { 'web.yaml': deployment('web:1') }, info: { 'info.yaml': map('info', '1') } });
  await scene().publish();
  scene().commit('manifests.git', 'web', { 'web.yaml': deployment('web:by-hand') });
  render({ web: { 'web.yaml': deployment('web:2') }, info: { 'info.yaml': map('info', '2') } });

  const refused = await diff();
  expect(refused.code).toBe(4);
  expect(refused.stderr).toContain("repository 'manifests', branch 'web', file 'web.yaml': was changed there since app 'nodezoo' published it");
  expect(refused.stdout).toContain('~ ConfigMap shop/info: changed\n      data.value: "1" -> "2"');
  expect(refused.stdout).toMatch(/it cannot be published\.\n$/);

  const overwriting = await diff('--overwrite');
  expect(overwriting.code).toBe(8);
  expect(overwriting.stdout).toContain('spec.template.spec.containers[web].image: "web:by-hand" -> "web:2"');
});

describe('what Flux makes of it', () => {
  const flux = (spec: object = {}) => ({ ...APP, 'web.yaml': kustomization('web', spec) });

  async function published(spec: object = {}): Promise<void> {
    render({ web: { 'web.yaml': deployment('web:1'), 'map.yaml': map('settings', '1') } }, flux(spec), [applied('web', 'web')]);
    expect(await scene().publish()).toMatchObject({ code: 0 });
  }

  test.each([
    [{}, 'pruned', 'Kustomization flux-system/web prunes it'],
    [{ prune: false }, 'kept', 'it stays in the cluster: Kustomization flux-system/web does not prune'],
  ])('of an object that goes, by its Kustomization: %j', async (spec, effect, note) => {
    await published(spec);
    render({ web: { 'web.yaml': deployment('web:1') } }, flux(spec), [applied('web', 'web')]);
    expect(await changes()).toEqual({ 'web ConfigMap shop/settings': expect.objectContaining({ change: 'deleted', effect, notes: [note], file: 'map.yaml' }) });
  });

  test.each([
    [{}, {}, 'refused'], [{ force: true }, {}, 'replaced'], [{}, { annotations: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' } }, 'replaced'],
  ])('of a field that cannot be changed: %j %j', async (spec, metadata, effect) => {
    await published(spec);
    const other = deployment('web:1', { selector: { matchLabels: { app: 'other' } } }, metadata);
    render({ web: { 'web.yaml': other, 'map.yaml': map('settings', '1') } }, flux(spec), [applied('web', 'web')]);
    expect((await changes())['web Deployment.apps shop/web']).toMatchObject({ change: 'changed', effect });
  });

  test('of a Kustomization that goes: what it applied goes with it, unless it says otherwise', async () => {
    const objects = ['ConfigMap shop/settings', 'Deployment.apps shop/web'];
    const target = { branch: 'web', files: { 'web.yaml': deployment('web:1'), 'map.yaml': map('settings', '1') }, objects };
    const deliver = (files: Record<string, string>, applies: object[], others: object[]) => scene().render({
      repositories: {
        manifests: { url: scene().path('manifests.git'), targets: others as any },
        config: { url: scene().path('config.git'), targets: [{ role: 'config', branch: 'main', path: 'apps/production/nodezoo', files, applies }] },
      },
    });
    const app = { 'clusters/production/nodezoo.yaml': APP['clusters/production/nodezoo.yaml'] };
    const other = { branch: 'info', files: { 'info.yaml': map('info', '1') } };
    for (const [spec, takes] of [[{}, objects], [{ deletionPolicy: 'Orphan' }, undefined]] as const) {
      deliver({ ...app, 'apps/production/nodezoo/web.yaml': kustomization('web', spec) }, [applied('web', 'web')], [target, other]);
      expect(await scene().publish()).toMatchObject({ code: 0 });
      deliver(app, [], [other]);
      const gone = (await changes())['main Kustomization.kustomize.toolkit.fluxcd.io flux-system/web'];
      expect(gone).toMatchObject({ change: 'deleted', effect: 'pruned' });
      expect(gone.takes).toEqual(takes);
    }
    const { stdout } = await diff('--delete-branches');
    expect(stdout).toContain('manifests web (deleted)\n  No longer delivered: 3 files are deleted.');
    expect(scene().heads('manifests.git').web).toBeDefined();
  });

  test('of an object that moves to another branch, if both are applied to one cluster', async () => {
    const both = { ...APP, 'web.yaml': kustomization('web'), 'info.yaml': kustomization('info') };
    const applies = [applied('info', 'info'), applied('web', 'web')];
    render({ web: { 'web.yaml': deployment('web:1'), 'map.yaml': map('settings', '1') }, info: { 'info.yaml': map('info', '1') } }, both, applies);
    await scene().publish();
    render({ web: { 'web.yaml': deployment('web:1') }, info: { 'info.yaml': map('info', '1') + '---\n' + map('settings', '2') } }, both, applies);
    expect(await changes()).toEqual({
      'info ConfigMap shop/settings': expect.objectContaining({ change: 'moved', from: 'manifests/web/map.yaml', file: 'info.yaml', effect: 'at risk' }),
    });
    expect((await diff()).stdout).toContain(`> ConfigMap shop/settings (from manifests/web/map.yaml): moved, may be deleted in between
      data.value: "1" -> "2"
      Kustomization flux-system/web deletes it, unless Kustomization flux-system/info has applied it before`);
  });
});

test('the text of a comment holds all of it in blocks of code', async () => {
  render({ web: { 'web.yaml': deployment('web:1') } });
  await scene().publish();
  render({ web: { 'web.yaml': deployment('```\n<b>@everyone') }, info: { 'info.yaml': map('info', '1') } });
  expect((await diff('--markdown')).stdout).toMatchInlineSnapshot(`
"### Publishing \`nodezoo\`: objects: 1 created, 1 changed.

\`manifests web\`

\`\`\`\`diff
! Deployment.apps shop/web: changed
-   spec.template.spec.containers[web].image: "web:1"
+   spec.template.spec.containers[web].image: "\`\`\`\\n<b>@everyone"
\`\`\`\`

\`manifests info (new)\`

\`\`\`diff
+ ConfigMap shop/info: created
\`\`\`
"
`);
});

test('a file on the remote that cannot be read is told, and fails nothing', async () => {
  render({ web: { 'web.yaml': deployment('web:1') } });
  await scene().publish();
  scene().commit('manifests.git', 'web', { 'web.yaml': 'kind: [\n\u001b[2J' });
  const { code, stdout } = await diff('--overwrite');
  expect(code).toBe(8);
  expect(stdout).toContain('  ~ file web.yaml: changed\n      what is there cannot be read: line ');
  expect(stdout).not.toContain('\u001b');
});

test('a second cluster with the same objects is one of its own', async () => {
  const config = (cluster: string, files: Record<string, string>) => ({
    role: 'config' as const, branch: 'main', path: `apps/${cluster}/nodezoo`, files: Object.fromEntries(Object.entries(files).map(([file, text]) => [join('apps', cluster, 'nodezoo', file), text])),
  });
  const deliver = (...targets: any[]) => scene().render({ repositories: { config: { url: scene().path('config.git'), targets } } });
  deliver(config('a', { 'web.yaml': kustomization('web') }), config('b', { 'other.yaml': kustomization('other') }));
  await scene().publish();
  deliver(config('a', { 'other.yaml': kustomization('other') }), config('b', { 'other.yaml': kustomization('other'), 'web.yaml': kustomization('web') }));
  const { places } = JSON.parse((await diff('--json')).stdout);
  expect(places.map(({ path, changes: all }: any) => [path, ...all.map(({ change, object }: any) => `${change} ${object.split('/').pop()}`)])).toEqual([
    ['apps/a/nodezoo', 'created other', 'deleted web'], ['apps/b/nodezoo', 'created web'],
  ]);
});
