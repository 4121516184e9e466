import { useScene } from './scene';
import { toYaml } from '../../src/format';
import { OciRegistry } from '../tools/oci-registry';

const scene = useScene();

let registry: OciRegistry;
beforeAll(async () => {
  registry = await OciRegistry.start();
});
afterAll(async () => registry.stop());

const map = (value: string) => toYaml([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' }, data: { value } }]);

test('an artifact is compared with what its tag holds, and the tag stays where it is', async () => {
  const url = registry.url('team/diff');
  scene().renderArtifacts(url, { web: { 'map.yaml': map('1'), 'other.yaml': map('1').replace('settings', 'other') } });
  expect((await scene().run(['diff'])).stdout).toMatch(/web\/latest \(new\)\n {2}\+ ConfigMap shop\/other: created\n {2}\+ ConfigMap shop\/settings: created\n/);
  expect(await registry.digest('team/diff/web', 'latest')).toBeUndefined();
  await scene().publish();
  const digest = await registry.digest('team/diff/web', 'latest');
  expect(await scene().run(['diff'])).toMatchObject({ code: 0, stdout: 'no object changes.\n', stderr: '' });

  scene().renderArtifacts(url, { web: { 'map.yaml': map('2') } });
  const { code, stdout } = await scene().run(['diff', '--json']);
  expect(code).toBe(8);
  expect(JSON.parse(stdout).places).toEqual([expect.objectContaining({
    branch: 'web/latest',
    change: 'update',
    files: 2,
    changes: [
      expect.objectContaining({ object: 'ConfigMap shop/other', change: 'deleted', effect: 'unknown' }),
      expect.objectContaining({ object: 'ConfigMap shop/settings', fields: [{ field: 'data.value', what: 'value', change: 'changed', before: '1', after: '2' }] }),
    ],
  })]);
  expect(await registry.digest('team/diff/web', 'latest')).toBe(digest);
});
