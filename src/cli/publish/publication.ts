import { PlanContext } from './branch-plan';
import { publishing } from './branch-work';
import { CommitOrder } from './commit-order';
import { deliveredPlaces, DeliveredRecord, placeKey } from './delivered';
import { departures, formerConfigs, removersOf, staysThere, unknownReaders } from './departures';
import { DesiredRegistry, DesiredRepository } from './desired';
import { Identity, identityOf } from './identity';
import { NewestGuard } from './newest-guard';
import { artifactKeys } from './newest-sources';
import { OpenRemotes } from './open-remotes';
import { PublishOptions } from './publish-options';
import { all, contentsOfAll, Publisher } from './publisher';
import { notReviewed, registryPublishers } from './registries';
import { OpenRepository } from './remotes';
import { merged, RepositoryReport } from './report';
import { PublisherContext, RepositoryPublisher } from './repository-publisher';
import { Patience } from './retry';
import { ReviewPublisher } from './review-publisher';
import { reviewTexts } from './review-texts';
import { SourceCommit } from './source';
import { DeliveryManifest } from '../../manifest';
import { CliError, ExitCode } from '../cli-error';
import type { RegistryUrl } from '../oci';

/** What was rendered, and where it is to go. */
export interface PublicationInput {
  readonly options: PublishOptions;
  readonly manifest: DeliveryManifest;
  readonly source?: SourceCommit;
  readonly desired: readonly DesiredRepository[];
  readonly artifacts: DesiredRegistry[];
  /** Where each registry is, by name. */
  readonly registries: ReadonlyMap<string, RegistryUrl>;
  readonly remotes: OpenRemotes;
  readonly opened: readonly OpenRepository[];
  /** Scheme and host of all http(s) repositories that are published to. */
  readonly otherOrigins: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly patience: Patience;
}

/** Brings remotes to what was rendered: looks at all of them, then changes one after the other, so that Flux finds what it is told to read. */
export class Publication {
  private readonly publishers: RepositoryPublisher[];
  private readonly context: PlanContext & PublisherContext;
  private readonly guard: NewestGuard;
  private removers: RepositoryPublisher[] = [];
  private registries: Publisher[] = [];
  private who?: Promise<Identity>;
  private readonly told: string[] = [];
  /** What has left the app and is taken away. */
  private left: DeliveredRecord[] = [];

  constructor(private readonly input: PublicationInput) {
    const { manifest, source, environment, patience, options: { adopt, overwrite, deleteBranches, allowOlder, message, review, dryRun } } = input;
    const order = new CommitOrder({ environment, signal: patience.deadline.signal });
    this.guard = new NewestGuard(order, source && { commit: source.commit, date: source.committed ?? source.date }, allowOlder);
    const rendered = new Set(deliveredPlaces(manifest).map(placeKey));
    this.context = {
      manifest,
      source,
      adopt,
      overwrite,
      mayLoseAll: deleteBranches || review !== undefined,
      message,
      identity: async () => this.identity(),
      guard: this.guard,
      findings: { rendered, gone: new Set<string>(), sources: new Map(), recorded: new Map() },
      dryRun,
    };
    this.publishers = this.repositoryPublishers();
  }

  /** @throws CliError */
  public async run(): Promise<void> {
    const { options: { review, dryRun }, artifacts, registries, otherOrigins, patience } = this.input;
    // A tag is no branch that a request could be merged into.
    this.told.push(...review ? notReviewed(artifacts) : []);
    this.registries = await registryPublishers(review ? [] : artifacts, registries, { ...this.context, otherOrigins, patience });
    await this.prepare();
    await this.prepareRemovals();
    await this.inspect(this.removers);
    await (dryRun ? this.compare() : this.push());
  }

  public get repositories(): RepositoryReport[] {
    return merged([...this.registries, ...this.publishers, ...this.removers].map((publisher) => publisher.report()));
  }

  /** What the user should know. */
  public get warnings(): string[] {
    return [...this.guard.warnings, ...[...this.registries, ...this.publishers].flatMap(({ warnings }) => warnings), ...this.told];
  }

  /** What remotes have to say. */
  public get notes(): string[] {
    return this.publishers.flatMap(({ notes }) => notes);
  }

