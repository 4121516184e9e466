import { AuthorizationOptions } from './authorization';
import { dockerLogin, Login } from './docker-config';
import { RegistryClient } from './registry-client';
import { RegistryUrl } from './registry-url';
import { CliError, ExitCode } from '../cli-error';
import { PASSWORD_VARIABLE, USERNAME_VARIABLE } from '../git/git-environment';

export interface OpenRegistriesOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** Scheme and host of all that the same run asks beside the registries. */
  readonly otherOrigins: readonly string[];
  readonly actions: AuthorizationOptions['actions'];
  /** Ends what waits for an answer. */
  readonly signal: AbortSignal;
}

/**
 * A client for each registry, with its login: that of the environment, or else of docker's configuration. The password of the
 * environment goes to one host alone; where several are asked, registries that docker's configuration knows do without it.
 *
 * @throws CliError if the password would go to several hosts, or docker's configuration cannot be read
 */
export async function openRegistries(urls: ReadonlyMap<string, RegistryUrl>, options: OpenRegistriesOptions): Promise<Map<string, RegistryClient>> {
  const { environment, otherOrigins, actions, signal } = options;
  const password = environment[PASSWORD_VARIABLE];
  const hosts = [...new Set([...urls.values()].map(({ host }) => host))];
  const origins = [...new Set([...otherOrigins, ...[...urls.values()].map(({ origin }) => origin)])];
  const logins = new Map<string, Login | undefined>();
  if (!password || origins.length > 1) {
    await Promise.all(hosts.map(async (host) => logins.set(host, await dockerLogin(host, { environment, signal }))));
  }
  if (password) {
    const without = [...urls.values()].filter(({ host }) => !logins.get(host));
    const asked = [...new Set([...otherOrigins, ...without.map(({ origin }) => origin)])];
    if (without.length && asked.length > 1) {
      throw new CliError(ExitCode.USAGE, `${PASSWORD_VARIABLE}: would be sent to several hosts (${asked.join(', ')}). ` +
        `Run 'docker login' for the registries (${without.map(({ host }) => host).join(', ')}), or unset it.`);
    }
    without.forEach(({ host }) => logins.set(host, { kind: 'password', username: environment[USERNAME_VARIABLE] || 'git', password }));
  }
  return new Map([...urls].map(([name, registry]) => [name, new RegistryClient({ registry, login: logins.get(registry.host), actions, signal })]));
}
