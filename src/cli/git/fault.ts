import { ExitCode } from '../cli-error';
import { PASSWORD_VARIABLE } from './git-environment';
import { Fault } from '../remote-fault';

interface Rule {
  readonly pattern: RegExp;
  readonly kind: Fault['kind'];
  /** May use the groups of the pattern: `$1`. */
  readonly text: string;
  /** What it means for who only reads, if that is something else. */
  readonly reading?: string;
  readonly exitCode?: ExitCode;
  /** Whether it may be the URL that is wrong. */
  readonly door?: true;
}

/** What git was doing at a remote. */
export interface Asked {
  /** The URL, without what nobody may read. */
  readonly at?: string;
  /** Whether it only reads there. */
  readonly reads?: boolean;
}

/** Of what somebody else says, in characters. */
const LONGEST_LINE = 500;

/**
 * In this order, for one answer may hold several: a push that can never succeed also says `cannot lock ref`, and a refused login
 * that the other side hung up.
 */
const RULES: Rule[] = [
  { kind: 'not atomic', pattern: /does not support --atomic push/, text: 'the remote does not support atomic pushes' },

  // git itself
  { kind: 'fatal', pattern: /(?:unknown option|unknown switch|usage: git)[^\n]*/, text: 'this git is too old ($&). Install git 2.31 or newer.' },
  {
    kind: 'fatal',
    pattern: /mismatched algorithms: client|does not support this repository's hash algorithm/,
    text: 'the remote keeps SHA-256 objects, which Flux cannot read. Make it a repository with SHA-1 objects.',
  },
  { kind: 'fatal', pattern: /transport '([^']*)' not allowed/, text: "git's configuration leads to the transport '$1', which is not allowed here. Use https, http, ssh or file." },

  // This machine. What a remote says of its own disk stands behind `remote:`, also where it lies on this one.
  {
    kind: 'fatal',
    pattern: /^(?!remote:)[^\n]*(?:No space left on device|Out of diskspace|Disk quota exceeded)/m,
    text: "the disk of git's temporary folder is full. Make room, or name another folder in TMPDIR.",
    exitCode: ExitCode.USAGE,
  },
  // A remote's own is read where it lies, by a git that says so to us as if it were ours.
  { kind: 'fatal', door: true, pattern: /bad config [^\n]* in file (?:\.\/)?config\b/, text: "the remote's configuration cannot be read ($&). Mend it there." },
  {
    kind: 'fatal',
    pattern: /^(?!remote:)[^\n]*(bad config (?:line|variable|value)[^\n]*|bad (?:numeric|boolean) config value[^\n]*|unknown error occurred while reading the configuration files)/m,
    text: "git's configuration cannot be read ($1). Mend it.",
    exitCode: ExitCode.USAGE,
  },

  // The way in
  {
    kind: 'fatal',
    door: true,
    pattern: /could not read (?:Username|Password) for|terminal prompts disabled/,
    text: `the remote asks for a login and git knows none. Set ${PASSWORD_VARIABLE}, or configure a credential helper of git.`,
  },
  {
    kind: 'fatal',
    door: true,
    pattern: /Authentication failed|Invalid username or (?:password|token)|HTTP Basic: Access denied|returned error: 401/,
    text: `the remote refused the login. Check ${PASSWORD_VARIABLE}, or the credential helper of git.`,
  },
  { kind: 'fatal', door: true, pattern: /Permission denied \([a-z,-]+\)/, text: 'ssh was not let in ($&). Give it a key that the remote knows, without a passphrase to ask for or in ssh-agent.' },
  { kind: 'fatal', door: true, pattern: /Host key verification failed/, text: "ssh does not know the remote's host key. Add it to known_hosts." },
  {
    kind: 'fatal',
    door: true,
    pattern: /returned error: 403|Write access to repository not granted|You are not allowed to push|Permission to \S+ denied|deploy key[^\n]*(?:read.only|not allowed)|insufficient permission for adding an object|unable to create temporary (?:object directory|file): Permission denied|Permission denied|Read-only file system/i,
    text: 'no permission to write ($&). Ask for the right to push there.',
    reading: 'no permission to read ($&). Check the URL and the login, or ask for the right to read there.',
  },
  {
    kind: 'fatal',
    door: true,
    // The answer of a page is taken for an old server's: for broken where it has several lines, for an empty repository where it has one.
    pattern: /not valid: is this a git repository|git-http-push failed|http-push' is not a git command|invalid server response[^\n]*|bad line length character: <[^\n]*|unable to update url base from redirection/,
    text: 'the remote answers with what is no git repository ($&). Check the URL: a login page, a proxy or a plain web server may be what answers there.',
  },
  { kind: 'fatal', door: true, pattern: /detected dubious ownership in repository at '([^']*)'/, text: "git does not trust the folder '$1', which another user owns. Run as that user, or add it to git's safe.directory." },
  {
    kind: 'fatal',
    door: true,
    pattern: /repository '[^']*' not found|does not appear to be a git repository|Repository not found|project you were looking for could not be found|not a git repository/i,
    text: 'no such repository, or no permission to see it. Check the URL and create the repository first.',
  },
  {
    kind: 'fatal',
    door: true,
    pattern: /Could not resolve (?:host(?:name)?|proxy)[^\n]*|Received HTTP code 4(?!29)\d\d from proxy[^\n]*|CONNECT tunnel failed, response 4(?!29)\d\d[^\n]*|Failed to connect to [^\n]*|Connection refused[^\n]*|SSL certificate problem[^\n]*|server certificate verification failed[^\n]*/i,
    text: 'the remote cannot be reached ($&). Check the URL and the network.',
  },
  {
    kind: 'fatal',
    door: true,
    pattern: /Port number was not a decimal[^\n]*|URL using bad\/illegal format[^\n]*|no host part in the URL|no path specified|no host specified/i,
    text: 'the URL is none that git can ask ($&). Check it.',
    exitCode: ExitCode.USAGE,
  },

  // What the remote does not take
  {
    kind: 'fatal',
    pattern: /cannot lock ref '([^']*)': '([^']*)' exists; cannot create|cannot process '([^']*)' and '([^']*)' at the same time/,
    text: 'branches stand in the way of each other: of $1$3 and $2$4 one is a folder of the other. Rename or delete one.',
    exitCode: ExitCode.REFUSED,
  },
  {
    kind: 'fatal',
    pattern: /refusing to delete the current branch: (\S+)|deletion of the current branch prohibited/,
    text: 'the branch to be deleted is the default branch of the remote. Make another one the default there.',
  },
  { kind: 'fatal', pattern: /File name too long/, text: "a branch's name is too long for the remote. Shorten it." },
  { kind: 'fatal', pattern: /\(([^()\n]*hook declined[^()\n]*)\)/, text: 'a hook of the remote refused the push ($1)' },
  { kind: 'fatal', pattern: /updates? aborted by (?:the \S+ )?hook/, text: 'a hook of the remote refused the push (reference-transaction hook)' },
  { kind: 'fatal', pattern: /\(deny updating a hidden ref\)/, text: 'the remote hides this branch and refuses to change it. Deliver to another branch.' },
  { kind: 'fatal', pattern: /refusing to update checked out branch: (\S+)/, text: '$1 is checked out in the remote, which is not bare. Publish to a bare repository.' },
  { kind: 'fatal', pattern: /shallow update not allowed/, text: 'the remote does not take pushes from shallow clones. Upgrade its git.' },
  { kind: 'fatal', pattern: /No space left on device|unpacker error|remote unpack failed[^\n]*|index-pack abnormal exit/, text: 'the remote could not store the objects ($&)' },

  // What the remote has lost
  {
    kind: 'fatal',
    pattern: /fatal: (?:bad \w+ object|unable to read|missing \w+ object) [0-9a-f]{40,}|loose object [0-9a-f]{40,}[^\n]* is corrupt/,
    text: "the remote is damaged ($&). See what 'git fsck' says there.",
  },

  // Somebody else was there in between
  { kind: 'moved', pattern: /Unable to create '([^']*\.lock)': File exists/, text: "the remote holds the lock '$1'. If no git runs there any more, its administrator may delete that file." },
  {
    kind: 'moved',
    pattern: /\((?:fetch first|non-fast-forward|stale info|remote ref updated since checkout)\)|is at [0-9a-f]+ but expected|reference already exists|unable to resolve reference|not our ref|couldn't find remote ref|failed to update ref|failed to lock|cannot lock ref|\(atomic (?:push failed|push failure|transaction failed)\)|incorrect old value provided/,
    text: 'others changed the same branches at the same time',
  },
  {
    kind: 'unavailable',
    door: true,
    // A git that serves over HTTP and meets another one says so in the middle of its answer.
    pattern: /bad line length character[^\n]*|(?:returned error:|HTTP code|tunnel failed, response) (?:429|5\d\d)|hung up unexpectedly|unexpected disconnect|early EOF|RPC failed[^\n]*|Connection (?:reset|closed|timed out)[^\n]*|Operation timed out[^\n]*|Broken pipe|Empty reply from server|transfer closed with|SSL_read[^\n]*|gnutls_handshake[^\n]*/i,
    text: 'the connection was lost or the remote is overloaded ($&)',
  },
];

