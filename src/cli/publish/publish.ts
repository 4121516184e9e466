import { createRequire } from 'module';
import { Deadline } from './deadline';
import { readDesired } from './desired';
import { isHarmless, refuseExposures } from './exposures';
import { requireAuthor } from './identity';
import { Interruption } from './interruption';
import { OpenRemotes } from './open-remotes';
import type { Publication } from './publication';
import { PublishOptions } from './publish-options';
import { firstReads } from './record-at';
import { refuseSharedArtifacts, registryUrls } from './registries';
import { OpenRepository, redirected, refuseSharedBranches } from './remotes';
import { placesOf, PublishReport } from './report';
import { Patience } from './retry';
import { SourceCommit, sourceCommit } from './source';
import { requireCommit } from './source-options';
import { sourcesRefOf } from './sources-ref';
import { DeliveryManifest, InvalidDeliveryError, readManifestAlone } from '../../manifest';
import { CliError, ExitCode } from '../cli-error';
import { withoutPasswords } from '../git/credentials';
import { gitEnvironment } from '../git/git-environment';
import { RemoteUrl, remoteUrl } from '../git/remote-url';
import { postponeOptimizing } from '../optimizing';

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
  private publication?: Publication;

  constructor(private readonly options: PublishOptions) {
    this.interruption = new Interruption((line) => this.say(line));
  }

  public async go(): Promise<void> {
    requireAuthor(this.options.author);
    this.deadline = new Deadline(this.options.deadline, this.interruption.signal);
    // This runs while the manifest is read and checked.
    const finding = this.findSource();
    finding.catch(() => undefined);
    const optimize = postponeOptimizing();
    this.manifest = readManifestAlone(this.options.dist);
    const urls = redirected(this.manifest, this.options.remotes);
    const remotes = new Map(this.manifest.repositories.map(({ name }) => [name, remoteUrl(name, urls.get(name)!)]));
    const registries = registryUrls(this.manifest, urls);
    if (registries.size || this.options.dryRun) {
      // Git has little to do then.
      optimize();
    }
    // From here on git looks at the remotes, while the rendered files are looked for and read.
    const { opened, used } = await this.open(remotes);
    const locals = new Map(opened.map(({ repository, local }) => [repository, local]));
    const { repositories: desired, registries: all } = await readDesired(this.options.dist, this.manifest, (repository, branch, files) => {
      if (!this.options.dryRun) {
        // No secret reaches the disk before the check that refuses it.
        locals.get(repository)!.writeAhead(branch, files.filter(isHarmless).map(({ content }) => content));
      }
    });
    const artifacts = all.filter((one) => one.artifacts.length);
    refuseSharedBranches(desired, remotes);
    refuseSharedArtifacts(artifacts, registries);
    refuseExposures(this.manifest, desired, artifacts);
    this.source = await finding;
    requireCommit(this.source, this.options);
    // Loaded only now: git reads meanwhile.
    const later: typeof import('./publication') = createRequire(__filename)('./publication');
    this.publication = new later.Publication({
      options: this.options,
      manifest: this.manifest,
      source: this.source,
      desired,
      artifacts,
      registries,
      remotes: this.remotes!,
      opened,
      otherOrigins: used.flatMap(({ effective }) => effective.flatMap(({ origin }) => origin ?? [])),
      environment: this.environment,
      patience: this.patience,
    });
    await this.publication.run();
  }

  public async dispose(): Promise<void> {
    this.deadline?.dispose();
    await this.remotes?.dispose();
    this.interruption.dispose();
  }

  public report(failure: CliError | undefined): PublishReport {
    const repositories = this.publication?.repositories ?? [];
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
        ...this.publication?.warnings ?? [],
      ],
      notes: (this.publication?.notes ?? []).map((line) => this.redact(line)),
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

  private async findSource(): Promise<SourceCommit | undefined> {
    const { dist, sourceCommit: commit, sourceUrl: url, sourceDate: date } = this.options;
    return sourceCommit({ dist, commit, url, date, environment: this.environment, signal: this.interruption.signal });
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
