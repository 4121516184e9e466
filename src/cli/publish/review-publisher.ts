import { BranchPlan, hasChanges } from './branch-plan';
import { makeCommits } from './commit';
import { BranchReport } from './report';
import { PublisherContext, RepositoryPublisher, RepositoryWork } from './repository-publisher';
import { Patience, untilDeadline } from './retry';
import { Review, ReviewRequest } from './review';
import { ExitCode } from '../cli-error';
import { NewCommit } from '../git/commit-import';
import { CommitObject, parseCommit } from '../git/git-objects';
import { LocalRepository } from '../git/local-repository';
import { HEADS, OutgoingRef } from '../git/outgoing';
import { RemoteFault } from '../remote-fault';

/** Where hosts with AGit take requests; none of them has a ref there. */
const AGIT_REFS = 'refs/for/';

/** What the branches for review begin with. */
const REVIEW_BRANCHES = 'review/';

/** What publishing would do to the objects of each branch of a repository, as text. */
export type Describe = (repository: string) => Promise<ReadonlyMap<string, string>>;

/** A commit for review, and what it brings. */
interface ReviewMove {
  readonly plan: BranchPlan;
  readonly ref: OutgoingRef;
}

/**
 * Brings what was rendered to review branches instead: each starts from the branch that it is for, so that a request to merge shows what
 * publishing would do. A review branch that is there already moves forward only, like any other. Each app has its own, also for a branch that
 * apps share: what it holds is made of the branch that it is for and of this app alone.
 */
export class ReviewPublisher extends RepositoryPublisher {
  /** What the remote said, of how to open a request. */
  private readonly heard: string[] = [];
  private takesOptions = true;
  /** Whether a push showed that the host makes requests of what is pushed to `refs/for/`. */
  private takesAgit = false;
  /** Why review branches are not ours to go on with. */
  private strangers: string[] = [];
  /** Commits that may have arrived though the answer was lost. */
  private readonly tried = new Set<string>();

  constructor(
    work: RepositoryWork, local: LocalRepository, context: PublisherContext, patience: Patience,
    private readonly review: Review, private readonly describe: Describe,
  ) {
    super(work, local, context, patience);
  }

  public override get refusals(): string[] {
    return [...super.refusals, ...this.strangers];
  }

  public override get warnings(): string[] {
    return [...super.warnings, ...this.plans.filter((plan) => hasChanges(plan) && this.isImpossible(plan)).map(({ branch }) => (
      `repository '${this.name}', branch '${branch}': is not there yet, so that no request to merge into it can be opened. Publish it once without --review`
    ))];
  }

  public override get notes(): string[] {
    return this.heard.map((line) => `repository '${this.name}': the remote says: ${line}`);
  }

  /** The branch for review of a branch. */
  protected override nameOf(branch: string): string {
    return this.isAgit ? AGIT_REFS + branch : `${REVIEW_BRANCHES}${this.review.name}/${this.context.manifest.app}/${branch}`;
  }

  protected override clashRemedy(branch: string): string {
    const otherName = branch.toLowerCase().startsWith(REVIEW_BRANCHES) ? ', give --review another name' : '';
    return `Rename '${branch}' there${otherName}, or publish with --review-request agit where the host takes that, which needs no branch`;
  }

  protected override async look(): Promise<void> {
    await super.look();
    if (this.isAgit) {
      const [ref] = await this.realRefs();
      if (ref !== undefined) {
        throw noAgit(`has a ref '${ref}', where a host with AGit would have none. Delete it there, and publish`);
      }
    } else {
      await this.findStrangers();
    }
  }

  public override async compare(): Promise<void> {
    await untilDeadline(this.name, this.patience, async () => {
      await this.moves();
    });
  }

  protected override async pushOnce(): Promise<void> {
    const moves = await this.moves();
    // Options are for all that is pushed with them, and each branch has a target of its own.
    const isAsked = this.review.request !== ReviewRequest.NONE;
    const pushes = isAsked ? moves.map((move) => [move]) : [moves].filter(({ length }) => length);
    for (const push of pushes) {
      await this.pushReview(push.map(({ ref }) => ref), isAsked ? push[0].plan.branch : undefined);
    }
  }

  protected override reportOf(plan: BranchPlan): BranchReport {
    return { ...super.reportOf(plan), ...hasChanges(plan) && !this.isImpossible(plan) && { review: this.nameOf(plan.branch) } };
  }

  /** What is to move, without what would change nothing on its review branch. */
  private async moves(): Promise<ReviewMove[]> {
    const plans = this.plans.filter((plan) => hasChanges(plan) && !plan.deletes && !this.isImpossible(plan));
    if (plans.length === 0) {
      return [];
    }
    const reviews = plans.map((plan) => this.tipOf(plan));
    const texts = await this.describe(this.name);
    const commits = plans.map((plan, index): NewCommit => ({
      parents: [...new Set([plan.before, reviews[index]].flatMap((parent) => parent ?? []))],
      fresh: plan.before === undefined,
      message: this.messageWith(texts.get(plan.branch)),
      removed: plan.removed,
      writes: plan.writes,
    }));
    const made = await makeCommits(commits, this.context, this.local);
    return this.withNews(plans.map((plan, index): ReviewMove => {
      const name = this.nameOf(plan.branch);
      return { plan, ref: { ref: this.isAgit ? name : HEADS + name, commit: made[index], expected: reviews[index] } };
    }));
  }

