import { CliError, combined, ExitCode } from './cli-error';
import { FALLBACK_IDENTITY } from './commit';
import { Credentials } from './credentials';
import { Deadline } from './deadline';
import { DesiredRepository, desiredRepositories } from './desired';
import { runGit } from './git';
import { gitEnvironment } from './git-environment';
import { Interruption } from './interruption';
import { LocalRepository } from './local-repository';
import { RemoteUrl, remoteUrl } from './remote-url';
import { PublishReport } from './report';
import { RepositoryPublisher } from './repository-publisher';
import { SourceCommit, sourceCommit } from './source';
import { DeliveryManifest, InvalidDeliveryError, readDeliveryManifest } from '../manifest';

export interface PublishOptions {
  readonly dist: string;
  /** `NAME=URL`. */
  readonly remotes: string[];
  readonly adopt: boolean;
  readonly dryRun: boolean;
  readonly sourceCommit?: string;
  readonly sourceUrl?: string;
  readonly deadline: string;
  /** Shows a line while it goes on. */
  readonly say: (line: string) => void;
}

/** Publishes what was rendered; whatever goes wrong stands in the report. */
export async function publish(options: PublishOptions): Promise<PublishReport> {
  const run = new PublishRun(options);
  let failure: CliError | undefined;
  try {
    await run.go();
  } catch (error) {
    failure = error instanceof CliError ? error : error instanceof InvalidDeliveryError
      ? new CliError(ExitCode.INVALID_INPUT, error.problems) : undefined;
    if (!failure) {
      throw error;
    }
  } finally {
    run.dispose();
  }
  return run.report(failure);
}

class PublishRun {
  private readonly interruption: Interruption;
  private readonly environment = gitEnvironment(process.env);
  private readonly locals: LocalRepository[] = [];
  private deadline?: Deadline;
  private credentials?: Credentials;
  private manifest?: DeliveryManifest;
  private source?: SourceCommit;
  private publishers: RepositoryPublisher[] = [];

  constructor(private readonly options: PublishOptions) {
    this.interruption = new Interruption((line) => this.say(line));
  }

  public async go(): Promise<void> {
    this.deadline = new Deadline(this.options.deadline, this.interruption.signal);
    // These run while the manifest is read and checked.
    const facts = Promise.all([this.findSource(), this.identity(), this.hasUrlRules()]);
    facts.catch(() => undefined);
    this.manifest = readDeliveryManifest(this.options.dist);
    const desired = desiredRepositories(this.options.dist, this.manifest);
    const remotes = redirected(desired, this.options.remotes);
    const [source, identity, urlRules] = await facts;
    this.source = source;
    await this.open(desired, remotes, identity, urlRules);
    await this.prepare();
    if (!this.options.dryRun) {
      await this.push();
    }
  }

  public dispose(): void {
    this.deadline?.dispose();
    this.interruption.dispose();
    this.locals.forEach((local) => local.remove());
  }

  public report(failure: CliError | undefined): PublishReport {
    const repositories = this.publishers.map((publisher) => publisher.report());
    const done = repositories.filter(({ branches }) => branches.some(({ pushed }) => pushed)).map(({ name }) => `'${name}'`);
    return {
      version: 1,
      outcome: failure ? 'failed' : this.options.dryRun ? 'dry-run' : done.length ? 'published' : 'unchanged',
      exitCode: failure?.exitCode ?? ExitCode.DONE,
      app: this.manifest?.app,
      source: this.source,
      repositories,
      warnings: [
        ...this.source?.dirty ? [`commit ${this.source.commit.slice(0, 7)} is not all that was rendered: the current folder's repository has uncommitted changes.`] : [],
        ...this.publishers.flatMap(({ warnings }) => warnings),
      ],
      errors: failure?.lines.map((line) => this.redact(
        this.interruption.happened ? `${line}; ${done.length ? `published by then: ${done.join(', ')}` : 'nothing was published'}` : line)) ?? [],
    };
  }

