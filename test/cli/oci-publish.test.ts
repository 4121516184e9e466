import { execFileSync } from 'child_process';
import { mkdirSync, writeFileSync } from 'fs';
import { createServer } from 'http';
import { AddressInfo } from 'net';
import { gunzipSync } from 'zlib';
import { useScene, reportIn } from './scene';
import { fluxPull, fluxPush, OciRegistry } from '../tools/oci-registry';
import { readFiles } from '../tools/output';

const scene = useScene();
const WEB = { 'kustomization.yaml': 'resources: [web.yaml]\n', 'web.yaml': 'kind: Web\n', 'folder/more.yaml': 'kind: More\n' };
const RECORD = 'io.github.cdk8s-fluxcd.record';
const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const SOURCE = ['--source-commit', COMMIT, '--source-url', 'https://example.com/shop.git'];

let registry: OciRegistry;
beforeAll(async () => {
  registry = await OciRegistry.start();
});
afterAll(async () => registry.stop());

/** A place in the registry for one test. */
let place: string;
let count = 0;
beforeEach(() => {
  place = `team/test-${count++}`;
});

function pull(name: string, folder = 'pulled'): { files: Record<string, string>; pulled: ReturnType<typeof fluxPull> } {
  const pulled = fluxPull(`${registry.host}/${place}/${name}`, scene().path(folder));
  return { files: readFiles(scene().path(folder)), pulled };
}

async function report(...args: string[]): Promise<any> {
  const { stdout, stderr } = await scene().publish(['--json', ...args]);
  return { ...reportIn(stdout), stderr };
}

describe('an artifact', () => {
  test("is read by Flux's own code", async () => {
    scene().renderArtifacts(registry.url(place), { web: WEB });

    const { code, stdout, stderr } = await scene().publish(SOURCE);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/created +web:latest +sha256:[0-9a-f]{12} {2}3 files\nPublished 1 artifact\.\n/);
    const { files, pulled } = pull('web:latest');
    expect(files).toEqual(WEB);
    const digest = await registry.digest(`${place}/web`, 'latest');
    expect(pulled.metadata.digest).toBe(`${registry.host}/${place}/web@${digest}`);
    expect(pulled.metadata).toMatchObject({ source_url: 'https://example.com/shop.git', source_revision: `sha1:${COMMIT}` });
    expect(pulled.manifest).toMatchObject({
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: { mediaType: 'application/vnd.cncf.flux.config.v1+json' },
      layers: [{ mediaType: 'application/vnd.cncf.flux.content.v1.tar+gzip' }],
    });
    expect(JSON.parse(pulled.manifest.annotations[RECORD])).toMatchObject({ version: 1, app: 'nodezoo', content: pulled.config.rootfs.diff_ids[0] });
  });

  test('has the media types and fields of one that Flux has pushed', async () => {
    scene().renderArtifacts(registry.url(place), { web: WEB });
    await scene().publish(SOURCE);
    fluxPush(`${registry.host}/${place}/flux:latest`, scene().path('work/dist/registry/web/latest'));

    const [ours, theirs] = await Promise.all(['web', 'flux'].map(async (name) => registry.manifest(`${place}/${name}`, 'latest')));

    const { [RECORD]: record, ...annotations } = ours.annotations;
    expect(Object.keys(annotations).sort()).toEqual(Object.keys(theirs.annotations).sort());
    expect(ours.config.mediaType).toBe(theirs.config.mediaType);
    expect(ours.layers.map(({ mediaType }: any) => mediaType)).toEqual(theirs.layers.map(({ mediaType }: any) => mediaType));
  });

  test('is the same bytes wherever and whenever it is made', async () => {
    scene().git('work', 'init', '--quiet');
    scene().write('work/app.ts', 'app\n');
    scene().git('work', 'add', 'app.ts');
    scene().git('work', 'commit', '--quiet', '-m', 'app');
    scene().renderArtifacts(registry.url(place), { one: WEB, two: WEB });
    await scene().publish();
    scene().renderArtifacts(registry.url(place), { three: Object.fromEntries(Object.entries(WEB).reverse()) });
    await scene().publish();

    const digests = await Promise.all(['one', 'two', 'three'].map(async (name) => registry.digest(`${place}/${name}`, 'latest')));

    expect(new Set(digests).size).toBe(1);
    const { annotations } = await registry.manifest(`${place}/one`, 'latest');
    expect(annotations['org.opencontainers.image.created']).toBe(scene().git('work', 'log', '-1', '--format=%cI'));
  });

  test('is an archive that tar shows as plain files of nobody', async () => {
    scene().renderArtifacts(registry.url(place), { web: { ...WEB, [`${'long/'.repeat(60)}name.yaml`]: 'kind: Long\n' } });
    await scene().publish();
    const { layers: [{ digest }] } = await registry.manifest(`${place}/web`, 'latest');
    const layer = Buffer.from(await (await fetch(`http://${registry.host}/v2/${place}/web/blobs/${digest}`)).arrayBuffer());
    mkdirSync(scene().path('tar'));
    writeFileSync(scene().path('tar', 'layer.tar'), gunzipSync(layer));

    const listed = execFileSync('tar', ['--utc', '--numeric-owner', '-tvf', 'layer.tar'], { cwd: scene().path('tar') }).toString();

    expect(listed.replace(/ +/g, ' ').split('\n').filter((line) => !line.includes('long/'))).toMatchInlineSnapshot(`
[
  "-rw-r--r-- 0/0 11 1970-01-01 00:00 folder/more.yaml",
  "-rw-r--r-- 0/0 22 1970-01-01 00:00 kustomization.yaml",
  "-rw-r--r-- 0/0 10 1970-01-01 00:00 web.yaml",
  "",
]
`);
    expect(layer.subarray(4, 10)).toEqual(Buffer.from([0, 0, 0, 0, 0, 255]));
    expect(pull('web:latest').files[`${'long/'.repeat(60)}name.yaml`]).toBe('kind: Long\n');
  });
});

