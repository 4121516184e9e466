import { mayHoldPassword } from '../../git';
import { artifactProblem, tagProblem } from '../../manifest';
import { CliError, ExitCode } from '../cli-error';
import { PASSWORD_VARIABLE } from '../git/git-environment';

/** The name under which docker's configuration keeps the login of Docker Hub, whatever its host is called. */
export const DOCKER_HUB = 'docker.io';
const DOCKER_HUB_HOSTS = [DOCKER_HUB, 'index.docker.io', 'registry-1.docker.io'];
const DOCKER_HUB_API = 'registry-1.docker.io';

const HOST = /^(?:\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::[0-9]{1,5})?$/;

/** A place in an OCI registry, checked. */
export interface RegistryUrl {
  /** As it was given. */
  readonly url: string;
  /** Scheme and host that are asked. */
  readonly origin: string;
  /** Host and port, as docker's configuration knows them. */
  readonly host: string;
  /** What all names of artifacts there begin with; empty if nothing. */
  readonly path: string;
  /** One text for the spellings of one place. */
  readonly identity: string;
}

/**
 * Reads `oci://<host>[:<port>]/<path>`. A registry is asked by https, one on this machine by http; `https://` and `http://` in the
 * place of `oci://` say it.
 *
 * @throws CliError if it is none, or holds a credential
 */
export function registryUrl(registry: string, text: string): RegistryUrl {
  const refuse = (problem: string, remedy: string) => new CliError(ExitCode.USAGE, `registry '${registry}': ${problem}. ${remedy}.`);
  const supported = 'Use oci://<host>/<path>, or http://<host>/<path> for a registry without TLS';
  const [, scheme, rest] = /^(oci|https?):\/\/([^\s\u0000-\u001f\u007f]*)$/i.exec(text) ?? [];
  if (mayHoldPassword(text) || /^[^/]*:\/\/.*@/s.test(text)) {
    throw refuse('the URL carries a credential, or a tag or digest', `Leave it out, and log in with 'docker login' or ${PASSWORD_VARIABLE}`);
  } else if (scheme === undefined) {
    throw refuse('the URL is not that of an OCI registry', supported);
  }
  const slash = rest.indexOf('/');
  const given = (slash < 0 ? rest : rest.slice(0, slash)).toLowerCase();
  const path = slash < 0 ? '' : rest.slice(slash + 1).replace(/\/$/, '');
  if (!HOST.test(given) || Number(/:(\d+)$/.exec(given)?.[1] ?? 1) > 65535) {
    throw refuse('the URL names no host', supported);
  } else if (path !== '' && artifactProblem(path)) {
    throw refuse(`the path of the URL ${artifactProblem(path)}`, supported);
  }
  const protocol = scheme.toLowerCase() === 'oci' ? isLoopback(given) ? 'http' : 'https' : scheme.toLowerCase();
  const plain = given.replace(protocol === 'http' ? /:80$/ : /:443$/, '');
  const isHub = DOCKER_HUB_HOSTS.includes(plain);
  const host = isHub ? DOCKER_HUB : plain;
  return { url: text, origin: `${protocol}://${isHub ? DOCKER_HUB_API : plain}`, host, path, identity: `${host}/${path}` };
}

/**
 * The name by which the registry knows an artifact.
 *
 * @throws CliError if no artifact can be called that
 */
export function repositoryOf(registry: string, { host, path }: RegistryUrl, artifact: string, tag: string): string {
  const name = [path, artifact].filter(Boolean).join('/');
  const problem = artifactProblem(artifact) ?? artifactProblem(name);
  if (problem || tagProblem(tag)) {
    const what = problem ? `artifact ${JSON.stringify(artifact)} ${problem}` : `tag ${JSON.stringify(tag)} of artifact '${artifact}' ${tagProblem(tag)}`;
    throw new CliError(ExitCode.INVALID_INPUT, `registry '${registry}': ${what}. Change the app and render it again.`);
  }
  return host === DOCKER_HUB && !name.includes('/') ? `library/${name}` : name;
}

/** Whether a host, with or without port, is this machine. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|(?:[a-z0-9-]+\.)+localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i.test(host);
}