  private repositoryPublishers(): RepositoryPublisher[] {
    const { context, input: { options: { dist, review }, manifest, desired, opened, patience } } = this;
    const describe = async (repository: string) => reviewTexts(dist, manifest, this.publishers, repository);
    // What is declared alone may not be there yet.
    return desired.filter(({ branches }) => branches.length).map(({ name, roles, branches }) => {
      const { remote, local } = opened.find(({ repository }) => repository === name)!;
      const isConfig = roles.has('config');
      const artifacts = isConfig ? artifactKeys(manifest) : [];
      const work = { name, url: remote.url, isConfig, artifacts, branches: branches.map((branch) => publishing(branch, context)) };
      const given = [work, local, context, patience] as const;
      return review ? new ReviewPublisher(...given, review, describe) : new RepositoryPublisher(...given);
      // What Flux will be told to read has to be there first.
    }).sort((one, other) => Number(one.isConfig) - Number(other.isConfig));
  }

  /** Looks at all repositories before one is changed. */
  private async prepare(): Promise<void> {
    await all([...this.registries, ...this.publishers], async (publisher) => publisher.prepare());
    this.readRecordedSources();
    await all(this.publishers, async (publisher) => publisher.judge());
    if (this.context.findings.sources.size) {
      // The records of the config directories are to say it, which is known only now.
      this.publishers.forEach((publisher) => publisher.recordSources());
      await all(this.publishers.filter(({ isConfig }) => isConfig), async (publisher) => {
        await publisher.prepare();
        await publisher.judge();
      });
    }
    await this.inspect([...this.registries, ...this.publishers]);
    this.refuse([...this.registries, ...this.publishers]);
    this.input.patience.interruption.check();
  }

  /** Where a host takes no ref for the newest source commits, the records of the config directories say what they are. */
  private readRecordedSources(): void {
    const withoutRef = new Set(this.publishers.filter(({ hasSourcesRef }) => !hasSourcesRef).map(({ name }) => name));
    for (const { ownership } of formerConfigs(this.publishers)) {
      for (const [name, sources] of Object.entries(ownership.sources ?? {})) {
        this.context.findings.recorded.set(name, sources);
        if (withoutRef.has(name)) {
          this.context.findings.sources.set(name, sources);
        }
      }
    }
  }

  /** What has left the app since it was published last: told, and taken away if that was asked for. */
  private async prepareRemovals(): Promise<void> {
    const { options, manifest, opened, remotes, patience } = this.input;
    const left = departures(this.publishers, this.context.findings.rendered);
    if (!options.deleteBranches || options.review) {
      this.told.push(...left.map((one) => staysThere(one, manifest, false)));
      return;
    }
    const unknown = left.length ? unknownReaders(this.publishers) : [];
    if (unknown.length) {
      throw new CliError(ExitCode.REFUSED, unknown);
    }
    this.left = left;
    const kept = left.filter(({ repository }) => !opened.some((one) => one.repository === repository));
    this.told.push(...kept.map((one) => staysThere(one, manifest, true)));
    const used = new Set([...this.publishers.map(({ name }) => name), ...left.map(({ repository }) => repository)]);
    remotes.authorize(opened.filter(({ repository }) => used.has(repository)));
    this.removers = removersOf(left, opened, this.context, patience);
    await all(this.removers, async (remover) => remover.prepare());
    this.refuse(this.removers);
  }

  private async inspect(publishers: readonly Publisher[]): Promise<void> {
    await this.input.options.inspect?.(await contentsOfAll(publishers), this.input.manifest);
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
    this.input.patience.interruption.check();
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
    this.left.forEach((one) => this.context.findings.gone.add(placeKey(one)));
    return this.left.length ? this.publishers.filter(({ isConfig }) => isConfig) : [];
  }

  private refuse(publishers: Publisher[]): void {
    const refusals = publishers.flatMap((publisher) => publisher.refusals);
    if (refusals.length) {
      throw new CliError(ExitCode.REFUSED, refusals);
    }
  }

  private async identity(): Promise<Identity> {
    const { environment, patience, options: { author, sign } } = this.input;
    this.who ??= identityOf({ environment, signal: patience.interruption.signal, author, sign });
    return this.who;
  }
}
