import { DesiredRepository } from './desired';
import { DeliveryManifest } from '../../manifest';
import { CliError, ExitCode } from '../cli-error';
import { LocalRepository } from '../git/local-repository';
import { RemoteUrl, remoteUrl } from '../git/remote-url';

/** A remote, and the repository through which it is read and written. */
export interface OpenRepository {
  readonly repository: string;
  readonly local: LocalRepository;
  readonly remote: RemoteUrl;
  /** Where git really goes. */
  readonly effective: RemoteUrl[];
}

/** Where each repository and registry is, after `--remote`. */
export function redirected({ repositories, registries = [] }: DeliveryManifest, overrides: string[]): Map<string, string> {
  const urls = new Map([...repositories, ...registries].map(({ name, url }) => [name, url]));
  const given = new Set<string>();
  for (const override of overrides) {
    const [, name, url] = /^([^=:/]+)=(.+)$/s.exec(override) ?? [];
    if (name === undefined) {
      throw new CliError(ExitCode.USAGE, '--remote: takes NAME=URL, the name of a repository or registry and where it is.');
    } else if (!urls.has(name)) {
      throw new CliError(ExitCode.USAGE, `--remote: there is no repository '${name}'. ${urls.size ? `Known: ${[...urls.keys()].join(', ')}` : 'None is delivered to'}.`);
    } else if (given.has(name)) {
      throw new CliError(ExitCode.USAGE, `--remote: '${name}' is given more than once, and is at one place only. Give it once.`);
    }
    given.add(name);
    urls.set(name, url);
  }
  return urls;
}

/** What git's own configuration makes of a URL, which has to be as harmless. */
export function effectiveRemote(repository: string, url: string): RemoteUrl {
  try {
    return remoteUrl(repository, url);
  } catch {
    throw new CliError(ExitCode.USAGE, `repository '${repository}': git's configuration (url.<base>.insteadOf) makes a URL of it that carries a credential, names no host or ` +
      'could run a program. Take that rule out, and use a credential helper of git instead.');
  }
}

/** Two names for one repository would each take the other's files for stale. */
export function refuseSharedBranches(desired: DesiredRepository[], remotes: Map<string, RemoteUrl>): void {
  const seen = new Map<string, string>();
  for (const { name, branches } of desired) {
    for (const { branch } of branches) {
      const key = `${remotes.get(name)!.identity}\0${branch}`;
      const other = seen.get(key);
      if (other !== undefined) {
        throw new CliError(ExitCode.USAGE, `repositories '${other}' and '${name}': are one and the same, and both deliver to branch '${branch}'. Declare the repository once.`);
      }
      seen.set(key, name);
    }
  }
}
