import { IncomingMessage } from 'http';
import { PassThrough } from 'stream';
import { Broken } from './fault';
import { World } from './world';

const RETRIED = { codes: [0], leaves: ['new' as const] };

function isPush(request: IncomingMessage): boolean {
  return request.method === 'POST' && request.url!.endsWith('git-receive-pack');
}

/** Answers so many requests with a status. */
export function answersWith(world: World, status: number, times: number, which = /./): Broken {
  world.intercept = (request, response) => {
    if (!which.test(request.url!) || times-- <= 0) {
      return false;
    }
    request.resume();
    response.writeHead(status).end();
    return true;
  };
  return RETRIED;
}

/** Has git do what was asked for, and says nothing. */
export function swallowsAnswers(world: World, times: number): Broken {
  world.intercept = async (request, response) => {
    if (!isPush(request) || times-- <= 0) {
      return false;
    }
    await world.server.backend(request);
    response.destroy();
    return true;
  };
  return RETRIED;
}

/** Hands git some of the bytes of the first push, as many as are told, and hangs up. */
export function arrivesInPart(world: World): Broken {
  let first = true;
  world.intercept = async (request, response) => {
    if (!isPush(request) || Number(request.headers['content-length']) < 10 || !first) {
      return false; // Before a push git asks with four bytes whether it may.
    }
    first = false;
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const body = Buffer.concat(chunks);
    const bytes = body.subarray(0, Math.floor(Math.random() * body.length));
    // The length has to be right: git's http-backend waits busily and for ever for bytes that do not come.
    const headers = { ...request.headers, 'content-length': String(bytes.length) };
    const part = Object.assign(new PassThrough(), { url: request.url, method: request.method, headers });
    part.end(bytes);
    await world.server.backend(part as unknown as IncomingMessage);
    response.destroy();
    return true;
  };
  return RETRIED;
}

/** Ends some answers to what is read half way. */
export function answersLost(world: World, times: number): Broken {
  world.intercept = async (request, response) => {
    if (request.url!.includes('receive-pack') || times-- <= 0) {
      return false;
    }
    const output = await world.server.backend(request);
    const body = output.subarray(output.indexOf('\r\n\r\n') + 4);
    const type = /^Content-Type: (.*)$/im.exec(output.toString('latin1'))![1].trim();
    response.writeHead(200, { 'Content-Type': type, 'Content-Length': body.length });
    response.write(body.subarray(0, Math.floor(Math.random() * body.length)), () => response.destroy());
    return true;
  };
  return RETRIED;
}

/** Leaves the n-th request that reads, and all after it, without an answer. */
export function neverAnswers(world: World, from: number): Broken {
  let count = 0;
  world.intercept = async (request) => !request.url!.includes('receive-pack') && ++count >= from && new Promise<boolean>(() => undefined);
  return RETRIED;
}
