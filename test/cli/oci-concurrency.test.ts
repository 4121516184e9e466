import { outcome, reportIn, useScene } from './scene';
import { fluxPull, OciRegistry } from '../tools/oci-registry';
import { readFiles } from '../tools/output';
import { Intercept, RegistryProxy } from '../tools/registry-proxy';

const scene = useScene();
const RECORD = 'io.github.cdk8s-fluxcd.record';
const PUT = /^PUT .*\/manifests\//;

let registry: OciRegistry;
beforeAll(async () => {
  registry = await OciRegistry.start();
});
afterAll(async () => registry.stop());

let place: string;
/** Another content for each test: the registry keeps one store of blobs for all, and what it has is not uploaded again. */
let WEB: Record<string, string>;
let count = 0;
const proxies: RegistryProxy[] = [];
beforeEach(() => {
  place = `team/test-${count++}`;
  WEB = { 'web.yaml': `kind: Web # ${place}\n` };
});
afterEach(async () => Promise.all(proxies.splice(0).map(async (proxy) => proxy.close())));

async function proxied(intercept: Intercept): Promise<RegistryProxy> {
  const proxy = await RegistryProxy.start(registry, intercept);
  proxies.push(proxy);
  return proxy;
}

/** Does something with the first request that looks like this. */
function once(pattern: RegExp, act: Intercept): Intercept {
  let done = false;
  return (passing) => pattern.test(passing.line) && !done ? (done = true) && act(passing) : false;
}

/** The files of an artifact, as Flux unpacks them. */
function files(name: string): Record<string, string> {
  const folder = scene().path(`pulled-${Math.random()}`);
  fluxPull(`${registry.host}/${place}/${name}:latest`, folder);
  return readFiles(folder);
}

/** What a run of a process says. */
async function run(args: string[] = [], folder?: string): Promise<{ code: number | string; report: any; stderr: string }> {
  const { code, stdout, stderr } = await scene().publish(['--json', ...args], { folder });
  return { code, report: reportIn(stdout), stderr };
}

/** Renders and publishes for somebody else, past the proxy. */
async function elsewhere(app: string, content: Record<string, string>): Promise<void> {
  scene().write('else/x', '');
  scene().renderArtifacts(registry.url(place), { web: content }, { app }, 'else/dist');
  expect(await scene().publish([], { folder: 'else' })).toMatchObject({ code: 0 });
}

describe('somebody else', () => {
  test('of another app who comes in between is not overwritten', async () => {
    const proxy = await proxied(once(/^POST/, async () => {
      await elsewhere('other', { 'other.yaml': 'other\n' });
      return false;
    }));
    scene().renderArtifacts(proxy.url(place), { web: WEB });

    const { code, report } = await run();

    expect({ code, errors: report.errors }).toEqual({ code: 4, errors: [expect.stringMatching(/artifact 'web:latest': belongs to app 'other'/)] });
    expect(files('web')).toEqual({ 'other.yaml': 'other\n' });
  });

  test('of the same app who comes in between is noticed and published over', async () => {
    const proxy = await proxied(once(/^POST/, async () => {
      await elsewhere('nodezoo', { 'other.yaml': 'other\n' });
      return false;
    }));
    scene().renderArtifacts(proxy.url(place), { web: WEB });

    const { code, report, stderr } = await run();

    expect(code).toBe(0);
    expect(stderr).toContain("registry 'registry', artifact 'web:latest': somebody else has moved the tag. Starting again.");
    expect(report.repositories[0].artifacts).toMatchObject([{ change: 'update', pushed: true, before: expect.stringMatching(/^sha256:/) }]);
    expect(files('web')).toEqual(WEB);
  });

  test('who moves the tag right after us is noticed', async () => {
    const proxy = await proxied(once(PUT, async ({ forward }) => {
      await forward();
      await elsewhere('nodezoo', { 'other.yaml': 'other\n' });
      return false;
    }));
    scene().renderArtifacts(proxy.url(place), { web: WEB });

    const { code, stderr } = await run();

    expect(code).toBe(0);
    expect(stderr).toContain('somebody else has moved the tag at the same time. Starting again.');
    expect(files('web')).toEqual(WEB);
  });
});

