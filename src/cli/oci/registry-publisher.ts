import { ArtifactContent, ArtifactContext, buildArtifact, contentOf } from './artifact';
import { ArtifactPlan, ArtifactPlanContext, planArtifact } from './artifact-plan';
import { inParallel } from './in-parallel';
import { readLive } from './live-artifact';
import { pullArtifact } from './pull';
import { RegistryClient } from './registry-client';
import { repositoryOf } from './registry-url';
import { CliError, combined, ExitCode } from '../cli-error';
import { BranchContents } from '../publish/contents';
import { DesiredArtifact, DesiredRegistry } from '../publish/desired';
import { ArtifactReport, RepositoryReport } from '../publish/report';
import { attemptsUntilDeadline, Patience } from '../publish/retry';
import { RemoteFault } from '../remote-fault';

const AT_A_TIME = 8;
// A tag is moved by one request, and another one looks at it; after that long it is not known whether it has moved.
const LONGEST_MOVE = 60_000;

export interface RegistryPublisherOptions extends ArtifactContext {
  readonly adopt: boolean;
  readonly overwrite: boolean;
  /** Knows which source commit is newer. */
  readonly guard: ArtifactPlanContext['guard'];
}

/** One tag on its way. */
interface Work {
  readonly desired: DesiredArtifact;
  /** The name by which the registry knows the artifact. */
  readonly repository: string;
  content?: ArtifactContent;
  plan?: ArtifactPlan;
  /** The digest that the tag points at because of us, with what was done to it. */
  done?: ArtifactReport;
  /** The digest that was pushed last, if it is not known whether it arrived. */
  doubtful?: string;
}

/** Brings the artifacts of one registry to what was rendered: each tag for itself, for registries know no transactions. */
export class RegistryPublisher {
  /** Nothing there makes Flux read something else. */
  public readonly isConfig = false;
  public readonly warnings: string[] = [];
  private readonly works: Work[];
  private readonly planContext: ArtifactPlanContext;

  /** @throws CliError if an artifact has a name that no registry takes */
  constructor(
    private readonly desired: DesiredRegistry,
    private readonly client: RegistryClient,
    private readonly options: RegistryPublisherOptions,
    private readonly patience: Patience,
  ) {
    this.works = desired.artifacts.map((one) => {
      const repository = repositoryOf(desired.name, client.registry, one.artifact, one.tag);
      return { desired: one, repository };
    });
    this.planContext = { ...options, app: options.manifest.app! };
  }

  public get name(): string {
    return this.desired.name;
  }

  /** Why it cannot be done, as the tags were when last looked at. */
  public get refusals(): string[] {
    return this.works.flatMap((work) => work.plan?.refusal === undefined ? [] : [`${this.nameOf(work)}: ${work.plan.refusal}`]);
  }

  /** Looks at the tags and decides what to do. */
  public async prepare(): Promise<void> {
    await this.each(async (work) => {
      work.content = await contentOf(work.desired.files);
      await this.attempts(work, async () => this.look(work));
    });
  }

  /** Does it. Whoever was there in between makes us look and decide again, and what is found then may be refused: see `refusals`. */
  public async push(): Promise<void> {
    await this.each(async (work) => {
      let stale = false;
      await this.attempts(work, async () => {
        if (stale) {
          await this.look(work);
        }
        stale = true;
        if (work.plan!.refusal === undefined && work.plan!.change !== 'none') {
          await this.pushOnce(work);
        }
      });
    });
  }

  /** The files that change in each tag; those that would be refused are not looked into. */
  public async contents(): Promise<BranchContents[]> {
    const contents: BranchContents[] = [];
    await this.each(async (work) => {
      const { plan, repository, desired: { artifact, tag, files } } = work;
      if (plan!.refusal === undefined && plan!.change !== 'none') {
        const live = plan!.change === 'update' ? await this.filesAt(repository, tag, plan!.adopted) : new Map<string, Buffer>();
        const fresh = new Map(files.map(({ path, content }) => [path, content]));
        const isNews = ([path, content]: [string, Buffer]) => !(live.get(path)?.equals(content) && fresh.get(path)?.equals(content));
        const [before, after] = [live, fresh].map((all) => new Map([...all].filter(isNews)));
        contents.push({ branch: `${artifact}/${tag}`, change: plan!.change, before, after, former: [], left: false });
      }
    });
    return contents.sort((one, other) => one.branch < other.branch ? -1 : 1);
  }

