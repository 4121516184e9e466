import { createHash } from 'crypto';
import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { AddressInfo } from 'net';
import { gzipSync } from 'zlib';
import { pack } from 'tar-stream';
import { filesOf, gzipOf, tarOf } from '../../src/cli/oci/archive';
import { challengesOf } from '../../src/cli/oci/authorization';
import { Login } from '../../src/cli/oci/docker-config';
import * as http from '../../src/cli/oci/http';
import { pullArtifact } from '../../src/cli/oci/pull';
import { RegistryClient } from '../../src/cli/oci/registry-client';
import { registryUrl, repositoryOf } from '../../src/cli/oci/registry-url';
import { RemoteFault } from '../../src/cli/remote-fault';
import { OciRegistry } from '../tools/oci-registry';

const PASSWORD: Login = { kind: 'password', username: 'bob', password: 's3cret-word' };
const BASIC = `Basic ${Buffer.from('bob:s3cret-word').toString('base64')}`;

const NOTHING = Buffer.alloc(0);

type Answer = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

/** A few lines of HTTP: what a registry could answer. */
class Stub {
  public static async start(answer: Answer): Promise<Stub> {
    const stub = new Stub(answer);
    await new Promise<void>((resolve) => stub.server.listen(0, '127.0.0.1', resolve));
    stubs.push(stub);
    return stub;
  }

  public readonly requests: { line: string; authorization?: string }[] = [];
  private readonly server: Server;

  private constructor(answer: Answer) {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        this.requests.push({ line: `${request.method} ${request.url}`, authorization: request.headers.authorization });
        answer(request, response, Buffer.concat(chunks));
      });
    });
  }

  public get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public get lines(): string[] {
    return this.requests.map(({ line }) => line);
  }

  public client(login?: Login, url = `oci://${this.host}/team`): RegistryClient {
    return new RegistryClient({ registry: registryUrl('registry', url), login, actions: 'pull,push', signal: new AbortController().signal });
  }

  public close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

const stubs: Stub[] = [];
afterEach(() => {
  jest.restoreAllMocks();
  stubs.splice(0).forEach((stub) => stub.close());
});

async function faultOf(promise: Promise<unknown>): Promise<RemoteFault['fault']> {
  const error = await promise.then(() => undefined, (thrown) => thrown);
  expect(error).toBeInstanceOf(RemoteFault);
  expect(error.message).not.toMatch(/s3cret|\n/);
  expect(error.message).not.toContain(BASIC.slice(6));
  return error.fault;
}

const MANIFEST = '{"schemaVersion":2}';