  /** A repository for each remote, and what git needs to know to talk to it. */
  private async open(desired: DesiredRepository[], remotes: Map<string, RemoteUrl>, identity: string, urlRules: boolean): Promise<void> {
    refuseSharedBranches(desired, remotes);
    const { interruption, deadline } = this;
    const context = { manifest: this.manifest!, source: this.source, adopt: this.options.adopt, identity };
    const patience = { interruption, deadline: deadline!, say: (line: string) => this.say(line) };
    const opened = await Promise.all(desired.map(async (repository) => {
      const remote = remotes.get(repository.name)!;
      const local = new LocalRepository(remote.url, this.environment, { read: deadline!.signal, work: interruption.signal });
      this.locals.push(local);
      this.publishers.push(new RepositoryPublisher(repository, remote.url, local, context, patience));
      return { local, remotes: urlRules ? (await local.effectiveUrls()).map((url) => effectiveRemote(repository.name, url)) : [remote] };
    }));
    this.credentials = new Credentials(process.env, opened.flatMap((one) => one.remotes));
    // What Flux will be told to read has to be there first.
    this.publishers.sort((one, other) => Number(one.isConfig) - Number(other.isConfig));
    opened.forEach((one) => one.local.useEnvironment(this.credentials!.environment(this.environment, one.remotes)));
  }

  /** Looks at all repositories before one is changed. */
  private async prepare(): Promise<void> {
    const results = await Promise.allSettled(this.publishers.map(async (publisher) => publisher.prepare()));
    const errors = results.flatMap((result) => result.status === 'rejected' ? [result.reason] : []);
    const unexpected = errors.find((error) => !(error instanceof CliError));
    if (unexpected) {
      throw unexpected;
    } else if (errors.length) {
      throw combined(errors);
    }
    this.refuse(this.publishers);
    this.interruption.check();
  }

  private async push(): Promise<void> {
    for (const publisher of this.publishers) {
      await publisher.push();
      this.refuse([publisher]);
    }
    this.interruption.check();
  }

  private refuse(publishers: RepositoryPublisher[]): void {
    const refusals = publishers.flatMap((publisher) => publisher.refusals);
    if (refusals.length) {
      throw new CliError(ExitCode.REFUSED, refusals);
    }
  }

  private async findSource(): Promise<SourceCommit | undefined> {
    const { dist, sourceCommit: commit, sourceUrl: url } = this.options;
    return sourceCommit({ dist, commit, url, environment: this.environment, signal: this.interruption.signal });
  }

  private async identity(): Promise<string> {
    const { code, stdout } = await this.git(['-c', 'user.useConfigOnly=true', 'var', 'GIT_COMMITTER_IDENT']);
    return code === 0 ? stdout.toString().trim() : `${FALLBACK_IDENTITY} ${Math.floor(Date.now() / 1000)} +0000`;
  }

  /** Whether git's configuration rewrites URLs at all, which is rare. */
  private async hasUrlRules(): Promise<boolean> {
    return (await this.git(['config', '--get-regexp', '^url\\.'])).code === 0;
  }

  private async git(args: string[]) {
    return runGit(args, { environment: this.environment, signal: this.interruption.signal });
  }

  private say(line: string): void {
    this.options.say(this.redact(line));
  }

  private redact(text: string): string {
    return this.credentials?.redact(text) ?? text;
  }
}

function redirected(desired: DesiredRepository[], overrides: string[]): Map<string, RemoteUrl> {
  const names = desired.map(({ name }) => name);
  const urls = new Map(desired.map(({ name, url }) => [name, url]));
  for (const override of overrides) {
    const [, name, url] = /^([^=]+)=(.+)$/s.exec(override) ?? [];
    if (name === undefined) {
      throw new CliError(ExitCode.USAGE, '--remote: takes NAME=URL, the name of a repository and where it is.');
    } else if (!urls.has(name)) {
      throw new CliError(ExitCode.USAGE, `--remote: there is no repository '${name}'. ${names.length ? `Known: ${names.join(', ')}` : 'None is delivered to'}.`);
    }
    urls.set(name, url);
  }
  return new Map([...urls].map(([name, url]) => [name, remoteUrl(name, url)]));
}

function effectiveRemote(repository: string, url: string): RemoteUrl {
  try {
    return remoteUrl(repository, url);
  } catch {
    throw new CliError(ExitCode.USAGE, `repository '${repository}': git's configuration (url.<base>.insteadOf) makes a URL of it that carries a credential or ` +
      'could run a program. Take that rule out, and use a credential helper of git instead.');
  }
}

/** Two names for one repository would each take the other's files for stale. */
function refuseSharedBranches(desired: DesiredRepository[], remotes: Map<string, RemoteUrl>): void {
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
