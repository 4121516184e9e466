import { getEventListeners } from 'events';
import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import { ask } from '../../src/cli/oci/http';

let server: Server;
let url: URL;
beforeEach(async () => {
  server = createServer((request, response) => request.url === '/never' ? undefined : response.end('answer'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('thousands of requests that one signal may end leave nobody who listens to it', async () => {
  const { signal } = new AbortController();
  const { body } = await ask({ method: 'GET', url, signal, limit: 100 });
  expect(body.toString()).toBe('answer');
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

test('a signal ends a request that has begun, and one that begins later', async () => {
  const controller = new AbortController();
  const request = { method: 'GET', url: new URL('/never', url), signal: controller.signal, limit: 100 } as const;
  const arrived = new Promise((resolve) => server.once('request', resolve));
  const running = ask(request);
  await arrived;
  controller.abort();
  await expect(running).rejects.toThrow();
  await expect(ask(request)).rejects.toThrow();
});
