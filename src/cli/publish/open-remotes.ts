import { effectiveRemote, OpenRepository } from './remotes';
import { Patience, untilDeadline } from './retry';
import { Credentials, withoutPasswords } from '../git/credentials';
import { LocalRepository } from '../git/local-repository';
import { RemoteUrl } from '../git/remote-url';

export interface OpenRemotesOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly patience: Patience;
}

/** The Git remotes of a run, each with a repository of our own, and what lets us in. */
export class OpenRemotes {
  private readonly locals: LocalRepository[] = [];
  private credentials?: Credentials;

  constructor(private readonly options: OpenRemotesOptions) {}

  /** Makes a repository of our own for each remote. */
  public async open(remotes: ReadonlyMap<string, RemoteUrl>): Promise<OpenRepository[]> {
    return Promise.all([...remotes].map(async ([repository, remote]) => this.openOne(repository, remote)));
  }

  /**
   * Gives git what it needs to be let in.
   *
   * @throws CliError if that cannot be given to all of these
   */
  public authorize(opened: readonly OpenRepository[]): void {
    const { environment } = this.options;
    const credentials = this.credentials = new Credentials(process.env, opened.flatMap(({ effective }) => effective));
    opened.forEach(({ local, effective }) => local.useEnvironment(credentials.environment(environment, effective)));
  }

  /** Takes out of a text what nobody may read. */
  public redact(text: string): string {
    return this.credentials?.redact(text) ?? withoutPasswords(text);
  }

  /** Removes what was made on this machine; the deadline has to have ended what still reads. */
  public async dispose(): Promise<void> {
    await Promise.all(this.locals.map(async (local) => local.remove()));
  }

  private async openOne(repository: string, remote: RemoteUrl): Promise<OpenRepository> {
    const { environment, patience } = this.options;
    const { deadline, interruption } = patience;
    const local = new LocalRepository(remote.url, environment, { read: deadline.signal, work: interruption.signal, silence: deadline.silence });
    this.locals.push(local);
    local.init();
    // Always asked of git, in that repository: rules may depend on where it lies and which remotes it has (`includeIf`).
    const urls = await untilDeadline(repository, patience, async () => local.effectiveUrls());
    return { repository, local, remote, effective: urls.map((url) => effectiveRemote(repository, url)) };
  }
}
