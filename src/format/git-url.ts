/** What is wrong with a URL, and what to do about it; the texts fit `constructError`. */
export interface UrlProblem {
  readonly problem: string;
  readonly remedy: string;
}

const USER_INFO = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#@]*)@/i;
const SCP_STYLE = /^(?:([^@/\s]+)@)?([^:/\s]+):(?!\/\/)(.+)$/;

// A password that is a placeholder (`$(VAR)` of a container's environment, `${VAR}` of Flux's substitution) gives nothing away.
const PASSWORD_IN_URL = /[a-z][a-z0-9+.-]*:\/\/[^\s/?#:@]*:(?!\$\([^)]*\)@|\$\{[^}]*\}@|\*+@)[^\s/?#@]+@/i;

/** Whether a text holds a URL with a password in it. */
export function holdsPassword(text: string): boolean {
  return text.includes('://') && PASSWORD_IN_URL.test(text);
}

/** The URL without its user-info, for messages. */
export function withoutUserInfo(url: string): string {
  return url.replace(USER_INFO, '$1');
}

/**
 * What keeps a URL from being the `url` of a GitRepository, if anything.
 *
 * The pattern `^(http|https|ssh)://` is the API server's; that user-info of http(s) is a credential is ours: what Flux reads
 * stands in a repository that many can read. The user of an ssh URL (`git@`) is none.
 */
export function gitUrlProblem(url: string): UrlProblem | undefined {
  const scp = SCP_STYLE.exec(url);
  if (!url.includes('://') && scp) {
    return {
      problem: 'Flux does not read a Git URL in scp style',
      remedy: `Write 'ssh://${scp[1] ? scp[1] + '@' : ''}${scp[2]}/${scp[3].replace(/^\/+/, '')}'`,
    };
  }
  if (!/^(https?|ssh):\/\/[^/]/.test(url)) {
    return { problem: `'${withoutUserInfo(url)}' is not a Git URL that Flux reads`, remedy: "Give one that starts with 'https://', 'http://' or 'ssh://'" };
  }
  const userInfo = USER_INFO.exec(url);
  if (userInfo && (userInfo[2].includes(':') || userInfo[1].toLowerCase() !== 'ssh://')) {
    return {
      problem: `the URL of '${withoutUserInfo(url)}' carries a credential`,
      remedy: "Leave the user-info out of the URL and name the Secret that holds it ('secret: FluxSecret...')",
    };
  }
  return undefined;
}

/** The last segment of a repository's URL, without `.git`. */
export function repositoryNameOf(url: string): string {
  return url.replace(/[?#].*$/, '').replace(/\/+$/, '').replace(/\.git$/, '').split(/[/:]/).pop() ?? '';
}

/** One spelling for a repository, to tell whether two URLs mean the same: host in lower case, no `.git`, no trailing slash. */
export function canonicalGitUrl(url: string): string {
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*:\/\/)(.*)$/i.exec(url) ?? ['', '', url];
  const slash = rest.indexOf('/');
  const host = (slash < 0 ? rest : rest.slice(0, slash)).toLowerCase();
  const path = slash < 0 ? '' : rest.slice(slash).replace(/\/+$/, '').replace(/\.git$/, '');
  return scheme.toLowerCase() + host + path;
}
