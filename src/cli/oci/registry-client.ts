import { Authorization, AuthorizationOptions } from './authorization';
import { ask, HttpAnswer, HttpRequest, parsedUrl } from './http';
import { httpFault, statusFault } from './registry-fault';
import { isLoopback, RegistryUrl } from './registry-url';
import { sha256Of } from '../digest';
import { Fault, RemoteFault } from '../remote-fault';

export const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
// A registry turns a manifest into another kind, or hides it, for who does not say that he reads it.
const MANIFESTS = [
  OCI_MANIFEST, 'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json', 'application/vnd.docker.distribution.manifest.list.v2+json',
];
// The specification has registries take at least as much, and clients beware of more.
const MANIFEST_LIMIT = 4 * 1024 * 1024;
const REDIRECTIONS = 5;

/** A manifest as a registry holds it. */
export interface RemoteManifest {
  readonly digest: string;
  readonly content: Buffer;
}

interface RepositoryRequest {
  readonly method: HttpRequest['method'];
  readonly url: URL;
  readonly headers?: Record<string, string>;
  readonly body?: Buffer;
  readonly signal?: AbortSignal;
  readonly limit?: number;
}

/** Speaks to one registry, as the OCI distribution specification has it. All methods throw RemoteFault. */
export class RegistryClient {
  private readonly authorization: Authorization;

  constructor(private readonly options: AuthorizationOptions) {
    this.authorization = new Authorization(options);
  }

  public get registry(): RegistryUrl {
    return this.options.registry;
  }

  /**
   * @param signal ends it @default - that of the client
   * @returns undefined if there is no such tag or digest, or no such repository
   */
  public async manifest(repository: string, reference: string, signal?: AbortSignal): Promise<RemoteManifest | undefined> {
    const url = this.url(repository, `manifests/${reference}`);
    const answer = await this.send(repository, { method: 'GET', url, headers: { Accept: MANIFESTS.join(', ') }, signal });
    if (answer.status === 404) {
      return undefined;
    }
    this.expect(answer, [200], repository, false);
    const digest = sha256Of(answer.body);
    const told = String(answer.headers['docker-content-digest'] ?? '');
    if (told.startsWith('sha256:') && told !== digest || reference.startsWith('sha256:') && reference !== digest) {
      throw new RemoteFault({ ...httpFault(`${this.registry.host} sent a manifest of '${repository}' that its digest does not fit`), kind: 'unavailable' });
    }
    return { digest, content: answer.body };
  }

  /** Moves a tag. */
  public async putManifest(repository: string, tag: string, content: Buffer, signal: AbortSignal): Promise<void> {
    const url = this.url(repository, `manifests/${tag}`);
    const answer = await this.send(repository, { method: 'PUT', url, headers: { 'Content-Type': OCI_MANIFEST }, body: content, signal });
    this.expect(answer, [200, 201, 202, 204], repository, true);
  }

  /** The content of a blob, whose size is known from its manifest. */
  public async blob(repository: string, digest: string, size: number): Promise<Buffer> {
    const answer = await this.send(repository, { method: 'GET', url: this.url(repository, `blobs/${digest}`), limit: size });
    this.expect(answer, [200], repository, false);
    if (answer.body.length !== size || sha256Of(answer.body) !== digest) {
      throw new RemoteFault({ ...httpFault(`${this.registry.host} sent content of '${repository}' that its digest does not fit`), kind: 'unavailable' });
    }
    return answer.body;
  }

  /** Brings a blob there, unless it is there. */
  public async putBlob(repository: string, content: Buffer): Promise<void> {
    const digest = sha256Of(content);
    const known = await this.send(repository, { method: 'HEAD', url: this.url(repository, `blobs/${digest}`) });
    if (known.status === 200) {
      return;
    } else if (known.status !== 404) {
      this.expect(known, [], repository, false);
    }
    const begun = await this.send(repository, { method: 'POST', url: this.url(repository, 'blobs/uploads/'), headers: { 'Content-Length': '0' } });
    this.expect(begun, [202], repository, true);
    const location = this.uploadLocation(begun.headers.location);
    location.searchParams.set('digest', digest);
    const answer = await this.send(repository, { method: 'PUT', url: location, headers: { 'Content-Type': 'application/octet-stream' }, body: content });
    this.expect(answer, [201, 204], repository, true);
  }

  /** Takes out of a text what nobody may read. */
  public redact(text: string): string {
    return this.authorization.redact(text);
  }

  /** A registry may have a store of its own take the content, which gets no login; but nothing on this machine, and none without TLS. */
  private uploadLocation(text: string | undefined): URL {
    if (!text) {
      throw new RemoteFault(httpFault(`${this.registry.host} does not say where to upload to. Is it a registry?`));
    }
    return this.followed(parsedUrl(text, new URL(this.registry.origin)));
  }

  private followed(url: URL): URL {
    const { origin, host } = this.registry;
    if (url.origin !== origin && (url.protocol !== 'https:' || isLoopback(url.host) && !isLoopback(host)) || url.username || url.password) {
      throw new RemoteFault(httpFault(`${host} leads to ${url.protocol}//${url.host}, which is not followed: another host must be asked by https. Check the URL.`));
    }
    return url;
  }

  private async send(repository: string, request: RepositoryRequest): Promise<HttpAnswer> {
    const answer = await this.sendOnce(repository, request);
    if (answer.status !== 401) {
      return answer;
    }
    // No login was sent yet, or a token has run out.
    const sent = this.authorization.headerOf(repository);
    const header = await this.authorization.answer(repository, answer);
    return header === undefined || header === sent ? answer : this.sendOnce(repository, request);
  }

  /** An answer 401 is the registry's own: what another host asks for, it does not get. */
  private async sendOnce(repository: string, request: RepositoryRequest): Promise<HttpAnswer> {
    const { method, headers, body, signal = this.options.signal, limit = MANIFEST_LIMIT } = request;
    let target = request.url;
    for (let count = 0; ; count++) {
      const authorization = target.origin === this.registry.origin ? this.authorization.headerOf(repository) : undefined;
      const allHeaders = authorization ? { ...headers, Authorization: authorization } : headers;
      const answer = await ask({ method, url: target, headers: allHeaders, body, signal, limit });
      if (answer.status === 401 && target.origin !== this.registry.origin) {
        throw new RemoteFault(httpFault(this.redact(`${target.host}, where ${this.registry.host} leads to for '${repository}', asks for a login, ` +
          `which goes to ${this.registry.host} alone. Tell those who run ${this.registry.host}, or publish to another registry.`)));
      }
      const location = answer.headers.location;
      if (![301, 302, 303, 307, 308].includes(answer.status) || !location) {
        return answer;
      } else if (!['GET', 'HEAD'].includes(method)) {
        throw new RemoteFault(httpFault(`${target.host} sends what is written elsewhere (HTTP ${answer.status}, ${this.redact(parsedUrl(location, target).host)}). Use that address.`));
      } else if (count >= REDIRECTIONS) {
        throw new RemoteFault(httpFault(`${target.host} sends one from place to place. Check the URL.`));
      }
      target = this.followed(parsedUrl(location, target));
    }
  }

  private expect(answer: HttpAnswer, statuses: number[], repository: string, writes: boolean): void {
    if (!statuses.includes(answer.status)) {
      const fault: Fault = statusFault(answer, { host: this.registry.host, repository, writes, loggedIn: this.authorization.isLoggedIn });
      throw new RemoteFault({ ...fault, text: this.redact(fault.text) });
    }
  }

  private url(repository: string, rest: string): URL {
    return new URL(`/v2/${repository}/${rest}`, this.registry.origin);
  }
}
