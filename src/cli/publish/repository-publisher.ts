import { branchClashes } from './branch-clashes';
import { BranchPlan, changeOf, hasChanges, RunFindings } from './branch-plan';
import { BranchWork } from './branch-work';
import { CommitContext, commitMessage, makeCommits } from './commit';
import { BranchContents, contentsOf } from './contents';
import { judge } from './judgement';
import { load, plansOf } from './live-branches';
import { NewestGuard } from './newest-guard';
import { targetKey } from './newest-sources';
import { writeOwnership } from './ownership';
import { BranchReport, RepositoryReport } from './report';
import { Patience, untilDeadline } from './retry';
import { SourcesRef } from './sources-ref';
import { ownershipFileOf } from '../../manifest';
import { NewCommit } from '../git/commit-import';
import { LiveBranch } from '../git/live-branch';
import { LocalRepository } from '../git/local-repository';
import { HEADS, OutgoingRef } from '../git/outgoing';
import { RemoteFault } from '../remote-fault';

/** What publishers have in common. */
export interface PublisherContext extends CommitContext {
  readonly guard: NewestGuard;
  readonly findings: RunFindings;
  /** Whether nothing is to be committed. */
  readonly dryRun: boolean;
}

/** What one publisher is to do. */
export interface RepositoryWork {
  readonly name: string;
  readonly url: string;
  /** Repositories that make Flux read others are moved after those. */
  readonly isConfig: boolean;
  readonly branches: readonly BranchWork[];
  /** Tags of artifacts whose newest source commits are kept here, too. */
  readonly artifacts: readonly string[];
}

