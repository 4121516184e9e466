import { useScene } from './scene';
import { toYaml } from '../../src/format';
import { OciRegistry } from '../tools/oci-registry';
import { RegistryProxy } from '../tools/registry-proxy';

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

test.each([
  ['diff', ['diff'], 8],
  ['publish --dry-run', ['publish', '--dry-run'], 0],
  ['publish', ['publish'], 5],
])('%s asks a token service for no more than it needs', async (_, args, expected) => {
  const proxy: RegistryProxy = await RegistryProxy.start(registry, ({ request, response }) => {
    if (request.url!.startsWith('/token')) {
      // Whoever asks may read.
      const mayNot = new URL(request.url!, 'http://x').searchParams.get('scope') !== 'repository:team/readers/web:pull';
      return !!response.writeHead(mayNot ? 403 : 200).end('{"token":"reader"}');
    }
    return request.headers.authorization === 'Bearer reader' ? false
      : !!response.writeHead(401, { 'WWW-Authenticate': `Bearer realm="http://${proxy.host}/token"` }).end();
  });
  scene().renderArtifacts(proxy.url('team/readers'), { web: { 'map.yaml': map('1') } });

  const { code, stderr } = await scene().run(args);
  await proxy.close();

  expect({ code, stderr }).toEqual({ code: expected, stderr: expected === 5 ? expect.stringContaining("no permission to write 'team/readers/web'") : '' });
});