  private async withNews(moves: ReviewMove[]): Promise<ReviewMove[]> {
    const commits = await this.commits(moves.flatMap(({ ref: { commit, expected } }) => expected ? [commit!, expected] : []));
    return moves.filter(({ plan, ref: { commit, expected } }) => {
      const [ours, theirs] = [commits.get(commit!), commits.get(expected ?? '')];
      const same = ours && theirs && ours.tree === theirs.tree && (plan.before === undefined || theirs.parents.includes(plan.before));
      if (same && this.tried.has(expected!)) {
        this.settleReview(plan, expected!);
      } else if (same) {
        this.done.set(plan.branch, { ...this.reportOf(plan), change: 'none', commit: expected, added: [], changed: [], removed: [] });
      }
      return !same;
    });
  }

  private async pushReview(refs: OutgoingRef[], target: string | undefined): Promise<void> {
    this.patience.interruption.check();
    const options = this.takesOptions && target !== undefined ? optionsFor(this.review, this.context.manifest.app!, target) : [];
    const atomic = refs.length > 1 && this.atomic;
    refs.forEach(({ commit }) => this.tried.add(commit!));
    const { moved, fault, said } = await this.patience.interruption.whilePushing(this.name, async () => this.local.push(refs, atomic, options));
    if (fault && options.length && /push options/.test(said)) {
      this.takesOptions = false;
      return this.pushReview(refs, target);
    } else if (fault?.kind === 'not atomic' && atomic) {
      this.atomic = false;
      return this.pushReview(refs, target);
    }
    if (!fault && this.isAgit && !this.takesAgit) {
      await this.mustHaveTaken(refs[0]);
    }
    const plans = new Map(this.plans.flatMap((plan) => [this.nameOf(plan.branch), HEADS + this.nameOf(plan.branch)].map((ref) => [ref, plan])));
    refs.filter(({ ref }) => !fault || moved.includes(ref)).forEach(({ ref, commit }) => this.settleReview(plans.get(ref)!, commit!));
    if (fault) {
      throw new RemoteFault(fault);
    }
    this.heard.push(...remarks(said));
  }

  /** A host without AGit keeps what is pushed to `refs/for/` as a ref like any other, and says that all is well. */
  private async mustHaveTaken(made: OutgoingRef): Promise<void> {
    if ((await this.realRefs()).includes(made.ref)) {
      const { fault } = await this.local.push([{ ref: made.ref, expected: made.commit }], false);
      throw noAgit(`made a ref '${made.ref}' of what was pushed, and no request to merge. ${fault ? 'Delete it there, and publish' : 'It was deleted again. Publish'}`);
    }
    this.takesAgit = true;
  }

  /** Those of the remote's refs that no host with AGit would have. */
  private async realRefs(): Promise<string[]> {
    const asked = this.plans.map(({ branch }) => this.nameOf(branch));
    const refs = await this.local.refs(asked);
    return asked.filter((ref) => refs.has(ref));
  }

  /** Looks for review branches where somebody committed: ours would take that back. */
  private async findStrangers(): Promise<void> {
    const plans = this.plans.filter((plan) => hasChanges(plan) && this.tipOf(plan));
    const tips = plans.map((plan) => this.tipOf(plan)!);
    await this.local.fetchCommits([...new Set(tips)]);
    const commits = this.review.overwrite ? undefined : await this.commits(tips);
    const { app } = this.context.manifest;
    const theirs = plans.filter(({ before }, index) => commits && tips[index] !== before && !isMadeBy(app!, commits.get(tips[index])!));
    this.strangers = theirs.map(({ branch }) => (
      `repository '${this.name}', branch '${this.nameOf(branch)}': its newest commit was not made by app '${app}', and would be taken back. ` +
      'Delete that branch, give --review another name, or take it back with --overwrite.'
    ));
  }

  private async commits(ids: string[]): Promise<Map<string, CommitObject>> {
    const objects = ids.length ? await this.local.read(ids) : [];
    return new Map(objects.flatMap((object) => object ? [[object.oid, parseCommit(object)]] : []));
  }

  /** The commit that the review branch of a branch is at. */
  private tipOf({ branch }: BranchPlan): string | undefined {
    return this.isAgit ? undefined : this.heads.get(this.nameOf(branch));
  }

  private get isAgit(): boolean {
    return this.review.request === ReviewRequest.AGIT;
  }

  private settleReview(plan: BranchPlan, commit: string): void {
    this.done.set(plan.branch, { ...this.reportOf(plan), pushed: true, commit });
  }

  private isImpossible({ before }: BranchPlan): boolean {
    return this.isAgit && before === undefined;
  }
}

function optionsFor({ name, request }: Review, app: string, target: string): string[] {
  const title = `${name}, ${app}: ${target}`;
  switch (request) {
    case ReviewRequest.PUSH_OPTIONS:
      return ['merge_request.create', `merge_request.target=${target}`, `merge_request.title=${title}`];
    case ReviewRequest.AGIT:
      // The request's own head is replaced, no branch: it starts from the branch anew each time.
      return [`topic=${name}/${app}`, `title=${title}`, 'force-push=true'];
    case ReviewRequest.NONE:
      return [];
  }
}

/** What a person is to read of the remote's answer. */
function remarks(answer: string): string[] {
  return [...answer.matchAll(/^remote: *(.*\S)\s*$/gm)].map(([, text]) => text.replace(/[\u0000-\u001f\u007f]+/g, ' ')).slice(0, 20);
}

/** By its last paragraph, which holds the trailers. */
function isMadeBy(app: string, { message }: CommitObject): boolean {
  return message.toString().trimEnd().split('\n\n').pop()!.split('\n').includes(`App: ${app}`);
}

function noAgit(text: string): RemoteFault {
  return new RemoteFault({
    kind: 'fatal', exitCode: ExitCode.REMOTE, text: `the remote takes no AGit requests: it ${text} with --review-request push-options.`,
  });
}
