import { realpathSync } from 'fs';
import { resolve } from 'path';
import { CliError, ExitCode } from '../cli-error';
import { PASSWORD_VARIABLE } from './git-environment';
import { ESCAPE_AT, mayHoldPassword, withoutUserInfo } from '../../git';

const NO_HOST = 'the URL names no host';
const SCP_STYLE = /^([^/:@]+@)?(\[[^\]]*\]|[^/:@]+):(.*)$/;

/** Where a repository is: one of the forms that git itself takes, checked. */
export interface RemoteUrl {
  /** What git is given. */
  readonly url: string;
  /** Scheme and host, of http(s) only. */
  readonly origin?: string;
  /** One text for the spellings of one repository. */
  readonly identity: string;
}

/**
 * Reads a URL (`https`, `http`, `ssh`, `file`), `user@host:path` or a local path, which is taken relative to the current folder.
 *
 * @throws CliError if it holds a credential, or could run a program
 */
export function remoteUrl(repository: string, text: string): RemoteUrl {
  const refuse = (problem: string, remedy: string) => new CliError(ExitCode.USAGE, `repository '${repository}': ${problem}. ${remedy}.`);
  const supported = 'Use an https, http, ssh or file URL, user@host:path, or a local path';
  if (text === '' || text.startsWith('-') || /[\u0000-\u001f\u007f]/.test(text)) {
    throw refuse("the URL is empty, starts with '-' or holds control characters", supported);
  } else if (/^[A-Za-z0-9+.-]+::/.test(text)) {
    throw refuse(`the URL names a transport ('${text.replace(/::.*/s, '::')}') that could run a program`, supported);
  }
  const [, scheme, rest] = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(.*)$/s.exec(text) ?? [];
  if (scheme === undefined) {
    return withoutScheme(text, refuse);
  }
  const [, userInfo, host, path] = /^(?:([^/]*)@)?([^/?#@]*)(.*)$/s.exec(rest)!;
  const remark = userInfo === undefined ? ` (${ESCAPE_AT})` : '';
  switch (scheme.toLowerCase()) {
    case 'file':
      if (path === '') {
        throw refuse('the URL names no folder', supported);
      }
      return { url: text, identity: identityOfFolder(decoded(path)) };
    case 'ssh':
      if (mayHoldPassword(text)) {
        throw refuse('the URL carries a password', `Leave it out${remark}: ssh uses keys and its agent`);
      } else if (host.startsWith('-')) {
        throw refuse("the host starts with '-', which ssh reads as an option", supported);
      } else if (host === '') {
        throw refuse(NO_HOST, supported);
      }
      return { url: text, identity: identityOf(host.replace(/:22$/, ''), path) };
    case 'http':
    case 'https':
      if (userInfo !== undefined || mayHoldPassword(text)) {
        throw refuse('the URL carries a credential',
          `Leave the user-info out${remark}, and give the password in ${PASSWORD_VARIABLE} or through a credential helper of git`);
      } else if (host === '') {
        throw refuse(NO_HOST, supported);
      }
      return {
        url: text,
        origin: `${scheme.toLowerCase()}://${host.toLowerCase()}`,
        identity: identityOf(host.replace(scheme.toLowerCase() === 'http' ? /:80$/ : /:443$/, ''), path),
      };
    default:
      throw refuse(`the URL's scheme '${scheme}' is not supported`, supported);
  }
}

/** A URL as it may be shown: without user-info, and without a query, which may hold a token; undefined if these cannot be told. */
export function shownUrl(url: string): string | undefined {
  return withoutUserInfo(/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(url) ? url.replace(/[?#].*$/s, '') : url);
}

function withoutScheme(text: string, refuse: (problem: string, remedy: string) => CliError): RemoteUrl {
  const scp = SCP_STYLE.exec(text);
  if (scp) {
    if (mayHoldPassword(text)) {
      throw refuse('the URL carries a password', `Leave it out: ssh uses keys and its agent (in an ssh:// URL ${ESCAPE_AT})`);
    } else if (scp[2].startsWith('-')) {
      throw refuse("the host starts with '-', which ssh reads as an option", 'Name the host');
    }
    return { url: text, identity: identityOf(scp[2], scp[3]) };
  }
  const folder = resolve(text);
  return { url: folder, identity: identityOfFolder(folder) };
}

/** Whatever the transport: the same host and path is the same repository. */
function identityOf(host: string, path: string): string {
  return `${host.toLowerCase()}/${path.replace(/[?#].*$/s, '').replace(/^\/+|\/+$/g, '').replace(/\.git$/, '')}`;
}

function identityOfFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