  public report(): RepositoryReport {
    const artifacts = this.works.flatMap((work) => work.done ?? (work.plan ? [reportOf(work, work.plan)] : []));
    return { name: this.name, url: this.client.registry.url, branches: [], artifacts };
  }

  /** What somebody else has put there may be nothing that Flux could read. */
  private async filesAt(repository: string, tag: string, isForeign: boolean): Promise<Map<string, Buffer>> {
    let files = new Map<string, Buffer>();
    await attemptsUntilDeadline(`registry '${this.name}', artifact '${repository}:${tag}'`, this.patience, async () => {
      try {
        files = (await pullArtifact(this.client, repository, tag))?.files ?? files;
      } catch (error) {
        if (!isForeign || !(error instanceof RemoteFault) || error.fault.kind !== 'fatal') {
          throw error;
        }
      }
    });
    return files;
  }

  private async look(work: Work): Promise<void> {
    const live = readLive(await this.client.manifest(work.repository, work.desired.tag), this.client.registry.host);
    if (live.kind !== 'absent' && live.digest === work.doubtful) {
      this.settle(work, live.digest);
    } else if (work.done && (live.kind === 'absent' || live.digest !== work.done.digest)) {
      work.done = undefined;
    }
    work.doubtful = undefined;
    work.plan = await planArtifact(work.content!, live, this.planContext);
  }

  private async pushOnce(work: Work): Promise<void> {
    const { desired: { tag, exceptions }, repository } = work;
    const { blobs, manifest, digest } = buildArtifact(work.content!, exceptions, this.options);
    for (const blob of blobs) {
      await this.client.putBlob(repository, blob);
    }
    // Registries have no compare-and-swap: looking this late leaves others the shortest time.
    if ((await this.client.manifest(repository, tag))?.digest !== work.plan!.before) {
      throw moved('somebody else has moved the tag');
    }
    this.patience.interruption.check();
    await this.patience.interruption.whilePushing(this.name, async () => {
      const signal = AbortSignal.timeout(LONGEST_MOVE);
      work.doubtful = digest;
      try {
        await this.client.putManifest(repository, tag, manifest, signal);
      } catch (error) {
        throw error instanceof RemoteFault && error.fault.kind === 'unavailable'
          ? new RemoteFault({ ...error.fault, text: `${error.message}; whether the push arrived shows when one looks again` }) : error;
      }
      const live = await this.client.manifest(repository, tag, signal);
      if (live?.digest !== digest) {
        throw moved('somebody else has moved the tag at the same time');
      }
      this.settle(work, digest);
    });
  }

  private settle(work: Work, digest: string): void {
    work.doubtful = undefined;
    work.done = { ...reportOf(work, work.plan!), pushed: true, digest };
  }

  private async attempts(work: Work, attempt: () => Promise<void>): Promise<void> {
    await attemptsUntilDeadline(this.nameOf(work), this.patience, attempt);
  }

  private async each(act: (work: Work) => Promise<void>): Promise<void> {
    const errors = await inParallel(this.works, AT_A_TIME, act);
    const unexpected = errors.find((error) => !(error instanceof CliError));
    if (unexpected) {
      throw unexpected;
    } else if (errors.length) {
      throw combined(errors as CliError[]);
    }
  }

  private nameOf({ desired: { artifact, tag } }: Work): string {
    return `registry '${this.name}', artifact '${artifact}:${tag}'`;
  }
}

function moved(text: string): RemoteFault {
  return new RemoteFault({ kind: 'moved', exitCode: ExitCode.REMOTE, text });
}

function reportOf({ desired: { artifact, tag, files } }: Work, { change, before, adopted }: ArtifactPlan): ArtifactReport {
  return { artifact, tag, change, pushed: false, before, files: files.length, adopted };
}