/** Brings one repository to what was rendered. */
export class RepositoryPublisher {
  protected plans: BranchPlan[] = [];
  /** The branches as they were when last looked at. */
  private live: ReadonlyMap<string, LiveBranch> = new Map();
  /** Branches that are as they should be because of us, with what we did to them. */
  protected readonly done = new Map<string, BranchReport>();
  /** What was to be said of these branches. */
  private readonly said = new Map<string, readonly string[]>();
  /** What was pushed last, if we do not know whether it arrived. */
  private doubtful: OutgoingRef[] = [];
  protected atomic = true;
  /** By branch or artifact, why the commit at hand keeps us from it. */
  private judgement: ReadonlyMap<string, string> = new Map();
  private readonly sources: SourcesRef;
  protected heads: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly work: RepositoryWork,
    protected readonly local: LocalRepository,
    protected readonly context: PublisherContext,
    protected readonly patience: Patience,
  ) {
    const targets = [...work.branches.flatMap(({ branch, paths }) => paths.map((path) => targetKey(branch, path))), ...work.artifacts];
    this.sources = new SourcesRef(work.name, { ...context, targets });
  }

  public get name(): string {
    return this.work.name;
  }

  public get isConfig(): boolean {
    return this.work.isConfig;
  }

  /** Why it cannot be done, as the repository was when last looked at. */
  public get refusals(): string[] {
    return [...this.plans.flatMap(({ refusals }) => refusals), ...this.judgement.values()]
      .map((text) => `repository '${this.name}', ${text}`);
  }

  /** What the user should know of how it was done. */
  public get warnings(): string[] {
    return [
      ...this.atomic || this.plans.length < 2 ? [] : [`repository '${this.name}': the remote does not support atomic pushes; its branches moved one by one.`],
      ...this.plans.flatMap(({ branch, warnings = [] }) => this.said.get(branch) ?? warnings).map((text) => `repository '${this.name}', ${text}`),
    ];
  }

  /** What the remote has to say to the user. */
  public get notes(): string[] {
    return [];
  }

  /** What it is about to do, as the repository was when last looked at. */
  public get branchPlans(): readonly BranchPlan[] {
    return this.plans;
  }

  /** Has the records of the config directories say what the newest source commits are, where the remote takes no ref. */
  public recordSources(): void {
    if (this.context.findings.sources.has(this.name)) {
      this.sources.recordElsewhere(this.branches);
    }
  }

  /** Whether a ref says what the newest source commits are. */
  public get hasSourcesRef(): boolean {
    return this.sources.tip !== undefined;
  }

  /** Looks at the repository and decides what to do. */
  public async prepare(): Promise<void> {
    await untilDeadline(this.name, this.patience, async () => this.look());
  }

  /** Compares with what was published last, once all that says what that was has been read. */
  public async judge(): Promise<void> {
    const { branches: works, artifacts } = this.work;
    this.judgement = await judge({ plans: this.plans, works, artifacts, sources: this.sources }, this.context.guard);
    this.plans.forEach((plan) => this.rewind(plan));
  }

  /** Has the records name the commit that one goes back to, also where nothing else changes: they would keep the next one from being published. */
  private rewind({ writes, changed, removed, former }: BranchPlan): void {
    for (const { path, ownership, source } of former) {
      const file = ownershipFileOf({ path });
      if (source && !writes.has(file) && !removed.includes(file) && this.context.guard.goesBackBehind(source)) {
        writes.set(file, writeOwnership(ownership, this.context.source));
        changed.push(file);
      }
    }
  }

  /** Finds out what a push would find out beyond that, in a dry run. */
  public async compare(): Promise<void> {
    // All of it stands in the plans.
  }

  /** Does it. Whoever was there in between makes us look and decide again, and what is found then may be refused: see `refusals`. */
  public async push({ again = false } = {}): Promise<void> {
    this.recordSources();
    let stale = again || this.isConfig && this.context.findings.sources.size > 0;
    await untilDeadline(this.name, this.patience, async () => {
      if (stale) {
        await this.look();
        await this.judge();
      }
      stale = true;
      if (this.refusals.length === 0) {
        await this.pushOnce();
      }
    });
  }

  /** The files that change on each branch, as they are and as they will be. */
  public async contents(): Promise<BranchContents[]> {
    return untilDeadline(this.name, this.patience, async () => {
      const all = () => this.plans.map((plan, index) => contentsOf(plan, this.work.branches[index], this.live.get(plan.branch)));
      all();
      await load([...this.live.values()], this.local);
      return all().map((contents) => contents!);
    });
  }

  public report(): RepositoryReport {
    const branches = this.plans.map((plan) => this.done.get(plan.branch) ?? this.reportOf(plan));
    return { name: this.name, url: this.work.url, branches };
  }

  protected async pushOnce(): Promise<void> {
    const plans = this.plans.filter(hasChanges);
    const sources = this.sources.next(this.branches);
    const message = this.messageWith();
    const commits: NewCommit[] = plans.filter(({ deletes }) => !deletes).map((plan) => ({
      parents: plan.before ? [plan.before] : [], message, removed: plan.removed, writes: plan.writes,
    }));
    if (plans.length === 0 && !sources) {
      return;
    }
    commits.push(...sources ? [sources] : []);
    this.patience.phase({ repository: this.name, phase: 'writing', count: commits.length });
    const made = await makeCommits(commits, this.context, this.local);
    const refs: OutgoingRef[] = plans.map(({ branch, before, deletes }) => (
      { ref: HEADS + branch, commit: deletes ? undefined : made.shift(), expected: before }
    ));
    const sourcesMove = sources && { ref: this.sources.name, commit: made.shift(), expected: this.sources.tip };
    // Alone and first where not all can move at once, so that no older build overtakes us in between.
    const moves = this.atomic ? [[...refs, ...sourcesMove ? [sourcesMove] : []]] : [sourcesMove ? [sourcesMove] : [], refs];
    for (const some of moves.filter(({ length }) => length)) {
      if (!await this.move(some)) {
        return this.pushOnce();
      }
    }
  }

  /** Whether refs have moved; false if they may in another way. */
  private async move(refs: OutgoingRef[]): Promise<boolean> {
    this.patience.interruption.check();
    this.patience.phase({ repository: this.name, phase: 'pushing', count: refs.length });
    // One ref moves or does not, also where the remote cannot promise it for several.
    const atomic = this.atomic && refs.length > 1;
    const { moved, rejected, fault } = await this.patience.interruption.whilePushing(this.name, async () => this.local.push(refs, atomic));
    this.settle(fault ? refs.filter(({ ref }) => moved.includes(ref)) : refs);
    if (!fault) {
      return true;
    } else if (fault.kind === 'not atomic' && this.atomic) {
      this.atomic = false;
      return false;
    } else if (fault.kind === 'fatal' ? this.sources.isRefused(rejected) : this.sources.isHidden(rejected)) {
      this.sources.recordElsewhere(this.branches);
      if (this.isConfig) {
        await this.look();
        await this.judge();
      }
      return false;
    }
    // Also what looks like somebody else's move may be ours: curl sends a request again when the connection breaks.
    this.doubtful = refs;
    throw new RemoteFault(fault.kind === 'unavailable'
      ? { ...fault, text: `${fault.text}; whether the push arrived shows when one looks again` } : fault);
  }

  /** Those of the remote, and ours. */
  private get branches(): Set<string> {
    return new Set([...this.heads.keys(), ...this.plans.map(({ branch }) => branch)]);
  }

  protected messageWith(description?: string): string {
    return commitMessage(this.context, description);
  }

  /** What a branch is called on the remote. */
  protected nameOf(branch: string): string {
    return branch;
  }

  /** Notes what has arrived. */
  private settle(refs: OutgoingRef[]): void {
    const plans = new Map(this.plans.map((plan) => [HEADS + plan.branch, plan]));
    for (const { ref, commit } of refs) {
      const plan = plans.get(ref);
      if (plan) {
        const before = this.done.get(plan.branch);
        this.said.set(plan.branch, [...new Set([...this.said.get(plan.branch) ?? [], ...plan.warnings ?? []])]);
        this.done.set(plan.branch, before ? { ...before, commit } : { ...this.reportOf(plan), pushed: true, commit });
      }
    }
  }

  protected reportOf(plan: BranchPlan): BranchReport {
    const { branch, before, added, changed, removed, adopted, former } = plan;
    const overwritten = adopted.filter((path) => former.some(({ ownership }) => Object.hasOwn(ownership.files, path)));
    return { branch, change: changeOf(plan), pushed: false, before, added, changed, removed, adopted, overwritten };
  }

  protected async look(): Promise<void> {
    this.patience.phase({ repository: this.name, phase: 'reading', count: this.work.branches.length });
    const refs = await this.local.refs([this.sources.name], () => this.work.branches.forEach((work) => work.anticipate?.()));
    const arrived = this.doubtful.filter(({ ref, commit }) => refs.get(ref) === commit);
    this.settle(this.atomic && arrived.length ? this.doubtful : arrived);
    this.doubtful = [];
    const noted = refs.get(this.sources.name);
    this.heads = new Map([...refs].flatMap(([ref, tip]) => ref.startsWith(HEADS) ? [[ref.slice(HEADS.length), tip]] : []));
    const known = this.work.branches.filter(({ branch }) => this.heads.has(branch));
    const live = this.live = new Map(known.map(({ branch }) => [branch, new LiveBranch(this.heads.get(branch)!)]));
    await this.local.fetchCommits([...new Set([...[...live.values()].map(({ tip }) => tip), ...noted ? [noted] : []])]);
    this.sources.read(noted, noted ? (await this.local.read([noted]))[0] : undefined);
    this.patience.phase({ repository: this.name, phase: 'comparing', count: this.work.branches.length });
    const names = this.work.branches.map(({ branch }) => this.nameOf(branch));
    const clashes = branchClashes([...this.heads.keys()], names, (branch) => this.clashRemedy(branch));
    const plans = await plansOf(this.work.branches, live, this.local);
    this.writeAhead(plans);
    this.plans = plans.map((plan) => ({ ...plan, refusals: [...clashes.get(this.nameOf(plan.branch)) ?? [], ...plan.refusals] }));
  }

  /** Has git begin with what new branches are to hold, while others are still asked. */
  private writeAhead(plans: readonly BranchPlan[]): void {
    if (!this.context.dryRun) {
      plans.forEach(({ branch, writes }) => this.local.writeAhead(branch, [...writes.values()]));
    }
  }

  /** @param _branch of the remote, which keeps one of ours from being made */
  protected clashRemedy(_branch: string): string {
    return 'Deliver to another branch, or delete that one';
  }
}
