import { CliError, ExitCode } from '../cli-error';
import { PASSWORD_VARIABLE, USERNAME_VARIABLE, withConfig } from './git-environment';
import { RemoteUrl } from './remote-url';
import { mayHoldPassword } from '../../git';

// Runs in git's shell; the password passes through its standard output, never through an argument.
const HELPER = `!f() { test "$1" = get && printf 'username=%s\\npassword=%s\\n' "$${USERNAME_VARIABLE}" "$${PASSWORD_VARIABLE}"; }; f`;

/** User name and password of the environment, for the http(s) remotes; without them git asks its own helpers. */
export class Credentials {
  private readonly password?: string;
  private readonly username: string;

  /** @throws CliError if the password cannot be handed on, or would go to several hosts */
  constructor(environment: NodeJS.ProcessEnv, remotes: RemoteUrl[]) {
    this.password = environment[PASSWORD_VARIABLE] || undefined;
    // Hosts that take a token as password ignore the name, but want one.
    this.username = environment[USERNAME_VARIABLE] || 'git';
    const origins = [...new Set(remotes.flatMap((remote) => remote.origin ?? []))];
    if (this.password && /[\r\n\0]/.test(this.password + this.username)) {
      throw new CliError(ExitCode.USAGE, `${PASSWORD_VARIABLE}: holds a line break, which git cannot pass on. Take it out of the variable.`);
    } else if (this.password && origins.length > 1) {
      throw new CliError(ExitCode.USAGE, `${PASSWORD_VARIABLE}: would be sent to several hosts (${origins.join(', ')}). ` +
        'Unset it and configure a credential helper of git for each host.');
    }
  }

  /** Adds what a git that talks to a remote needs. Bound to the remote's own host, so that no redirection gets the password. */
  public environment(base: NodeJS.ProcessEnv, remotes: RemoteUrl[]): NodeJS.ProcessEnv {
    const origin = remotes.find((remote) => remote.origin)?.origin;
    if (!this.password || !origin) {
      return base;
    }
    const key = `credential.${origin}.helper`;
    // The empty value takes away the helpers configured elsewhere: they might know an older password, or store this one.
    return withConfig({ ...base, [USERNAME_VARIABLE]: this.username, [PASSWORD_VARIABLE]: this.password }, [[key, ''], [key, HELPER]]);
  }

  /** Takes out of a text what nobody may read. */
  public redact(text: string): string {
    const secrets = this.password ? [this.password, encodeURIComponent(this.password)] : [];
    return secrets.reduce((redacted, secret) => redacted.replaceAll(secret, '***'), withoutPasswords(text));
  }
}

/** Rather too little of a text than a password. */
export function withoutPasswords(text: string): string {
  return text.replace(/(:\/+)([^\s'"]+)/g, (url, slashes, rest) => mayHoldPassword(rest) ? `${slashes}***${rest.slice(rest.lastIndexOf('@'))}` : url);
}
