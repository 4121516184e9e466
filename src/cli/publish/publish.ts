import { PlanContext } from './branch-plan';
import { publishing } from './branch-work';
import { CommitOrder } from './commit-order';
import { Deadline } from './deadline';
import { deliveredPlaces, DeliveredRecord, placeKey } from './delivered';
import { departures, formerConfigs, removersOf, staysThere, unknownReaders } from './departures';
import { desiredRegistries, DesiredRepository, desiredRepositories } from './desired';
import { refuseExposures } from './exposures';
import { NewestGuard } from './newest-guard';
import { artifactKeys } from './newest-sources';
import { CliError, ExitCode } from '../cli-error';
import { Identity, identityOf, requireAuthor } from './identity';
import { Interruption } from './interruption';
import { OpenRemotes } from './open-remotes';
import { PublishOptions } from './publish-options';
import { all, contentsOfAll, Publisher } from './publisher';
import { firstReads } from './record-at';
import { notReviewed, refuseSharedArtifacts, registryPublishers, registryUrls } from './registries';
import { OpenRepository, redirected, refuseSharedBranches } from './remotes';
import { merged, placesOf, PublishReport } from './report';
import { PublisherContext, RepositoryPublisher } from './repository-publisher';
import { Patience } from './retry';
import { ReviewPublisher } from './review-publisher';
import { reviewTexts } from './review-texts';
import { SourceCommit, sourceCommit } from './source';
import { requireCommit } from './source-options';
import { sourcesRefOf } from './sources-ref';
import { DeliveryManifest, InvalidDeliveryError, readManifestAlone, requireListedFiles } from '../../manifest';
import { withoutPasswords } from '../git/credentials';
import { gitEnvironment } from '../git/git-environment';
import { RemoteUrl, remoteUrl } from '../git/remote-url';

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
    await run.dispose();
  }
  return run.report(failure);
}

class PublishRun {
  private readonly interruption: Interruption;
  private readonly environment = gitEnvironment(process.env);
  private deadline?: Deadline;
  private remotes?: OpenRemotes;
  private manifest?: DeliveryManifest;
  private source?: SourceCommit;
  private publishers: RepositoryPublisher[] = [];
  private removers: RepositoryPublisher[] = [];
  private registries: Publisher[] = [];
  private context?: PlanContext & PublisherContext;
  private guard?: NewestGuard;
  private who?: Promise<Identity>;
  private readonly notes: string[] = [];
  /** What has left the app and is taken away. */
  private left: DeliveredRecord[] = [];

  constructor(private readonly options: PublishOptions) {
    this.interruption = new Interruption((line) => this.say(line));
  }

  public async go(): Promise<void> {
    requireAuthor(this.options.author);
    this.deadline = new Deadline(this.options.deadline, this.interruption.signal);
    // This runs while the manifest is read and checked.
    const finding = this.findSource();
    finding.catch(() => undefined);
    this.manifest = readManifestAlone(this.options.dist);
    const urls = redirected(this.manifest, this.options.remotes);
    const remotes = new Map(this.manifest.repositories.map(({ name }) => [name, remoteUrl(name, urls.get(name)!)]));
    const registries = registryUrls(this.manifest, urls);
    // From here on git looks at the remotes, while the rendered files are looked for and read.
    const { opened, used } = await this.open(remotes);
    requireListedFiles(this.options.dist, this.manifest);
    const desired = await desiredRepositories(this.options.dist, this.manifest);
    const artifacts = desiredRegistries(this.options.dist, this.manifest).filter((one) => one.artifacts.length);
    refuseSharedBranches(desired, remotes);
    refuseSharedArtifacts(artifacts, registries);
    refuseExposures(this.manifest, desired, artifacts);
    this.source = await finding;
    requireCommit(this.source, this.options);
    this.publishers = this.publishersOf(desired, opened);
    const otherOrigins = used.flatMap(({ effective }) => effective.flatMap(({ origin }) => origin ?? []));
    // A tag is no branch that a request could be merged into.
    const open = this.options.review ? [] : artifacts;
    this.notes.push(...this.options.review ? notReviewed(artifacts) : []);
    const { patience, options: { dryRun } } = this;
    this.registries = await registryPublishers(open, registries, { ...this.context!, otherOrigins, patience, dryRun });
    await this.prepare();
    await this.prepareRemovals(opened);
    await this.inspect(this.removers);
    await (this.options.dryRun ? this.compare() : this.push());
  }

