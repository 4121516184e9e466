import { spawn } from 'child_process';
import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { AddressInfo } from 'net';

/** What a test does with a request before git sees it: true if it has answered it itself. */
export type Intercept = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;

export interface GitHttpServerOptions {
  /** The folder that holds the bare repositories. */
  readonly root: string;
  /** Who may come in; anybody if absent. */
  readonly login?: { readonly username: string; readonly password: string };
  readonly intercept?: Intercept;
  /** What git gets beside what the protocol gives it. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** Git's own smart HTTP server (`git http-backend`) behind a few lines of node. */
export class GitHttpServer {
  public static async start(options: GitHttpServerOptions): Promise<GitHttpServer> {
    const server = new GitHttpServer(options);
    await new Promise<void>((resolve) => server.server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  /** Method and path of all requests so far. */
  public readonly requests: string[] = [];
  private readonly server: Server;

  private constructor(private readonly options: GitHttpServerOptions) {
    this.server = createServer((request, response) => {
      this.requests.push(`${request.method} ${request.url}`);
      this.answer(request, response).catch(() => response.destroy());
    });
  }

  public get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  public url(repository: string): string {
    return `http://127.0.0.1:${this.port}/${repository}`;
  }

  public async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Has git answer; the raw output of the CGI program. */
  public async backend(request: IncomingMessage): Promise<Buffer> {
    const { pathname, search } = new URL(request.url!, 'http://localhost');
    const child = spawn('git', ['-c', 'http.receivepack=true', 'http-backend'], {
      env: {
        ...this.options.environment,
        PATH: process.env.PATH,
        HOME: this.options.root,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_PROJECT_ROOT: this.options.root,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
        REQUEST_METHOD: request.method,
        PATH_INFO: decodeURIComponent(pathname),
        QUERY_STRING: search.slice(1),
        CONTENT_TYPE: request.headers['content-type'],
        CONTENT_LENGTH: request.headers['content-length'],
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stdin.on('error', () => undefined);
    request.pipe(child.stdin);
    await new Promise((resolve) => child.on('close', resolve));
    return Buffer.concat(output);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { login, intercept } = this.options;
    const expected = login && `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
    if (expected && request.headers.authorization !== expected) {
      request.resume();
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="git"' }).end();
    } else if (!await intercept?.(request, response)) {
      const output = await this.backend(request);
      const end = output.indexOf('\r\n\r\n');
      const headers = output.toString('latin1', 0, end).split('\r\n').map((line) => /^([^:]+): (.*)$/.exec(line)!.slice(1) as [string, string]);
      const status = headers.find(([name]) => name === 'Status');
      response.writeHead(status ? parseInt(status[1]) : 200, Object.fromEntries(headers.filter((header) => header !== status)));
      response.end(output.subarray(end + 4));
    }
  }
}
