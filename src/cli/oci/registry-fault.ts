import type { HttpAnswer } from './http';
import { ExitCode } from '../cli-error';
import { PASSWORD_VARIABLE } from '../git/git-environment';
import { Fault } from '../remote-fault';

const LONGEST_WAIT = 60_000;
const LONGEST_TEXT = 300;

/** What was asked of a registry. */
export interface Asked {
  readonly host: string;
  readonly repository: string;
  readonly writes: boolean;
  /** Whether a login was sent. */
  readonly loggedIn: boolean;
}

/** A fault that no other attempt mends. */
export function httpFault(text: string): Fault {
  return { kind: 'fatal', exitCode: ExitCode.REMOTE, text };
}

/** Reads an answer that is no success. */
export function statusFault({ status, headers, body }: HttpAnswer, { host, repository, writes, loggedIn }: Asked): Fault {
  const said = textOf(body, headers);
  const login = `Set ${PASSWORD_VARIABLE}, or run 'docker login ${host}'`;
  switch (status) {
    case 401:
      return httpFault(loggedIn
        ? `${host} refused the login${said}. Check ${PASSWORD_VARIABLE}, or run 'docker login ${host}' again.`
        : `${host} asks for a login and none is known${said}. ${login}.`);
    case 403:
      return httpFault(`no permission to ${writes ? 'write' : 'read'} '${repository}' on ${host}${said}. ${loggedIn ? `Ask for the right to ${writes ? 'push' : 'pull'} there` : login}.`);
    case 404:
      return httpFault(`${host} knows no '${repository}'${said}. Create that repository first, or check the URL.`);
    case 405:
      return httpFault(`${host} does not take artifacts (HTTP 405)${said}. Check the URL.`);
    case 408:
    case 429:
    case 500:
    case 502:
    case 503:
    case 504:
      return { kind: 'unavailable', exitCode: ExitCode.REMOTE, text: `${host} is overloaded or out of order (HTTP ${status})${said}`, wait: waitOf(headers) };
    default:
      return httpFault(`${host} answered HTTP ${status} to ${writes ? 'writing' : 'reading'} '${repository}'${said}`);
  }
}

/** Of an answer that did not come before it was no longer waited for. */
export function lateFault({ host }: URL): Fault {
  return { kind: 'unavailable', exitCode: ExitCode.REMOTE, text: `${host} gave no answer in time` };
}

/** Reads why there was no answer. */
export function lostFault({ message, code = '' }: NodeJS.ErrnoException, { host, protocol }: URL): Fault {
  if (['ENOTFOUND', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EACCES', 'EADDRNOTAVAIL'].includes(code)) {
    const why = code === 'ENOTFOUND' ? 'no such host' : code === 'ECONNREFUSED' ? 'connection refused' : code;
    return httpFault(`${host} cannot be reached (${why}). Check the URL and the network${proxyHint()}.`);
  } else if (/^(?:CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_|HOSTNAME_MISMATCH)/.test(code)) {
    return httpFault(`the certificate of ${host} is not trusted (${code}). Check the host, or name its authority's certificate in NODE_EXTRA_CA_CERTS.`);
  } else if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) {
    return httpFault(`${host} does not speak ${protocol === 'https:' ? `TLS (${code}). For a registry without it give --remote NAME=http://${host}/<path>` : `HTTP (${code}). Check the URL`}.`);
  }
  return { kind: 'unavailable', exitCode: ExitCode.REMOTE, text: `the connection to ${host} was lost (${oneLine(code || message)})` };
}

function proxyHint(): string {
  const proxied = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'].some((name) => process.env[name]);
  return proxied ? '; a proxy is used for a registry only with NODE_USE_ENV_PROXY=1, which needs node 22.21 or 24.5' : '';
}

/** What the registry says of it, as the specification has it, or in its own plain words. */
function textOf(body: Buffer, headers: HttpAnswer['headers']): string {
  let said: unknown;
  try {
    const { errors, details, message, error } = JSON.parse(body.toString());
    const [first] = Array.isArray(errors) ? errors : [];
    said = first ? [first.code, first.message].filter((part) => typeof part === 'string' && part).join(': ') : details ?? message ?? error;
  } catch {
    said = /^text\/plain/.test(headers['content-type'] ?? '') ? body.toString() : undefined;
  }
  return typeof said === 'string' && said.trim() ? ` (${oneLine(said).slice(0, LONGEST_TEXT)})` : '';
}

/** `Retry-After` in milliseconds: seconds, or a date. */
function waitOf(headers: HttpAnswer['headers']): number | undefined {
  const text = headers['retry-after'];
  if (!text) {
    return undefined;
  }
  const wait = /^\d+$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return wait > 0 ? Math.min(wait, LONGEST_WAIT) : undefined;
}

function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
}
