import { getEventListeners } from 'events';
import { createServer, Server } from 'http';
import { AddressInfo, Socket } from 'net';
import { ask } from '../../src/cli/oci/http';

let server: Server;
let url: URL;
beforeEach(async () => {
  server = createServer((request, response) => request.url === '/never' ? undefined
    : request.url === '/switch' ? request.socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n') : response.end('answer'));
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

test('an answer in another protocol is none', async () => {
  await expect(ask({ method: 'GET', url: new URL('/switch', url), signal: new AbortController().signal, limit: 100 })).rejects.toThrow(/was lost/);
});

test('a host that takes no notice is left long before the system would leave it', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
  const connect = jest.spyOn(Socket.prototype, 'connect').mockImplementation(function(this: Socket) {
    return Object.assign(this, { connecting: true });
  });
  try {
    const asked = expect(ask({ method: 'GET', url, signal: new AbortController().signal, limit: 100 })).rejects.toThrow(/was lost \(ETIMEDOUT\)/);
    await new Promise((resolve) => setImmediate(resolve)); // the socket comes a turn later
    jest.advanceTimersByTime(10_000);
    await asked;
  } finally {
    connect.mockRestore();
    jest.useRealTimers();
  }
});