describe('publishing again', () => {
  test('moves nothing when the content is the same, from a later commit', async () => {
    scene().renderArtifacts(registry.url(place), { web: WEB });
    await scene().publish(SOURCE);
    const before = await registry.digest(`${place}/web`, 'latest');

    const { outcome, repositories } = await report('--source-commit', 'f'.repeat(40));

    expect(outcome).toBe('unchanged');
    expect(repositories[0].artifacts).toEqual([{ artifact: 'web', tag: 'latest', change: 'none', pushed: false, before, files: 3, adopted: false }]);
    expect(await registry.digest(`${place}/web`, 'latest')).toBe(before);
  });

  test('moves the tag when the content has changed', async () => {
    scene().renderArtifacts(registry.url(place), { web: WEB, other: WEB });
    await scene().publish(SOURCE);
    const before = await registry.digest(`${place}/web`, 'latest');
    scene().renderArtifacts(registry.url(place), { web: { 'web.yaml': 'kind: Changed\n' }, other: WEB });

    const { outcome, repositories } = await report(...SOURCE);

    const digest = await registry.digest(`${place}/web`, 'latest');
    expect(outcome).toBe('published');
    expect(repositories[0].artifacts[0]).toEqual({ artifact: 'web', tag: 'latest', change: 'update', pushed: true, before, digest, files: 1, adopted: false });
    expect(repositories[0].artifacts[1]).toMatchObject({ change: 'none', pushed: false });
    expect(digest).not.toBe(before);
    expect(pull('web:latest').files).toEqual({ 'web.yaml': 'kind: Changed\n' });
  });

  test('only says it with --dry-run', async () => {
    scene().renderArtifacts(registry.url(place), { web: WEB });

    const { stdout } = await scene().publish(['--dry-run']);

    expect(stdout).toMatch(/would create +web:latest +3 files\nDry run: nothing was pushed, 1 artifact would be\.\n/);
    expect(await registry.digest(`${place}/web`, 'latest')).toBeUndefined();
  });
});

