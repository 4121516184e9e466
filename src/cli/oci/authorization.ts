import { Login } from './docker-config';
import { ask, HttpAnswer, parsedUrl } from './http';
import { Asked, httpFault, statusFault } from './registry-fault';
import { RegistryUrl } from './registry-url';
import { RemoteFault } from '../remote-fault';

const TOKEN_LIMIT = 1024 * 1024;

interface Challenge {
  readonly scheme: string;
  readonly parameters: { readonly [name: string]: string };
}

export interface AuthorizationOptions {
  readonly registry: RegistryUrl;
  readonly login?: Login;
  /** What tokens are asked for. */
  readonly actions: 'pull' | 'pull,push';
  /** Ends a request for a token. */
  readonly signal: AbortSignal;
}

/** Answers a registry that asks who one is: nothing is sent before it asks, and nothing to another host but its token service. */
export class Authorization {
  private readonly headers = new Map<string, string>();
  private readonly secrets = new Set<string>();

  constructor(private readonly options: AuthorizationOptions) {
    const { login } = options;
    if (login?.kind === 'password') {
      this.keepSecret(login.password);
      this.keepSecret(basic(login).slice('Basic '.length));
    } else if (login) {
      this.keepSecret(login.token);
    }
  }

  /** Whether there is a login to send. */
  public get isLoggedIn(): boolean {
    return this.options.login !== undefined;
  }

  /** What to send for a repository, as far as is known. */
  public headerOf(repository: string): string | undefined {
    return this.headers.get(repository);
  }

  /**
   * Finds out what to send, from an answer 401; undefined if there is nothing more that could be sent.
   *
   * @throws RemoteFault
   */
  public async answer(repository: string, { headers }: HttpAnswer): Promise<string | undefined> {
    const { login } = this.options;
    const challenges = challengesOf(headers['www-authenticate'] ?? '');
    const bearer = challenges.find(({ scheme, parameters }) => scheme === 'bearer' && parameters.realm);
    let header: string | undefined;
    if (bearer) {
      header = `Bearer ${await this.token(repository, bearer)}`;
    } else if (challenges.some(({ scheme }) => scheme === 'basic') && login?.kind === 'password') {
      header = basic(login);
    }
    if (header !== undefined) {
      this.headers.set(repository, header);
    }
    return header;
  }

  /** Takes out of a text what nobody may read. */
  public redact(text: string): string {
    return [...this.secrets].reduce((redacted, secret) => redacted.replaceAll(secret, '***'), text);
  }

  private async token(repository: string, { parameters }: Challenge): Promise<string> {
    const { registry, login, actions, signal } = this.options;
    if (login?.kind === 'access token') {
      return login.token;
    }
    const realm = parsedUrl(parameters.realm);
    const allowed = realm.protocol === 'https:' || realm.protocol === 'http:' && registry.origin.startsWith('http:');
    if (!allowed || realm.username || realm.password) {
      throw new RemoteFault(httpFault(`${registry.host} sends one to ${realm.protocol}//${realm.host} to log in, which is not asked: it must be https. Check the URL.`));
    }
    const query = new URLSearchParams({ ...parameters.service ? { service: parameters.service } : {}, scope: `repository:${repository}:${actions}` });
    const request = { signal, limit: TOKEN_LIMIT };
    let answer: HttpAnswer;
    if (login?.kind === 'identity token') {
      // OAuth 2, as docker has it for identity tokens.
      const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: login.token, client_id: 'cdk8s-fluxcd', ...Object.fromEntries(query) });
      this.keepSecret(encodeURIComponent(login.token));
      answer = await ask({ ...request, method: 'POST', url: realm, headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: Buffer.from(form.toString()) });
    } else {
      query.forEach((value, name) => realm.searchParams.set(name, value));
      answer = await ask({ ...request, method: 'GET', url: realm, headers: login ? { Authorization: basic(login) } : {} });
    }
    const asked: Asked = { host: registry.host, repository, writes: actions !== 'pull', loggedIn: this.isLoggedIn };
    if (answer.status !== 200) {
      // Also a redirection: it would carry the login elsewhere.
      const fault = statusFault(answer, asked);
      throw new RemoteFault({ ...fault, text: this.redact(`${fault.text.replace(/\.$/, '')} (asked for a token at ${realm.host})`) });
    }
    const token = tokenOf(answer.body);
    if (token === undefined) {
      throw new RemoteFault(httpFault(`${realm.host} gave no token for ${registry.host}. Check the URL.`));
    }
    this.keepSecret(token);
    return token;
  }

  private keepSecret(secret: string): void {
    // Of a very short one little could be said, and taking it out would garble every text.
    if (secret.length > 3) {
      this.secrets.add(secret);
    }
  }
}

function basic(login: Extract<Login, { kind: 'password' }>): string {
  return `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
}

function tokenOf(body: Buffer): string | undefined {
  try {
    const { token, access_token: accessToken } = JSON.parse(body.toString());
    const found = token || accessToken;
    return typeof found === 'string' && /^[\x21-\x7e]+$/.test(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** The challenges of a `WWW-Authenticate` header (RFC 9110, 11.6.1). */
export function challengesOf(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  // A scheme is followed by a space and its first parameter, a parameter by '='.
  for (const match of header.matchAll(/([A-Za-z0-9._~+/-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))|([A-Za-z][A-Za-z0-9-]*)(?=\s|,|$)/g)) {
    const [, name, quotedValue, value, scheme] = match;
    if (scheme !== undefined) {
      challenges.push({ scheme: scheme.toLowerCase(), parameters: {} });
    } else if (challenges.length) {
      challenges[challenges.length - 1].parameters[name.toLowerCase()] = quotedValue?.replace(/\\(.)/g, '$1') ?? value;
    }
  }
  return challenges;
}