describe('a lost connection', () => {
  test('is no failure if the tag has moved', async () => {
    const proxy = await proxied(once(PUT, async ({ forward, response }) => {
      await forward();
      return !!response.destroy();
    }));
    scene().renderArtifacts(proxy.url(place), { web: WEB });

    const { code, report, stderr } = await run();

    expect(code).toBe(0);
    expect(report.repositories[0].artifacts).toEqual([
      { artifact: 'web', tag: 'latest', change: 'create', pushed: true, digest: await registry.digest(`${place}/web`, 'latest'), files: 1, adopted: false },
    ]);
    expect(stderr).toMatch(/the connection to .* was lost .*; whether the push arrived shows when one looks again\. Starting again\./);
    expect(proxy.lines.filter((line) => PUT.test(line))).toHaveLength(1);
  });

  test.each([/^GET .*\/manifests\//, /^HEAD/, /^POST/, /^PUT .*blobs/, PUT])('on the way there (%s) is mended', async (pattern) => {
    const proxy = await proxied(once(pattern, ({ response }) => !!response.destroy()));
    scene().renderArtifacts(proxy.url(place), { web: WEB });

    expect(await run()).toMatchObject({ code: 0, report: { outcome: 'published' } });
    expect(files('web')).toEqual(WEB);
  });
});

describe('an overloaded registry', () => {
  test('is asked again', async () => {
    const proxy = await proxied(once(/^POST/, ({ response }) => !!response.writeHead(429).end()));
    scene().renderArtifacts(proxy.url(place), { web: WEB });

    expect(await run()).toMatchObject({ code: 0, stderr: expect.stringMatching(/is overloaded or out of order \(HTTP 429\)\. Starting again\./) });
  });

  test('is not asked before the time that it names', async () => {
    const proxy = await proxied(({ response }) => !!response.writeHead(503, { 'Retry-After': '60' }).end());
    scene().renderArtifacts(proxy.url(place), { web: WEB });

    const { code, report } = await run(['--deadline', '2s']);

    expect(code).toBe(6);
    expect(report.errors).toEqual([expect.stringMatching(/^registry 'registry', artifact 'web:latest': until the deadline \(2s\): .* is overloaded or out of order \(HTTP 503\)\. Publish again/)]);
    expect(proxy.lines).toHaveLength(1);
  });
});

describe('many artifacts', () => {
  const MANY = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`web-${index}`, { 'web.yaml': `kind: Web${index}\n` }]));

  test('go 8 at a time', async () => {
    let now = 0;
    let most = 0;
    const proxy = await proxied(async ({ forward }) => {
      most = Math.max(most, ++now);
      try {
        await forward();
      } finally {
        now--;
      }
      return false;
    });
    scene().renderArtifacts(proxy.url(place), MANY);

    const { code, report } = await run();

    expect(code).toBe(0);
    expect(report.repositories[0].artifacts.filter(({ pushed }: any) => pushed)).toHaveLength(30);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(8);
  });

  test('are each old or new if one fails, and the report says which', async () => {
    const proxy = await proxied(({ line, response }) => /PUT .*\/web-9\/manifests/.test(line) ? !!response.writeHead(403).end() : false);
    scene().renderArtifacts(proxy.url(place), MANY);

    const { code, report } = await run();

    expect({ code, errors: report.errors }).toEqual({ code: 5, errors: [expect.stringMatching(/artifact 'web-9:latest': no permission to write '.*\/web-9'/)] });
    const { artifacts } = report.repositories[0];
    const live = await Promise.all(artifacts.map(async ({ artifact }: any) => registry.digest(`${place}/${artifact}`, 'latest')));
    expect(live.map((digest) => digest !== undefined)).toEqual(artifacts.map(({ pushed }: any) => pushed));
    expect(artifacts.find(({ artifact }: any) => artifact === 'web-9').pushed).toBe(false);
  });
});

describe('Ctrl-C', () => {
  test('waits for a tag that is being moved, and says that it has', async () => {
    let child: ReturnType<ReturnType<typeof scene>['start']>;
    const proxy = await proxied(once(PUT, async () => {
      const told = new Promise<void>((resolve) => child.stderr!.on('data', (chunk) => /waiting for the running push/.test(String(chunk)) && resolve()));
      child.kill('SIGINT');
      await told;
      return false;
    }));
    scene().renderArtifacts(proxy.url(place), { web: WEB });

    child = scene().start(['publish', '--json']);
    const { code, stdout, stderr } = await outcome(child);

    expect(code).toBe(130);
    expect(stderr).toContain("SIGINT: waiting for the running push of 'registry' to end");
    expect(reportIn(stdout)).toMatchObject({ repositories: [{ artifacts: [{ pushed: true }] }], errors: ["interrupted by SIGINT; published by then: 'registry'. Publish again."] });
    expect(files('web')).toEqual(WEB);
  });

  test('ends at once before that', async () => {
    let child: ReturnType<ReturnType<typeof scene>['start']>;
    // It never gets an answer.
    const proxy = await proxied(once(/^PUT .*blobs/, () => child.kill('SIGINT')));
    scene().renderArtifacts(proxy.url(place), { web: WEB });

    child = scene().start(['publish', '--json']);
    const { code, stdout } = await outcome(child);

    expect(code).toBe(130);
    expect(reportIn(stdout).errors).toEqual(['interrupted by SIGINT; nothing was published. Publish again.']);
    expect(await registry.digest(`${place}/web`, 'latest')).toBeUndefined();
  });
});