describe('what is there is refused', () => {
  test('if something else has published it; --adopt takes it over', async () => {
    scene().write('by-hand/hand.yaml', 'kind: Hand\n');
    fluxPush(`${registry.host}/${place}/web:latest`, scene().path('by-hand'));
    const before = await registry.digest(`${place}/web`, 'latest');
    scene().renderArtifacts(registry.url(place), { web: WEB, fresh: WEB });

    const refused = await scene().publish();
    expect({ code: refused.code, stderr: refused.stderr }).toEqual({
      code: 4,
      stderr: "error: registry 'registry', artifact 'web:latest': holds what cdk8s-fluxcd did not publish. Take it over with --adopt, or publish to another tag.\n",
    });
    expect(await registry.digest(`${place}/web`, 'latest')).toBe(before);
    expect(await registry.digest(`${place}/fresh`, 'latest')).toBeUndefined();

    const { repositories } = await report('--adopt');
    expect(repositories[0].artifacts).toMatchObject([{ change: 'update', adopted: true, pushed: true }, { change: 'create', adopted: false }]);
    expect(pull('web:latest').files).toEqual(WEB);
  });

  test('if it is another app\'s, also with --adopt', async () => {
    scene().renderArtifacts(registry.url(place), { web: WEB }, { app: 'other' });
    await scene().publish();
    scene().renderArtifacts(registry.url(place), { web: WEB });

    const { code, stderr } = await scene().publish(['--adopt']);

    expect({ code, stderr }).toEqual({
      code: 4,
      stderr: "error: registry 'registry', artifact 'web:latest': belongs to app 'other'. Publish to another artifact or tag, or delete the tag there if that app is gone.\n",
    });
  });

  test.each([
    ['other content under our record', (manifest: any, layer: object) => ({ ...manifest, layers: [{ ...manifest.layers[0], ...layer }] }), /holds content that cdk8s-fluxcd did not publish \(its record says layer sha256:[0-9a-f]{64}\)\. Bring it into the app, or replace it with --overwrite\./],
    ['a second layer', (manifest: any) => ({ ...manifest, layers: [...manifest.layers, ...manifest.layers] }), /holds content that cdk8s-fluxcd did not publish/],
    ['a record of a newer version', withRecord((record) => ({ ...record, version: 2 })), /the record of cdk8s-fluxcd in it is of version 2, and this cdk8s-fluxcd reads version 1\. Upgrade cdk8s-fluxcd\./],
    ['a record that says too little', withRecord(({ app }) => ({ version: 1, app })), /the record of cdk8s-fluxcd in it is not what cdk8s-fluxcd writes\. Delete the tag/],
    ['a record that is no JSON', (manifest: any) => ({ ...manifest, annotations: { [RECORD]: '{' } }), /the record of cdk8s-fluxcd in it cannot be read\. Delete the tag/],
    ['a record of an app with control characters', withRecord((record) => ({ ...record, app: 'a\u001b[2J\nb' })), /belongs to app "a\\u001b\[2J\\nb"\. /],
  ])('if it has %s', async (_, change, problem) => {
    scene().renderArtifacts(registry.url(place), { web: WEB });
    await scene().publish();
    const other = await registry.putBlob(`${place}/web`, Buffer.from('other'));
    await registry.putManifest(`${place}/web`, 'latest', change(await registry.manifest(`${place}/web`, 'latest'), other));
    scene().renderArtifacts(registry.url(place), { web: { 'new.yaml': 'kind: New\n' } });

    const { code, stderr } = await scene().publish(['--adopt']);

    expect(code).toBe(4);
    expect(stderr).toMatch(problem);
    expect(stderr.split('\n')).toHaveLength(2);
  });
});

function withRecord(change: (record: any) => object) {
  return ({ annotations, ...manifest }: any) => {
    const record = JSON.stringify(change(JSON.parse(annotations[RECORD])));
    return { ...manifest, annotations: { ...annotations, [RECORD]: record } };
  };
}