describe('login', () => {
  test('anonymous where nobody asks', async () => {
    const stub = await Stub.start((_, response) => response.end(MANIFEST));

    expect((await stub.client(PASSWORD).manifest('team/web', 'latest'))!.content.toString()).toBe(MANIFEST);

    expect(stub.requests).toEqual([{ line: 'GET /v2/team/web/manifests/latest', authorization: undefined }]);
  });

  test('name and password where the registry asks for them, and from then on at once', async () => {
    const stub = await Stub.start((request, response) => request.headers.authorization === BASIC
      ? response.end(MANIFEST) : response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end());
    const client = stub.client(PASSWORD);

    await client.manifest('team/web', 'one');
    await client.manifest('team/web', 'two');

    expect(stub.requests.map(({ authorization }) => authorization)).toEqual([undefined, BASIC, BASIC]);
  });

  test.each([
    ['name and password', PASSWORD, 'GET', BASIC],
    ['nobody', undefined, 'GET', undefined],
    ['an identity token', { kind: 'identity token', token: 'identity' } as const, 'POST', undefined],
  ])('a token from the service that the registry names, for %s', async (_, login, method, authorization) => {
    let form = '';
    const stub: Stub = await Stub.start((request, response, body) => {
      if (request.url!.startsWith('/token')) {
        form = body.toString();
        response.end(JSON.stringify({ access_token: 'the-token' }));
      } else if (request.headers.authorization === 'Bearer the-token') {
        response.end(MANIFEST);
      } else {
        response.writeHead(401, { 'WWW-Authenticate': `Bearer realm="http://${stub.host}/token?a=b",service="the \\"service\\"",scope="repository:x:pull"` }).end();
      }
    });

    expect(await stub.client(login).manifest('team/web', 'latest')).toBeDefined();

    expect(stub.requests[1].authorization).toBe(authorization);
    const query = new URLSearchParams(method === 'POST' ? form : stub.lines[1].split('?')[1]);
    expect(stub.lines[1]).toMatch(new RegExp(`^${method} /token\\?a=b`));
    expect(query.get('scope')).toBe('repository:team/web:pull,push');
    expect(query.get('service')).toBe('the "service"');
    expect(query.get('refresh_token')).toBe(method === 'POST' ? 'identity' : null);
  });

  test('a token that has run out is asked for again', async () => {
    let valid = 0;
    const stub: Stub = await Stub.start((request, response) => {
      if (request.url!.startsWith('/token')) {
        response.end(JSON.stringify({ token: `token-${++valid}` }));
      } else if (request.headers.authorization === `Bearer token-${valid}` && stub.requests.length !== 4) {
        response.end(MANIFEST);
      } else {
        response.writeHead(401, { 'WWW-Authenticate': `Bearer realm="http://${stub.host}/token"` }).end();
      }
    });
    const client = stub.client(PASSWORD);

    await client.manifest('team/web', 'one');
    await client.manifest('team/web', 'two');

    expect(stub.requests.map(({ authorization }) => authorization)).toEqual([undefined, BASIC, 'Bearer token-1', 'Bearer token-1', BASIC, 'Bearer token-2']);
  });

  test.each([
    ['refused', PASSWORD, /^127\.0\.0\.1:\d+ refused the login \(UNAUTHORIZED: no\)\. Check CDK8S_FLUXCD_PASSWORD, or run 'docker login 127\.0\.0\.1:\d+' again\.$/],
    ['missing', undefined, /^127\.0\.0\.1:\d+ asks for a login and none is known \(UNAUTHORIZED: no\)\. Set CDK8S_FLUXCD_PASSWORD, or run 'docker login 127\.0\.0\.1:\d+'\.$/],
  ])('that is %s is said with what to do', async (_, login, text) => {
    const stub = await Stub.start((__, response) => response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' })
      .end('{"errors":[{"code":"UNAUTHORIZED","message":"no"}]}'));

    expect(await faultOf(stub.client(login).manifest('team/web', 'latest'))).toMatchObject({ kind: 'fatal', exitCode: 5, text: expect.stringMatching(text) });
  });

  test.each([
    ['without TLS, of a registry that has it', 'http://tokens.example.com/token', 'https://'],
    ['with another protocol', 'file:///etc/passwd', 'http://'],
    ['that is no URL', 'http://', 'http://'],
    ['with user-info', 'https://a:b@tokens.example.com/token', 'http://'],
  ])('goes to no token service %s', async (_, realm, scheme) => {
    const asked: string[] = [];
    // A registry with TLS needs a certificate; only what would be asked is looked at.
    jest.spyOn(http, 'ask').mockImplementation(async ({ url, headers = {} }) => {
      asked.push(url.href);
      expect(headers).not.toHaveProperty('Authorization');
      return { status: 401, headers: { 'www-authenticate': `Bearer realm="${realm}"` }, body: NOTHING };
    });
    const client = new RegistryClient({ registry: registryUrl('r', `${scheme}registry.example.com/team`), login: PASSWORD, actions: 'pull', signal: new AbortController().signal });

    const { kind } = await faultOf(client.manifest('team/web', 'latest'));

    expect(kind).toBe('fatal');
    expect(asked).toEqual([`${scheme}registry.example.com/v2/team/web/manifests/latest`]);
  });

  test('is not carried along where a token service or a registry sends one', async () => {
    const other = await Stub.start((_, response) => response.end(MANIFEST));
    const stub: Stub = await Stub.start((request, response) => {
      if (request.url!.startsWith('/token')) {
        response.writeHead(307, { Location: `http://${other.host}/token` }).end();
      } else {
        response.writeHead(401, { 'WWW-Authenticate': `Bearer realm="http://${stub.host}/token"` }).end();
      }
    });

    expect((await faultOf(stub.client(PASSWORD).manifest('team/web', 'latest'))).text).toMatch(/HTTP 307.*asked for a token at/);
    expect(other.requests).toEqual([]);
  });

  test.each([
    ['HEAD', 'name and password', PASSWORD],
    ['HEAD', 'an identity token', { kind: 'identity token', token: 's3cret-identity' } as const],
    ['HEAD', 'an access token', { kind: 'access token', token: 's3cret-access' } as const],
    ['PUT', 'name and password', PASSWORD],
    ['PUT', 'an identity token', { kind: 'identity token', token: 's3cret-identity' } as const],
  ])('does not go to the store of another host that %s leads to, which asks for %s', async (method, _, login) => {
    const asked: string[] = [];
    // That store needs a certificate; only what it would be sent is looked at.
    jest.spyOn(http, 'ask').mockImplementation(async ({ method: sent, url, headers = {} }) => {
      asked.push(`${sent} ${url}`);
      expect(headers).not.toHaveProperty('Authorization');
      const status = url.host === 'store.example.com' ? 401 : sent === 'POST' ? 202 : method === 'PUT' ? 404 : 307;
      const answer = { 'location': 'https://store.example.com/up', 'www-authenticate': 'Bearer realm="https://store.example.com/token", Basic' };
      return { status, headers: answer, body: NOTHING };
    });
    const client = new RegistryClient({ registry: registryUrl('r', 'http://registry.example.com/team'), login, actions: 'pull,push', signal: new AbortController().signal });

    const { kind, text } = await faultOf(client.putBlob('team/web', Buffer.from('hello')));

    expect(kind).toBe('fatal');
    expect(text).toMatch(/^store\.example\.com, where registry\.example\.com leads to for 'team\/web', asks for a login, which goes to registry\.example\.com alone\. /);
    expect(asked[asked.length - 1]).toMatch(new RegExp(`^${method} https://store\\.example\\.com/up`));
    expect(asked.filter((line) => line.includes('/token'))).toEqual([]);
  });

  test('is not in what is said, whatever the registry says', async () => {
    const stub = await Stub.start((request, response) => request.headers.authorization
      ? response.writeHead(403).end(JSON.stringify({ errors: [{ code: 'DENIED', message: `you sent\n${request.headers.authorization} s3cret-word\u001b[2J` }] }))
      : response.writeHead(401, { 'WWW-Authenticate': 'Basic' }).end());

    const { text } = await faultOf(stub.client(PASSWORD).manifest('team/web', 'latest'));

    expect(text).toMatch(/^no permission to read 'team\/web' on 127\.0\.0\.1:\d+ \(DENIED: you sent Basic \*\*\* \*\*\* \[2J\)\. /);
  });

  test.each([
    ['Basic', [{ scheme: 'basic', parameters: {} }]],
    ['Bearer realm="https://a/b?c=d,e",service=x, Basic realm="y"', [
      { scheme: 'bearer', parameters: { realm: 'https://a/b?c=d,e', service: 'x' } }, { scheme: 'basic', parameters: { realm: 'y' } },
    ]],
    ['', []],
    ['realm="x"', []],
  ])('challenge %s', (header, challenges) => {
    expect(challengesOf(header)).toEqual(challenges);
  });
});

describe('an upload', () => {
  /** The rest of a registry, for one that says where to upload to. */
  const uploads = (location: (stub: Stub) => string): Answer => (request, response) => {
    const stub = stubs[stubs.length - 1];
    request.method === 'HEAD' ? response.writeHead(404).end()
      : request.method === 'POST' ? response.writeHead(202, { Location: location(stub) }).end()
        : response.writeHead(201).end();
  };
  const DIGEST = 'sha256%3A2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';

  test.each([
    ['relative', () => '/up/1?_state=a%2Bb', `PUT /up/1?_state=a%2Bb&digest=${DIGEST}`],
    ['absolute', (stub: Stub) => `http://${stub.host}/up/2`, `PUT /up/2?digest=${DIGEST}`],
  ])('goes to the %s address that the registry gives', async (_, location, line) => {
    const stub = await Stub.start(uploads(location));

    await stub.client().putBlob('team/web', Buffer.from('hello'));

    expect(stub.lines).toEqual([expect.stringMatching(/^HEAD/), 'POST /v2/team/web/blobs/uploads/', line]);
  });

  test('is left out where the content is there', async () => {
    const stub = await Stub.start((_, response) => response.end());

    await stub.client().putBlob('team/web', Buffer.from('hello'));

    expect(stub.lines).toHaveLength(1);
  });

  test.each([
    ['http://169.254.169.254/latest', /leads to http:\/\/169\.254\.169\.254, which is not followed/],
    ['https://user:pw@example.com/', /leads to https:\/\/example\.com, which is not followed/],
    ['file:///etc/passwd', /leads to file:\/\/, which is not followed/],
    ['http://[', /names "http:\/\/\[", which is no URL/],
  ])('does not go to %s', async (location, text) => {
    const stub = await Stub.start(uploads(() => location));

    expect((await faultOf(stub.client(PASSWORD).putBlob('team/web', Buffer.from('hello')))).text).toMatch(text);
  });

  test.each([
    [404, /knows no 'team\/web'\. Create that repository first, or check the URL\.$/],
    [403, /no permission to write 'team\/web' on .*\. Ask for the right to push there\.$/],
    [405, /does not take artifacts \(HTTP 405\)\. Check the URL\.$/],
    [413, /answered HTTP 413 to writing 'team\/web'$/],
    [307, /sends what is written elsewhere \(HTTP 307, elsewhere\.example\.com\)\. Use that address\.$/],
  ])('that ends with HTTP %s', async (status, text) => {
    const stub = await Stub.start((request, response) => request.method === 'HEAD'
      ? response.writeHead(404).end() : response.writeHead(status, { Location: 'https://elsewhere.example.com/' }).end());

    expect(await faultOf(stub.client(PASSWORD).putBlob('team/web', Buffer.from('hello')))).toMatchObject({ kind: 'fatal', text: expect.stringMatching(text) });
  });
});

describe('a registry that', () => {
  test('sends a reader elsewhere is followed there, but not to another host without TLS', async () => {
    const content = Buffer.from('content');
    let elsewhere = '/store';
    const stub = await Stub.start((request, response) => request.url === '/store' ? response.end(content) : response.writeHead(307, { Location: elsewhere }).end());
    const other = await Stub.start((_, response) => response.end(content));
    const client = stub.client(PASSWORD);
    const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;

    expect(await client.blob('team/web', digest, content.length)).toEqual(content);
    elsewhere = `http://${other.host}/store`;
    expect((await faultOf(client.blob('team/web', digest, content.length))).text).toMatch(/which is not followed/);
    expect(other.requests).toEqual([]);
  });

  test('sends one round in circles is left', async () => {
    const stub = await Stub.start((request, response) => response.writeHead(302, { Location: request.url! }).end());

    expect((await faultOf(stub.client().manifest('team/web', 'latest'))).text).toMatch(/sends one from place to place/);
    expect(stub.requests.length).toBe(6);
  });

  test('never ends its answer is cut short', async () => {
    const stub = await Stub.start((_, response) => {
      const more = () => void response.write(Buffer.alloc(64 * 1024), () => response.destroyed || more());
      more();
    });

    expect(await faultOf(stub.client().manifest('team/web', 'latest'))).toMatchObject({ kind: 'fatal', text: expect.stringMatching(/answers with more than the 4194304 bytes that are read/) });
  });

  test.each([
    [429, { 'Retry-After': '7' }, 7000],
    [503, { 'Retry-After': '100000' }, 60_000],
    [503, { 'Retry-After': 'Thu, 01 Jan 1970 00:00:00 GMT' }, undefined],
    [500, {}, undefined],
  ])('is overloaded (%s, %j) may do better later', async (status, headers, wait) => {
    const stub = await Stub.start((_, response) => response.writeHead(status, headers as Record<string, string>).end());

    expect(await faultOf(stub.client().manifest('team/web', 'latest'))).toMatchObject({ kind: 'unavailable', wait });
  });

  test('hangs up may do better later', async () => {
    const stub = await Stub.start((_, response) => response.destroy());

    expect(await faultOf(stub.client().manifest('team/web', 'latest'))).toMatchObject({ kind: 'unavailable', text: expect.stringMatching(/was lost/) });
  });

  test.each([
    ['is not there', 'http://127.0.0.1:1/x', /is one that is never asked by HTTP|cannot be reached/],
    ['has no such host', 'oci://registry.invalid/x', /^registry\.invalid cannot be reached \(no such host\)\. Check the URL and the network/],
  ])('%s', async (_, url, text) => {
    const client = new RegistryClient({ registry: registryUrl('r', url), actions: 'pull', signal: new AbortController().signal });

    expect((await faultOf(client.manifest('x', 'latest'))).text).toMatch(text);
  });

  test('does not speak TLS', async () => {
    const stub = await Stub.start((_, response) => response.end());

    expect((await faultOf(stub.client(undefined, `https://${stub.host}/team`).manifest('team/web', 'latest'))).text)
      .toMatch(/does not speak TLS .*For a registry without it give --remote NAME=http:\/\/127\.0\.0\.1:\d+\/<path>\.$/);
  });

  test('sends other content than its digest says is not believed', async () => {
    const stub = await Stub.start((_, response) => response.writeHead(200, { 'Docker-Content-Digest': `sha256:${'0'.repeat(64)}` }).end('content'));

    expect((await faultOf(stub.client().manifest('team/web', 'latest'))).text).toMatch(/its digest does not fit/);
    expect((await faultOf(stub.client().blob('team/web', `sha256:${'0'.repeat(64)}`, 7))).text).toMatch(/its digest does not fit/);
  });
});

test('the login goes to no other host, neither with what is uploaded nor for what is read', async () => {
  const asked: string[] = [];
  // Another host is asked by https only, which needs a certificate; what would be sent is looked at.
  jest.spyOn(http, 'ask').mockImplementation(async ({ method, url, headers = {} }) => {
    asked.push(`${method} ${url.host}${url.pathname} ${headers.Authorization === BASIC ? 'with login' : 'without'}`);
    const elsewhere = { location: `https://store.example.com${url.pathname}` };
    return url.host === 'store.example.com' ? { status: method === 'PUT' ? 201 : 200, headers: {}, body: Buffer.from('content') }
      : !headers.Authorization ? { status: 401, headers: { 'www-authenticate': 'Basic' }, body: NOTHING }
        : { status: method === 'HEAD' ? 404 : method === 'POST' ? 202 : 307, headers: elsewhere, body: NOTHING };
  });
  const registry = registryUrl('r', 'oci://registry.example.com/team');
  const client = new RegistryClient({ registry, login: PASSWORD, actions: 'pull,push', signal: new AbortController().signal });

  await client.putBlob('web', Buffer.from('content'));
  await client.manifest('web', 'latest');

  expect(asked).toEqual([
    expect.stringMatching(/^HEAD registry.*without/),
    expect.stringMatching(/^HEAD registry.*with login/),
    'POST registry.example.com/v2/web/blobs/uploads/ with login',
    'PUT store.example.com/v2/web/blobs/uploads/ without',
    'GET registry.example.com/v2/web/manifests/latest with login',
    'GET store.example.com/v2/web/manifests/latest without',
  ]);
});

describe('where a registry is asked', () => {
  test.each([
    ['oci://registry.example.com/shop', 'https://registry.example.com', 'registry.example.com', 'shop'],
    ['oci://registry.example.com:443/shop/', 'https://registry.example.com', 'registry.example.com', 'shop'],
    ['oci://docker.io/shop', 'https://registry-1.docker.io', 'docker.io', 'shop'],
    ['oci://index.docker.io/shop', 'https://registry-1.docker.io', 'docker.io', 'shop'],
    ['oci://localhost:5000', 'http://localhost:5000', 'localhost:5000', ''],
    ['oci://127.0.0.1:5000/a/b', 'http://127.0.0.1:5000', '127.0.0.1:5000', 'a/b'],
    ['oci://[::1]:5000/a', 'http://[::1]:5000', '[::1]:5000', 'a'],
    ['oci://127.0.0.1.example.com/a', 'https://127.0.0.1.example.com', '127.0.0.1.example.com', 'a'],
    ['http://registry.example.com/a', 'http://registry.example.com', 'registry.example.com', 'a'],
    ['https://localhost:5000/a', 'https://localhost:5000', 'localhost:5000', 'a'],
  ])('%s', (url, origin, host, path) => {
    expect(registryUrl('r', url)).toMatchObject({ origin, host, path });
  });

  test('an artifact is named after the place, on Docker Hub below library/', () => {
    expect(repositoryOf('r', registryUrl('r', 'oci://registry.example.com/shop'), 'web', 'latest')).toBe('shop/web');
    expect(repositoryOf('r', registryUrl('r', 'oci://docker.io'), 'web', 'latest')).toBe('library/web');
    expect(() => repositoryOf('r', registryUrl('r', 'oci://docker.io/x'), '../evil', 'latest')).toThrow(/^registry 'r': artifact "\.\.\/evil" cannot be the name/);
    expect(() => repositoryOf('r', registryUrl('r', 'oci://docker.io/x'), 'web', 'a/b')).toThrow(/^registry 'r': tag "a\/b" of artifact 'web' cannot be a tag/);
  });
});

describe("reading an artifact's files", () => {
  let registry: OciRegistry;
  beforeAll(async () => {
    registry = await OciRegistry.start();
  });
  afterAll(async () => registry.stop());

  const client = () => new RegistryClient({ registry: registryUrl('r', registry.url('team')), actions: 'pull', signal: new AbortController().signal });
  const limits = { layer: 10_000, size: 10_000, files: 3 };

  async function pushed(layer: Buffer, size = layer.length): Promise<string> {
    const { digest } = await registry.putBlob('team/hand', layer);
    const config = await registry.putBlob('team/hand', Buffer.from('{}'));
    await registry.putManifest('team/hand', 'latest', { schemaVersion: 2, config: { mediaType: 'x/y', ...config }, layers: [{ mediaType: 'x/y', digest, size }] });
    return digest;
  }

  /** An archive by hand. */
  async function archive(...entries: { name: string; type?: 'file' | 'symlink' | 'link' | 'directory' | 'fifo'; linkname?: string; content?: string }[]): Promise<Buffer> {
    const tar = pack();
    const chunks: Buffer[] = [];
    tar.on('data', (chunk) => chunks.push(chunk as Buffer));
    const end = new Promise<void>((resolve) => tar.on('end', () => resolve()));
    entries.forEach(({ content = '', ...header }) => header.type && header.type !== 'file' ? tar.entry(header).end(undefined) : tar.entry(header, content));
    tar.finalize();
    await end;
    return gzipSync(Buffer.concat(chunks));
  }

  test('what Flux and others have pushed', async () => {
    await pushed(await archive({ name: './', type: 'directory' }, { name: './a.yaml', content: 'a' }, { name: 'b/c.yaml', content: 'c' }));

    const { live, files } = (await pullArtifact(client(), 'team/hand', 'latest', limits))!;

    expect(live.kind).toBe('foreign');
    expect([...files].map(([path, content]) => [path, content.toString()])).toEqual([['a.yaml', 'a'], ['b/c.yaml', 'c']]);
  });

  test('nothing where there is none', async () => {
    expect(await pullArtifact(client(), 'team/none', 'latest')).toBeUndefined();
  });

  test.each([
    ['a path that leads out', async () => archive({ name: '../evil' }), /holds "\.\.\/evil", which has an empty part, '\.' or '\.\.'/],
    ['an absolute path', async () => archive({ name: '/etc/evil' }), /holds "\/etc\/evil", which is absolute/],
    ['a backslash', async () => archive({ name: 'a\\..\\evil' }), /backslash/],
    ['a symbolic link', async () => archive({ name: 'a', type: 'symlink', linkname: '/etc/passwd' }), /holds "a", which is a symlink, and only plain files are read/],
    ['a hard link', async () => archive({ name: 'a', type: 'link', linkname: '/etc/passwd' }), /which is a link/],
    ['a pipe', async () => archive({ name: 'a', type: 'fifo' }), /which is a fifo/],
    ['one path twice', async () => archive({ name: 'a' }, { name: './a' }), /which is in it twice/],
    ['too many files', async () => archive(...['a', 'b', 'c', 'd'].map((name) => ({ name }))), /"d", which is one more than the 3 files that are read/],
    ['too much in it', async () => gzipSync(Buffer.alloc(100_000)), /unpacks to more than the 10000 bytes that are read/],
    ['no gzip', async () => Buffer.from('plain text'), /is not compressed by gzip/],
    ['no tar', async () => gzipSync(Buffer.alloc(600, 'x')), /holds no tar archive/],
    ['half an archive', async () => gzipSync((await tarOf([['a', Buffer.alloc(2000)]])).subarray(0, 1000)), /holds no tar archive/],
  ])('not with %s', async (_, layer, problem) => {
    await pushed(await layer());

    expect((await faultOf(pullArtifact(client(), 'team/hand', 'latest', limits))).text).toMatch(problem);
  });

  test('not with a layer of another size than its manifest says, or too large a one', async () => {
    await pushed(Buffer.from('content'), 3);
    expect((await faultOf(pullArtifact(client(), 'team/hand', 'latest', limits))).text).toMatch(/answers with more than the 3 bytes/);
    await pushed(Buffer.from('content'), 1e12);
    expect((await faultOf(pullArtifact(client(), 'team/hand', 'latest', limits))).text).toMatch(/has a layer of 1000000000000 bytes, more than the 10000/);
  });

  test('round trip of our own archive', async () => {
    const files = new Map([['b.yaml', Buffer.from('b')], ['a/ü.yaml', Buffer.alloc(0)], [`${'x'.repeat(150)}/${'y'.repeat(150)}`, Buffer.from('z')]]);

    expect(await filesOf(await gzipOf(await tarOf(files)), limits)).toEqual(new Map([...files].sort()));
  });
});
