import * as http from 'http';
import type { IncomingHttpHeaders, IncomingMessage, RequestOptions } from 'http';
import * as https from 'https';
import { httpFault, lateFault, lostFault } from './registry-fault';
import { ExitCode } from '../cli-error';
import { RemoteFault } from '../remote-fault';

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly url: URL;
  readonly headers?: Record<string, string>;
  readonly body?: Buffer;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** The longest answer that is read, in bytes. */
  readonly limit: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What a person would read of an error; more is not looked at. */
const ERROR_LIMIT = 64 * 1024;
/** For a host that takes no notice; the system would wait for minutes. */
const LONGEST_CONNECT = 10_000;

/**
 * One request, without following a redirection. Connections are kept for the next one.
 *
 * @throws RemoteFault if there is no answer, or a longer one than allowed
 */
export async function ask({ method, url, headers, body, signal, limit }: HttpRequest): Promise<HttpAnswer> {
  try {
    const response = await answerTo(url, { method, headers: { 'User-Agent': 'cdk8s-fluxcd', ...headers }, signal }, body);
    const status = response.statusCode!;
    const isSuccess = status >= 200 && status < 300;
    const content = await readBody(response, isSuccess ? limit : ERROR_LIMIT);
    if (content === undefined && isSuccess) {
      throw new RemoteFault(httpFault(`${url.host} answers with more than the ${limit} bytes that are read. Is it a registry?`));
    }
    return { status, headers: response.headers, body: content ?? Buffer.alloc(0) };
  } catch (error) {
    throw error instanceof RemoteFault ? error : new RemoteFault(signal.aborted ? lateFault(url) : lostFault(error as Error, url));
  }
}

// Not fetch: it takes several times as long for each of thousands of small requests.
async function answerTo(url: URL, options: RequestOptions, body: Buffer | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, options, resolve);
    request.on('error', reject);
    // What is neither an answer nor an error, such as one that speaks another protocol from here on.
    request.on('close', () => reject(new Error('no answer')));
    request.on('socket', (socket) => {
      if (socket.connecting) {
        const timer = setTimeout(() => request.destroy(Object.assign(new Error('no connection'), { code: 'ETIMEDOUT' })), LONGEST_CONNECT);
        ['connect', 'close'].forEach((event) => socket.once(event, () => clearTimeout(timer)));
      }
    });
    request.end(body);
  });
}

/** Undefined if it is longer than allowed. */
async function readBody(response: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop cancels the rest.
  for await (const chunk of response) {
    size += chunk.length;
    if (size > limit) {
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A URL that a registry has sent. */
export function parsedUrl(text: string, base?: URL): URL {
  try {
    return new URL(text, base);
  } catch {
    throw new RemoteFault({ kind: 'fatal', exitCode: ExitCode.REMOTE, text: `the registry names ${JSON.stringify(text.slice(0, 200))}, which is no URL. Is it a registry?` });
  }
}