describe('what is no registry', () => {
  test.each([
    ['a login page', 'text/html', '<html><body>Log in</body></html>'], ['an answer of something else', 'application/json', '{"status": "ok"}'], ['nothing', 'text/plain', ''],
  ])('answers with %s, and is not to be taken over', async (_, type, body) => {
    const server = createServer((__, response) => response.writeHead(200, { 'Content-Type': type }).end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
      scene().renderArtifacts(`oci://${host}/x`, { web: WEB });
      for (const args of [['publish'], ['publish', '--adopt'], ['diff']]) {
        expect(await scene().run(args)).toEqual({
          code: 5,
          stdout: '',
          stderr: `error: registry 'registry', artifact 'web:latest': ${host} answers with what is no manifest. Is it a registry? Check the URL: a login page or a proxy may be what answers there.\n`,
        });
      }
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe('where it goes', () => {
  test('--remote sends a registry elsewhere', async () => {
    scene().renderArtifacts('oci://registry.invalid/shop', { web: WEB });

    const { code } = await scene().publish(['--remote', `registry=http://${registry.host}/${place}/`]);

    expect(code).toBe(0);
    expect(pull('web:latest').files).toEqual(WEB);
  });

  test('artifacts go before the Flux objects that make Flux read them', async () => {
    scene().bare('config.git');
    scene().hook('config.git', 'pre-receive', `curl -fs http://${registry.host}/v2/${place}/web/manifests/latest > seen.json`);
    scene().render({
      repositories: { config: { url: scene().path('config.git'), targets: [{ role: 'config', branch: 'main', path: 'apps/nodezoo', files: { 'apps/nodezoo/a.yaml': 'a\n' } }] } },
      registries: { registry: { url: registry.url(place), artifacts: [{ artifact: 'web', files: WEB }] } },
    });

    const { code, stdout } = await scene().publish();

    expect(code).toBe(0);
    expect(stdout).toContain('Published 1 branch and 1 artifact.');
    expect(JSON.parse(scene().read('config.git/seen.json')).schemaVersion).toBe(2);
  });

  test('nothing is pushed to a registry if a repository is refused', async () => {
    scene().bare('config.git');
    scene().commit('config.git', 'main', { 'apps/nodezoo/foreign.yaml': 'x\n' });
    scene().render({
      repositories: { config: { url: scene().path('config.git'), targets: [{ role: 'config', branch: 'main', path: 'apps/nodezoo', files: { 'apps/nodezoo/a.yaml': 'a\n' } }] } },
      registries: { registry: { url: registry.url(place), artifacts: [{ artifact: 'web', files: WEB }] } },
    });

    const { code } = await scene().publish();

    expect(code).toBe(4);
    expect(await registry.digest(`${place}/web`, 'latest')).toBeUndefined();
  });

  test.each([
    ['oci://user:secret@registry.example.com/shop', 'the URL carries a credential, or a tag or digest'],
    ['oci://registry.example.com/shop@sha256:0', 'the URL carries a credential, or a tag or digest'],
    ['https://token@registry.example.com/shop', 'the URL carries a credential, or a tag or digest'],
    ['ftp://registry.example.com/shop', 'the URL is not that of an OCI registry'],
    ['../folder', 'the URL is not that of an OCI registry'],
    ['oci:///shop', 'the URL names no host'],
    ['oci://-host/shop', 'the URL names no host'],
    ['oci://registry.example.com:99999/shop', 'the URL names no host'],
    ['oci://registry.example.com/Shop', 'the path of the URL cannot be the name of an OCI artifact'],
    ['oci://registry.example.com/../../shop', 'the path of the URL cannot be the name of an OCI artifact'],
    ['oci://registry.example.com/shop?x=1', 'the path of the URL cannot be the name of an OCI artifact'],
  ])('--remote registry=%s is refused', async (url, problem) => {
    scene().renderArtifacts(registry.url(place), { web: WEB });

    const { code, stderr } = await scene().publish(['--remote', `registry=${url}`]);

    expect(code).toBe(2);
    expect(stderr).toContain(`error: registry 'registry': ${problem}`);
    expect(stderr).not.toMatch(/secret|token@/);
    expect(stderr.split('\n')).toHaveLength(2);
  });

  test('two names for one place are refused', async () => {
    scene().render({
      registries: {
        one: { url: registry.url(place), artifacts: [{ artifact: 'a/web', files: WEB }] },
        two: { url: `${registry.url(place)}/a`, artifacts: [{ artifact: 'web', files: WEB }] },
      },
    });

    const { code, stderr } = await scene().publish();

    expect(code).toBe(2);
    expect(stderr).toBe(`error: registries 'one' and 'two': both deliver to '${registry.host}/${place}/a/web:latest'. Declare the registry once.\n`);
  });
});