  public async dispose(): Promise<void> {
    this.deadline?.dispose();
    await this.remotes?.dispose();
    this.interruption.dispose();
  }

  public report(failure: CliError | undefined): PublishReport {
    const repositories = merged([...this.registries, ...this.publishers, ...this.removers].map((publisher) => publisher.report()));
    const done = repositories.filter((repository) => placesOf(repository).some(({ pushed }) => pushed)).map(({ name }) => `'${name}'`);
    return {
      version: 1,
      outcome: failure ? 'failed' : this.options.dryRun ? 'dry-run' : done.length ? 'published' : 'unchanged',
      exitCode: failure?.exitCode ?? ExitCode.DONE,
      app: this.manifest?.app,
      source: this.source,
      repositories,
      warnings: [
        ...this.source?.dirty ? [`commit ${this.source.commit.slice(0, 7)} is not all that was rendered: the current folder's repository has uncommitted changes.`] : [],
        ...this.guard?.warnings ?? [],
        ...[...this.registries, ...this.publishers].flatMap(({ warnings }) => warnings),
        ...this.notes,
      ],
      notes: this.publishers.flatMap(({ notes }) => notes).map((line) => this.redact(line)),
      errors: failure?.lines.map((line) => this.redact(
        this.interruption.happened ? `${line}; ${done.length ? `published by then: ${done.join(', ')}` : 'nothing was published'}. Publish again.` : line)) ?? [],
    };
  }

  /** Opens all remotes, and begins to look at those that are published to: but not where a registry may be a place too many for the password. */
  private async open(remotes: ReadonlyMap<string, RemoteUrl>): Promise<{ opened: OpenRepository[]; used: OpenRepository[] }> {
    const { app, repositories, registries = [] } = this.manifest!;
    const reads = new Map(repositories.map(({ name, targets }) => [name, firstReads(targets)]));
    this.remotes = new OpenRemotes({ environment: this.environment, patience: this.patience });
    const opened = await this.remotes.open(remotes);
    const used = opened.filter(({ repository }) => reads.get(repository)!.size);
    this.remotes.authorize(used);
    if (!registries.some(({ artifacts }) => artifacts.length) && !this.deadline!.signal.aborted) {
      used.forEach(({ repository, local }) => local.readAhead(reads.get(repository)!, [sourcesRefOf(app!)]));
    }
    return { opened, used };
  }

  private publishersOf(desired: DesiredRepository[], opened: OpenRepository[]): RepositoryPublisher[] {
    const { manifest, source, options: { adopt, overwrite, deleteBranches, allowOlder, message, review } } = this;
    const order = new CommitOrder({ environment: this.environment, signal: this.deadline!.signal });
    this.guard = new NewestGuard(order, source && { commit: source.commit, date: source.committed ?? source.date }, allowOlder);
    const rendered = new Set(deliveredPlaces(manifest!).map(placeKey));
    const findings = { rendered, gone: new Set<string>(), sources: new Map(), recorded: new Map() };
    const context = this.context = {
      manifest: manifest!,
      source,
      adopt,
      overwrite,
      mayLoseAll: deleteBranches || review !== undefined,
      message,
      identity: async () => this.identity(),
      guard: this.guard,
      findings,
    };
    const describe = async (repository: string) => reviewTexts(this.options.dist, manifest!, this.publishers, repository);
    // What is declared alone may not be there yet.
    return desired.filter(({ branches }) => branches.length).map(({ name, roles, branches }) => {
      const { remote, local } = opened.find(({ repository }) => repository === name)!;
      const isConfig = roles.has('config');
      const artifacts = isConfig ? artifactKeys(manifest!) : [];
      const work = { name, url: remote.url, isConfig, artifacts, branches: branches.map((branch) => publishing(branch, context)) };
      const given = [work, local, context, this.patience] as const;
      return review ? new ReviewPublisher(...given, review, describe) : new RepositoryPublisher(...given);
      // What Flux will be told to read has to be there first.
    }).sort((one, other) => Number(one.isConfig) - Number(other.isConfig));
  }

