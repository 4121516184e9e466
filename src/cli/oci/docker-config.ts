import { spawn } from 'child_process';
import { readFileSync } from 'fs';
import { homedir } from 'os';
import { join } from 'path';
import { DOCKER_HUB } from './registry-url';
import { CliError, ExitCode } from '../cli-error';
import { PASSWORD_VARIABLE, USERNAME_VARIABLE } from '../git/git-environment';
import { endSession, OWN_SESSION, unlessAborted } from '../process-session';

/** What proves to a registry who asks. */
export type Login =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  /** To be changed into an access token by the registry's token service. */
  | { readonly kind: 'identity token'; readonly token: string }
  /** Sent as it is. */
  | { readonly kind: 'access token'; readonly token: string };

export interface DockerConfigOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** Ends a credential helper. */
  readonly signal: AbortSignal;
}

// Docker Hub has this one in docker's configuration and in the helpers, whatever its API is called.
const DOCKER_HUB_KEY = 'https://index.docker.io/v1/';
const HELPER_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;
const HELPER_OUTPUT = 1024 * 1024;

/**
 * The login for a registry in docker's configuration (`$DOCKER_CONFIG/config.json`, or else `~/.docker/config.json`): from the
 * helper for this host, else from the helper for all, else from the file; undefined if there is none.
 *
 * @param host as of `RegistryUrl`
 * @throws CliError if the configuration is broken or a helper fails
 */
export async function dockerLogin(host: string, options: DockerConfigOptions): Promise<Login | undefined> {
  const file = join(options.environment.DOCKER_CONFIG || join(options.environment.HOME || homedir(), '.docker'), 'config.json');
  const config = readConfig(file);
  const key = host === DOCKER_HUB ? DOCKER_HUB_KEY : host;
  const helper = entryOf(config.credHelpers, host) ?? config.credsStore;
  if (helper !== undefined && helper !== '') {
    const login = await askHelper(file, helper, key, options);
    if (login) {
      return login;
    }
  }
  const entry = entryOf(config.auths, host);
  return entry === undefined ? undefined : loginOf(file, host, entry);
}

interface DockerConfig {
  readonly auths?: Record<string, unknown>;
  readonly credHelpers?: Record<string, unknown>;
  readonly credsStore?: unknown;
}

function readConfig(file: string): DockerConfig {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code!)) {
      return {};
    }
    throw new CliError(ExitCode.USAGE, `${file}: cannot be read (${(error as NodeJS.ErrnoException).code}). Make it readable, or point DOCKER_CONFIG elsewhere.`);
  }
  try {
    const config = JSON.parse(content);
    return typeof config === 'object' && config !== null ? config : {};
  } catch {
    // What JSON.parse says quotes the text, which holds passwords.
    throw new CliError(ExitCode.USAGE, `${file}: is not JSON. Mend it, or point DOCKER_CONFIG elsewhere.`);
  }
}

/** Keys are hosts, or URLs, as older versions of docker wrote them. */
function entryOf(entries: unknown, host: string): unknown {
  if (typeof entries !== 'object' || entries === null) {
    return undefined;
  }
  const hostOf = (key: string) => {
    const bare = key.toLowerCase().replace(/^https?:\/\//, '').replace(/\/(?:v[12]\/?)?$/, '');
    return ['index.docker.io', 'registry-1.docker.io'].includes(bare) ? DOCKER_HUB : bare;
  };
  const [, value] = Object.entries(entries).find(([key]) => key === host) ?? Object.entries(entries).find(([key]) => hostOf(key) === host) ?? [];
  return value;
}

function loginOf(file: string, host: string, entry: unknown): Login | undefined {
  const { auth, username, password, identitytoken, registrytoken } = (entry ?? {}) as Record<string, unknown>;
  if (isText(identitytoken)) {
    return { kind: 'identity token', token: identitytoken };
  } else if (isText(registrytoken)) {
    return { kind: 'access token', token: registrytoken };
  } else if (isText(auth)) {
    const text = Buffer.from(auth, 'base64').toString().replace(/\0+$/, '');
    const colon = text.indexOf(':');
    if (colon < 0) {
      throw new CliError(ExitCode.USAGE, `${file}: the 'auth' of '${host}' is not '<user>:<password>' in base64. Run 'docker login ${host}' again.`);
    }
    return { kind: 'password', username: text.slice(0, colon), password: text.slice(colon + 1) };
  }
  // With a credential store docker leaves an empty entry.
  return isText(username) && isText(password) ? { kind: 'password', username, password } : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Runs `docker-credential-<helper> get`, with the host on its standard input. */
async function askHelper(file: string, helper: unknown, key: string, { environment, signal }: DockerConfigOptions): Promise<Login | undefined> {
  if (typeof helper !== 'string' || !HELPER_NAME.test(helper)) {
    throw new CliError(ExitCode.USAGE, `${file}: ${JSON.stringify(helper)} is no name of a credential helper. Use letters, digits, '.', '_' and '-'.`);
  }
  const program = `docker-credential-${helper}`;
  const refuse = (problem: string, remedy: string, exitCode = ExitCode.REMOTE) => new CliError(exitCode, `${program} (${file}), asked for '${key}': ${problem}. ${remedy}.`);
  const { code, output } = await run(program, key, environment, signal).catch((error: NodeJS.ErrnoException) => {
    throw refuse(error.code === 'ENOENT' ? 'not found' : `cannot be run (${error.code})`, 'Install it and put it on the PATH, or take it out of the configuration');
  });
  if (code === undefined && signal.aborted) {
    throw refuse('gave no answer until the deadline', 'Run it by hand to see why, or give more time with --deadline', ExitCode.DEADLINE);
  } else if (code !== 0) {
    // That is how a helper says that it knows no login; what else it says may quote what it knows.
    if (/credentials not found/i.test(output)) {
      return undefined;
    }
    throw refuse(code === undefined ? 'was ended by a signal' : `failed with code ${code}`, 'Run it by hand to see why');
  }
  let answer: Record<string, unknown>;
  try {
    answer = JSON.parse(output) ?? {};
  } catch {
    throw refuse('answered what is not JSON', 'Run it by hand to see why');
  }
  const { Username: username, Secret: secret } = answer;
  if (!isText(secret)) {
    return undefined;
  }
  return username === '<token>' ? { kind: 'identity token', token: secret } : { kind: 'password', username: isText(username) ? username : '', password: secret };
}

async function run(program: string, input: string, environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<{ code?: number; output: string }> {
  const { [USERNAME_VARIABLE]: _, [PASSWORD_VARIABLE]: __, ...env } = environment;
  const child = spawn(program, ['get'], { env, stdio: ['pipe', 'pipe', 'ignore'], detached: OWN_SESSION });
  const chunks: Buffer[] = [];
  let size = 0;
  child.stdout.on('data', (chunk: Buffer) => (size += chunk.length) > HELPER_OUTPUT ? endSession(child) : chunks.push(chunk));
  child.stdin.on('error', () => undefined).end(input);
  return unlessAborted(signal, child, new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? undefined, output: Buffer.concat(chunks).toString() }));
  }));
}
