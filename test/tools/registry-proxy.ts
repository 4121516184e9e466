import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { AddressInfo } from 'net';
import { OciRegistry } from './oci-registry';

/** A request on its way to the registry. */
export interface Passing {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Method and path, `PUT /v2/team/web/manifests/latest`. */
  readonly line: string;
  /** Has the registry answer; the answer is kept back until it returns. */
  forward(): Promise<void>;
}

/** What a test does with a request: true if it has answered it itself, or never will. */
export type Intercept = (passing: Passing) => boolean | Promise<boolean>;

/** Stands before a real registry and lets a test come in between. */
export class RegistryProxy {
  public static async start(registry: OciRegistry, intercept: Intercept = () => false): Promise<RegistryProxy> {
    const proxy = new RegistryProxy(registry, intercept);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** Method and path of all requests so far. */
  public readonly lines: string[] = [];
  private readonly server: Server;

  private constructor(private readonly registry: OciRegistry, private readonly intercept: Intercept) {
    this.server = createServer((request, response) => {
      this.pass(request, response).catch(() => response.destroy());
    });
  }

  public get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public url(path: string): string {
    return `oci://${this.host}/${path}`;
  }

  public async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const line = `${request.method} ${request.url}`;
    this.lines.push(line);
    let answer: Response | undefined;
    const forward = async () => {
      answer ??= await this.ask(request, chunks);
    };
    if (!await this.intercept({ request, response, line, forward })) {
      await forward();
      const headers = ['location', 'content-type', 'docker-content-digest'].flatMap((name) => answer!.headers.get(name) ? [[name, answer!.headers.get(name)!]] : []);
      response.writeHead(answer!.status, Object.fromEntries(headers)).end(Buffer.from(await answer!.arrayBuffer()));
    }
  }

  private async ask(request: IncomingMessage, chunks: Buffer[]): Promise<Response> {
    const kept = Object.entries(request.headers).filter(([name]) => ['accept', 'content-type'].includes(name)) as [string, string][];
    const body = chunks.length ? Buffer.concat(chunks) : undefined;
    return fetch(`http://${this.registry.host}${request.url}`, { method: request.method, headers: Object.fromEntries(kept), body });
  }
}