describe('an older commit', () => {
  /** Renders and publishes from a commit of the source. */
  async function publishFrom(commit: string, content: Record<string, Record<string, string>>, ...args: string[]) {
    scene().renderArtifacts(registry.url(place), content);
    return scene().publish(['--source-commit', commit, ...args]);
  }

  let older: string;
  let newer: string;
  beforeEach(() => {
    scene().git('work', 'init', '--quiet');
    [older, newer] = ['older', 'newer'].map((subject) => {
      scene().git('work', 'commit', '--quiet', '--allow-empty', '-m', subject);
      return scene().git('work', 'rev-parse', 'HEAD');
    });
  });

  test('does not replace a newer one, unless told to', async () => {
    await publishFrom(newer, { one: WEB, two: WEB });

    const { code, stderr } = await publishFrom(older, { one: { a: 'older' }, two: WEB });

    expect(code).toBe(4);
    expect(stderr).toMatch(new RegExp(`^error: registry 'registry', artifact 'one:latest': was published from source commit ${newer.slice(0, 7)} .*, which is newer than ${older.slice(0, 7)} .*` +
      'Publish from the newer commit, or with --allow-older to go back\\.\\n$'));
    expect(files('one')).toEqual(WEB);

    expect(await publishFrom(older, { one: { a: 'older' }, two: WEB }, '--allow-older')).toMatchObject({ code: 0 });
    expect(files('one')).toEqual({ a: 'older' });
  });

  test('is replaced by a newer one', async () => {
    await publishFrom(older, { web: WEB });

    expect(await publishFrom(newer, { web: { a: 'new' } })).toMatchObject({ code: 0, stderr: '' });

    expect(files('web')).toEqual({ a: 'new' });
  });
});

test('what somebody put under our record is replaced with --overwrite', async () => {
  scene().renderArtifacts(registry.url(place), { web: WEB });
  await run();
  const hand = await registry.putBlob(`${place}/web`, Buffer.from('by hand'));
  const manifest = await registry.manifest(`${place}/web`, 'latest');
  await registry.putManifest(`${place}/web`, 'latest', { ...manifest, layers: [{ ...manifest.layers[0], ...hand }] });

  // The same content, which would be no change if the layer were ours.
  expect(await run()).toMatchObject({ code: 4, report: { errors: [expect.stringMatching(/replace it with --overwrite/)] } });
  const { report } = await run(['--overwrite']);

  expect(report.repositories[0].artifacts).toMatchObject([{ change: 'update', adopted: true, pushed: true }]);
  expect(files('web')).toEqual(WEB);
});

test('processes publish different artifacts and the same one at once', async () => {
  const apps = ['one', 'two', 'three', 'four'];
  apps.forEach((app) => {
    scene().write(`${app}/x`, '');
    scene().renderArtifacts(registry.url(place), { [app]: { 'web.yaml': app }, shared: { 'shared.yaml': app } }, {}, `${app}/dist`);
  });

  const runs = await Promise.all(apps.map(async (app) => run([], app)));

  expect(runs.map(({ code, stderr }) => ({ code, errors: stderr.match(/^error.*/gm) }))).toEqual(apps.map(() => ({ code: 0, errors: null })));
  expect(apps.map((app) => files(app))).toEqual(apps.map((app) => ({ 'web.yaml': app })));
  const { 'shared.yaml': winner } = files('shared');
  expect(apps).toContain(winner);
  const { annotations, layers } = await registry.manifest(`${place}/shared`, 'latest');
  expect(JSON.parse(annotations[RECORD]).layer).toBe(layers[0].digest);
});

describe('names that no registry takes', () => {
  test.each([
    ['artifact', '../../../v2/evil'], ['artifact', 'Web'], ['artifact', '-web'], ['artifact', 'a/../b'], ['artifact', 'a%2f..'], ['artifact', `${'a'.repeat(300)}`], ['artifact', 'a\nb'],
    ['tag', '../latest'], ['tag', '-x'], ['tag', 'a b'], ['tag', 'a/b'], ['tag', 'x'.repeat(129)], ['tag', '@sha256:0'], ['tag', ''], ['tag', 'a?x=1'],
  ])('%s %j is refused', async (field, value) => {
    const proxy = await proxied(() => false);
    scene().renderArtifacts(proxy.url(place), { web: WEB });
    const manifest = JSON.parse(scene().read('work/dist/delivery.json'));
    manifest.registries[0].artifacts[0][field] = value;
    scene().write('work/dist/delivery.json', JSON.stringify(manifest));

    const { code, stderr } = await scene().publish();

    expect(code).toBe(3);
    expect(stderr.split('\n')).toHaveLength(2);
    expect(proxy.lines).toEqual([]);
  });
});