/** Reads what git said; `code` is undefined where a signal ended it. */
export function faultOf(answer: string, code: number | undefined, { at, reads }: Asked = {}): Fault {
  for (const { pattern, kind, text, reading, exitCode, door } of RULES) {
    const match = pattern.exec(answer);
    if (match) {
      const filled = (reads && reading || text).replace(/\$(\d|&)/g, (_, group) => oneLine(match[group === '&' ? 0 : Number(group)] ?? ''));
      return { kind, exitCode: exitCode ?? ExitCode.REMOTE, text: withHookText(filled, kind === 'fatal' ? answer : ''), at: door && at };
    }
  }
  if (code === undefined) {
    return { kind: 'unavailable', exitCode: ExitCode.REMOTE, text: 'git was ended before the remote had answered', at };
  }
  const said = answer.split('\n').filter((line) => /^(fatal|error|remote|ssh|!)/.test(line)).slice(-3).map(oneLine).join('; ');
  return { kind: 'fatal', exitCode: ExitCode.REMOTE, text: `git failed with code ${code}: ${said || 'it said nothing'}`, at };
}

/** What a person wrote on the other side (a hook, a host's rule) helps more than what git makes of it. */
function withHookText(text: string, answer: string): string {
  const lines = [...answer.matchAll(/^remote: (?!error: |fatal: )(.*\S)\s*$/gm)].map((match) => oneLine(match[1])).slice(0, 10);
  return lines.length && !text.endsWith('.') ? `${text}; it says: ${lines.join(' | ')}` : text;
}

function oneLine(text: string): string {
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}...` : line;
}
