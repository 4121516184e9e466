import { httpFault, lostFault } from './registry-fault';
import { CliError, ExitCode } from '../cli-error';
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
  readonly headers: Headers;
  readonly body: Buffer;
}

/** What a person would read of an error; more is not looked at. */
const ERROR_LIMIT = 64 * 1024;

/**
 * One request, without following a redirection.
 *
 * @throws RemoteFault if there is no answer, or a longer one than allowed
 */
export async function ask({ method, url, headers, body, signal, limit }: HttpRequest): Promise<HttpAnswer> {
  // One for each request: fetch lets go of a signal only when its garbage is collected, and node warns of thousands that listen.
  const ending = new AbortController();
  const end = () => ending.abort(signal.reason);
  signal.addEventListener('abort', end);
  if (signal.aborted) {
    end();
  }
  try {
    const init: RequestInit = { method, headers: { 'User-Agent': 'cdk8s-fluxcd', ...headers }, body, signal: ending.signal, redirect: 'manual' };
    const response = await fetch(url, init);
    const content = await readBody(response, response.ok ? limit : ERROR_LIMIT);
    if (content === undefined && response.ok) {
      throw new RemoteFault(httpFault(`${url.host} answers with more than the ${limit} bytes that are read. Is it a registry?`));
    }
    return { status: response.status, headers: response.headers, body: content ?? Buffer.alloc(0) };
  } catch (error) {
    throw error instanceof RemoteFault || error instanceof CliError ? error : new RemoteFault(lostFault(error as Error, url));
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/** Undefined if it is longer than allowed. */
async function readBody(response: Response, limit: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (!response.body) {
    return Buffer.alloc(0);
  }
  // Leaving the loop cancels the rest.
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
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
