import { fastImportStream, CommitContext } from './commit';
import { DesiredBranch, DesiredRepository } from './desired';
import { BranchPlan, hasChanges, planBranch, PlanContext } from './plan';
import { BranchReport, RepositoryReport } from './report';
import { Patience, untilDeadline } from './retry';
import { nameClashes } from '../../manifest';
import { LiveBranch } from '../git/live-branch';
import { LocalRepository, OutgoingRef } from '../git/local-repository';
import { RemoteFault } from '../remote-fault';

/** Brings one repository to what was rendered. */
export class RepositoryPublisher {
  private plans: BranchPlan[] = [];
  /** Branches that are as they should be because of us, with what we did to them. */
  private readonly done = new Map<string, BranchReport>();
  /** What was pushed last, if we do not know whether it arrived. */
  private doubtful: OutgoingRef[] = [];
  private atomic = true;

  constructor(
    private readonly desired: DesiredRepository,
    private readonly url: string,
    private readonly local: LocalRepository,
    private readonly context: PlanContext & CommitContext,
    private readonly patience: Patience,
  ) {}

  public get name(): string {
    return this.desired.name;
  }

  /** Branches that make Flux read others are moved after those. */
  public get isConfig(): boolean {
    return this.desired.roles.has('config');
  }

  /** Why it cannot be done, as the repository was when last looked at. */
  public get refusals(): string[] {
    return this.plans.flatMap(({ refusals }) => refusals).map((text) => `repository '${this.name}', ${text}`);
  }

  /** What the user should know of how it was done. */
  public get warnings(): string[] {
    return this.atomic ? [] : [`repository '${this.name}': the remote does not support atomic pushes; its branches moved one by one.`];
  }

  /** Looks at the repository and decides what to do. */
  public async prepare(): Promise<void> {
    await untilDeadline(this.name, this.patience, async () => this.look());
  }

  /** Does it. Whoever was there in between makes us look and decide again, and what is found then may be refused: see `refusals`. */
  public async push(): Promise<void> {
    let stale = false;
    await untilDeadline(this.name, this.patience, async () => {
      if (stale) {
        await this.look();
      }
      stale = true;
      if (this.refusals.length === 0) {
        await this.pushOnce();
      }
    });
  }

  public report(): RepositoryReport {
    const branches = this.plans.map((plan) => this.done.get(plan.branch) ?? reportOf(plan));
    return { name: this.name, url: this.url, branches };
  }

  private async pushOnce(): Promise<void> {
    const plans = this.plans.filter(hasChanges);
    if (plans.length === 0) {
      return;
    }
    const commits = await this.local.importCommits(fastImportStream(plans, this.context));
    const refs = plans.map((plan, index) => ({ branch: plan.branch, commit: commits.get(index + 1)!, expected: plan.before }));
    this.patience.interruption.check();
    // One branch moves or does not, also where the remote cannot promise it for several.
    const atomic = this.atomic && refs.length > 1;
    const { moved, fault } = await this.patience.interruption.whilePushing(this.name, async () => this.local.push(refs, atomic));
    this.settle(fault ? refs.filter(({ branch }) => moved.includes(branch)) : refs);
    if (!fault) {
      return;
    } else if (fault.kind === 'not atomic' && this.atomic) {
      this.atomic = false;
      return this.pushOnce();
    }
    // Also what looks like somebody else's move may be ours: curl sends a request again when the connection breaks.
    this.doubtful = refs;
    throw new RemoteFault(fault.kind === 'unavailable' ? { ...fault, text: `${fault.text}; whether the push arrived shows when one looks again` } : fault);
  }

  /** Notes what has arrived. */
  private settle(refs: OutgoingRef[]): void {
    const plans = new Map(this.plans.map((plan) => [plan.branch, plan]));
    for (const { branch, commit } of refs) {
      this.done.set(branch, { ...reportOf(plans.get(branch)!), pushed: true, commit });
    }
  }

  private async look(): Promise<void> {
    const heads = await this.local.heads();
    const arrived = this.doubtful.filter(({ branch, commit }) => heads.get(branch) === commit);
    this.settle(this.atomic && arrived.length ? this.doubtful : arrived);
    this.doubtful = [];
    const clashes = this.clashes(heads);
    this.plans = await this.plan(heads);
    this.plans = this.plans.map((plan) => ({ ...plan, refusals: [...clashes.get(plan.branch) ?? [], ...plan.refusals] }));
  }

  /** Branches of the remote that keep new ones of ours from being made. */
  private clashes(heads: ReadonlyMap<string, string>): Map<string, string[]> {
    const fresh = new Set(this.desired.branches.map(({ branch }) => branch).filter((branch) => !heads.has(branch)));
    return new Map(nameClashes([...heads.keys(), ...fresh]).flatMap(({ one, other, kind }) => {
      const ours = [other, one].find((branch) => fresh.has(branch));
      const problem = kind === 'folder' ? 'one is a folder of the other' : 'they differ only in case';
      return ours === undefined ? [] : [[
        ours,
        [`branch '${ours}': cannot be made beside branch '${ours === one ? other : one}' of the remote: ${problem}. Deliver to another branch, or delete that one.`],
      ]];
    }));
  }

  private async plan(heads: ReadonlyMap<string, string>): Promise<BranchPlan[]> {
    const live = new Map(this.desired.branches.flatMap(({ branch }) => heads.has(branch) ? [[branch, new LiveBranch(heads.get(branch)!)]] : []));
    await this.local.fetchCommits([...new Set([...live.values()].map(({ tip }) => tip))]);
    const plans = new Map<string, BranchPlan>();
    for (let open: DesiredBranch[] = this.desired.branches; open.length;) {
      const incomplete = open.filter((desired) => {
        const plan = planBranch(desired, live.get(desired.branch), this.context);
        return plan ? !plans.set(desired.branch, plan) : true;
      });
      await this.load(incomplete.map(({ branch }) => live.get(branch)!));
      open = incomplete;
    }
    return this.desired.branches.map(({ branch }) => plans.get(branch)!);
  }

  /** Gets for all branches together what each lacks. */
  private async load(branches: LiveBranch[]): Promise<void> {
    const names = [...new Set(branches.flatMap(({ missing }) => missing))];
    if (names.length) {
      const objects = await this.local.read(names);
      const byName = new Map(names.map((name, index) => [name, objects[index]]));
      branches.forEach((branch) => branch.missing.forEach((name) => branch.take(name, byName.get(name))));
    }
  }
}

function reportOf(plan: BranchPlan): BranchReport {
  const { branch, before, added, changed, removed, adopted } = plan;
  const change = !hasChanges(plan) ? 'none' : before ? 'update' : 'create';
  return { branch, change, pushed: false, before, added, changed, removed, adopted };
}