  /** Looks at all repositories before one is changed. */
  private async prepare(): Promise<void> {
    await all([...this.registries, ...this.publishers], async (publisher) => publisher.prepare());
    this.readRecordedSources();
    await all(this.publishers, async (publisher) => publisher.judge());
    if (this.context!.findings.sources.size) {
      // The records of the config directories are to say it, which is known only now.
      this.publishers.forEach((publisher) => publisher.recordSources());
      await all(this.publishers.filter(({ isConfig }) => isConfig), async (publisher) => {
        await publisher.prepare();
        await publisher.judge();
      });
    }
    await this.inspect([...this.registries, ...this.publishers]);
    this.refuse([...this.registries, ...this.publishers]);
    this.interruption.check();
  }

  /** Where a host takes no ref for the newest source commits, the records of the config directories say what they are. */
  private readRecordedSources(): void {
    const withoutRef = new Set(this.publishers.filter(({ hasSourcesRef }) => !hasSourcesRef).map(({ name }) => name));
    for (const { ownership } of formerConfigs(this.publishers)) {
      for (const [name, sources] of Object.entries(ownership.sources ?? {})) {
        this.context!.findings.recorded.set(name, sources);
        if (withoutRef.has(name)) {
          this.context!.findings.sources.set(name, sources);
        }
      }
    }
  }

  /** What has left the app since it was published last: told, and taken away if that was asked for. */
  private async prepareRemovals(opened: OpenRepository[]): Promise<void> {
    const left = departures(this.publishers, this.context!.findings.rendered);
    if (!this.options.deleteBranches || this.options.review) {
      this.notes.push(...left.map((one) => staysThere(one, this.manifest!, false)));
      return;
    }
    const unknown = left.length ? unknownReaders(this.publishers) : [];
    if (unknown.length) {
      throw new CliError(ExitCode.REFUSED, unknown);
    }
    this.left = left;
    const kept = left.filter(({ repository }) => !opened.some((one) => one.repository === repository));
    this.notes.push(...kept.map((one) => staysThere(one, this.manifest!, true)));
    const used = new Set([...this.publishers.map(({ name }) => name), ...left.map(({ repository }) => repository)]);
    this.remotes!.authorize(opened.filter(({ repository }) => used.has(repository)));
    this.removers = removersOf(left, opened, this.context!, this.patience);
    await all(this.removers, async (remover) => remover.prepare());
    this.refuse(this.removers);
  }

  private async inspect(publishers: readonly Publisher[]): Promise<void> {
    await this.options.inspect?.(await contentsOfAll(publishers), this.manifest!);
  }

  private async push(): Promise<void> {
    // What Flux will be told to read has to be there first.
    for (const publisher of [...this.registries, ...this.publishers]) {
      await publisher.push();
      this.refuse([publisher]);
    }
    for (const remover of this.removers) {
      await remover.push();
      this.refuse([remover]);
    }
    // Only now, so that nothing is forgotten that is still there.
    for (const publisher of this.forgetLeft()) {
      await publisher.push({ again: true });
      this.refuse([publisher]);
    }
    this.interruption.check();
  }

  /** Finds out what pushing would come to. */
  private async compare(): Promise<void> {
    for (const publisher of this.forgetLeft()) {
      await publisher.prepare();
      await publisher.judge();
      this.refuse([publisher]);
    }
    await all(this.publishers, async (publisher) => publisher.compare());
  }

  /** Has the records of the config directories forget what has left, and gives the publishers that have to look and write again. */
  private forgetLeft(): RepositoryPublisher[] {
    this.left.forEach((one) => this.context!.findings.gone.add(placeKey(one)));
    return this.left.length ? this.publishers.filter(({ isConfig }) => isConfig) : [];
  }

  private refuse(publishers: Publisher[]): void {
    const refusals = publishers.flatMap((publisher) => publisher.refusals);
    if (refusals.length) {
      throw new CliError(ExitCode.REFUSED, refusals);
    }
  }

  private async findSource(): Promise<SourceCommit | undefined> {
    const { dist, sourceCommit: commit, sourceUrl: url, sourceDate: date } = this.options;
    return sourceCommit({ dist, commit, url, date, environment: this.environment, signal: this.interruption.signal });
  }

  private async identity(): Promise<Identity> {
    const { author, sign } = this.options;
    this.who ??= identityOf({ environment: this.environment, signal: this.interruption.signal, author, sign });
    return this.who;
  }

  private get patience(): Patience {
    return { interruption: this.interruption, deadline: this.deadline!, say: (line) => this.say(line), phase: this.options.phase };
  }

  private say(line: string): void {
    this.options.say(this.redact(line));
  }

  private redact(text: string): string {
    return this.remotes?.redact(text) ?? withoutPasswords(text);
  }
}
