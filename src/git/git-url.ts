/** What is wrong with a URL, and what to do about it; the texts fit `constructError`. */
export interface UrlProblem {
  readonly problem: string;
  readonly remedy: string;
}

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
// The last '@' before the path ends the user-info: a password may hold one that is not escaped, and '?' and '#' too.
const USER_INFO = /^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i;
// With 'ssh://' before it, it is half a URL. Neither user, host nor path holds ':' or '@', or a password could hide in them.
const SCP_STYLE = /^(ssh:\/\/)?(?:([^@:/\s]+)@)?([^@:/\s]+):(?!\/\/)\/*([^@:\s]+)$/;
const GIT_URL = /^(https?|ssh):\/\/(?:[^/?#@\s]*@)?(?:\[[0-9a-f:.]+\]|[^/?#:@\s]+)(?::[0-9]+)?(?:\/[^\s?#]*)?$/;

/** What to do about a URL that only looks as if a password stood in it. */
export const ESCAPE_AT = "an '@' in the path is written '%40'";

// A password that is a placeholder (`$(VAR)` of a container's environment, `${VAR}` of Flux's substitution) gives nothing away.
// The name of a variable and nothing else: a default, `${VAR:-secret}`, would be one. The scheme is left out, because a long text
// without '://' would cost quadratic time.
const PASSWORD_IN_URL = /:\/\/[^\s/?#:@]*:(?!\$\([\w.-]+\)@|\$\{\w+\}@|\$\w+@|<[^>]*>@|\*+@)[^\s/?#@]+@/;

// A password with a '/', '?' or '#' that is not escaped. That is also what an '@' in a path looks like, or in the URL after this one,
// and a text may be anything: so what may be a port ends the search, a number as well as a placeholder, and so do quotes, brackets,
// commas and another '://'.
const UNESCAPED_PASSWORD_IN_URL = /:\/\/[^\s/?#:@"'`<>,]*:(?!\d*[/?#]|[$%*{[(])(?:(?!:\/\/)[^\s@"'`<>,])+@/;

// Access tokens of GitHub and GitLab, by the beginnings that tell scanners what they are.
const TOKEN_IN_URL = /:\/\/(?:gh[opsur]_|github_pat_|gl[a-z]*-)[^\s/?#@]+@/;

/** Whether a text holds a URL with a password or an access token in it. */
export function holdsPassword(text: string): boolean {
  // Every text of an app comes by here, and few hold a URL.
  return text.includes('://') && (PASSWORD_IN_URL.test(text) || UNESCAPED_PASSWORD_IN_URL.test(text) || TOKEN_IN_URL.test(text));
}

/**
 * Whether a password may stand in a text that is a URL, or a repository in scp style, and nothing else: a ':' before an '@'.
 *
 * A port and an '@' in the path look the same: `https://bob:123/s3cret@host` is a password to its author. Whoever means a path can
 * write '%40', while a password that was taken for a path is out.
 */
export function mayHoldPassword(url: string): boolean {
  const text = url.replace(SCHEME, '');
  const colon = text.indexOf(':');
  return colon >= 0 && colon < text.lastIndexOf('@');
}

/** The URL without its user-info; undefined if where that ends cannot be told from an '@' in the path. */
export function withoutUserInfo(url: string): string | undefined {
  const bare = url.replace(USER_INFO, '$1');
  return mayHoldPassword(bare) || bare !== url && bare.includes('@') ? undefined : bare;
}

/**
 * What keeps a URL from being the `url` of a GitRepository, if anything.
 *
 * The pattern `^(http|https|ssh)://` is the API server's; that user-info of http(s) is a credential is ours: what Flux reads
 * stands in a repository that many can read. The user of an ssh URL (`git@`) is none.
 */
export function gitUrlProblem(url: string): UrlProblem | undefined {
  const [, scheme, user, host, path] = SCP_STYLE.exec(url) ?? [];
  if (scheme ? path && !/^[0-9]+(\/|$)/.test(path) : host && !/^(https?|ssh)$/i.test(host)) {
    return { problem: 'Flux does not read a Git URL in scp style', remedy: `Write 'ssh://${user ? `${user}@` : ''}${host}/${path}'` };
  }
  const bare = withoutUserInfo(url);
  if (/^(https?|ssh):\/\//.test(url) && (mayHoldPassword(url) || bare !== url && !url.startsWith('ssh:'))) {
    return {
      problem: `the URL of '${bare ?? masked(url)}' carries a credential`,
      remedy: `Leave the user-info out of the URL${bare === undefined ? ` (${ESCAPE_AT})` : ''} ` +
        "and name the Secret that holds it ('secret: FluxSecret...')",
    };
  }
  if (!GIT_URL.test(url)) {
    return { problem: `'${masked(url)}' is not a Git URL that Flux reads`, remedy: "Give one that starts with 'https://', 'http://' or 'ssh://'" };
  }
  return undefined;
}

/** A text that is no URL, without what may be a password in it. */
function masked(text: string): string {
  const [scheme] = /^[a-z][a-z0-9+.-]*:\/+/i.exec(text) ?? [''];
  const at = text.lastIndexOf('@');
  const colon = text.indexOf(':', scheme.length);
  const shown = colon >= 0 && colon < at ? `${scheme}***${text.slice(at)}` : text;
  return shown.replace(/[?#][^]*$/, '?***');
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
