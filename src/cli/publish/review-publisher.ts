import { createRequire } from 'module';
import { fastImportStream, NewCommit } from './commit';
import { BranchPlan, hasChanges } from './plan';
import { PublisherContext, RepositoryPublisher, RepositoryWork } from './repository-publisher';
import { Patience } from './retry';
import { parseCommit } from '../git/git-objects';
import { HEADS, LocalRepository, OutgoingRef } from '../git/local-repository';
import { RemoteFault } from '../remote-fault';

/** How a request to merge is asked for. */
export enum ReviewRequest {
  /** By push options, as GitLab takes them; a host that does not is shown the branches alone. */
  PUSH_OPTIONS = 'push-options',
  /** By pushing to `refs/for/<branch>`, as Gitea, Forgejo and Gerrit take it, without a branch. */
  AGIT = 'agit',
  /** Not at all: branches alone. */
  NONE = 'none',
}

export interface Review {
  readonly name: string;
  readonly request: ReviewRequest;
}

/**
 * Brings what was rendered to review branches instead: each starts from the branch that it is for, so that a request to merge shows what
 * publishing would do. A review branch that is there already moves forward only, like any other.
 */
export class ReviewPublisher extends RepositoryPublisher {
  /** What the remote said, of how to open a request. */
  private readonly heard: string[] = [];
  private takesOptions = true;

  constructor(
    work: RepositoryWork, local: LocalRepository, context: PublisherContext, patience: Patience, private readonly review: Review,
  ) {
    super(work, local, context, patience);
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
    return this.review.request === ReviewRequest.AGIT ? `refs/for/${branch}` : `review/${this.review.name}/${branch}`;
  }

  protected override async pushOnce(): Promise<void> {
    const plans = this.plans.filter((plan) => hasChanges(plan) && !plan.deletes && !this.isImpossible(plan));
    const agit = this.review.request === ReviewRequest.AGIT;
    const reviews = plans.map(({ branch }) => agit ? undefined : this.heads.get(this.nameOf(branch)));
    await this.local.fetchCommits(reviews.flatMap((tip) => tip ?? []));
    const { changesAsText, diffOf }: typeof import('../diff') = createRequire(__filename)('../diff');
    const contents = new Map((await this.contents()).map((one) => [one.branch, one]));
    const commits = plans.map((plan, index): NewCommit => ({
      parents: [...new Set([plan.before, reviews[index]].flatMap((parent) => parent ?? []))],
      fresh: plan.before === undefined,
      message: this.messageWith(changesAsText(diffOf(contents.get(plan.branch)!.before, contents.get(plan.branch)!.after), false).join('\n')),
      removed: plan.removed,
      writes: plan.writes,
    }));
    const made = await this.local.importCommits(fastImportStream(commits, this.context.signature));
    const refs = plans.map(({ branch }, index): OutgoingRef => ({
      ref: agit ? this.nameOf(branch) : HEADS + this.nameOf(branch), commit: made.get(index + 1), expected: reviews[index],
    }));
    const fresh = await this.withNews(refs, plans);
    // Options are for all that is pushed with them, and each branch has a target of its own.
    const pushes = this.review.request === ReviewRequest.NONE ? [fresh].filter(({ length }) => length) : fresh.map((ref) => [ref]);
    for (const push of pushes) {
      await this.pushReview(push, this.review.request === ReviewRequest.NONE ? undefined : plans[refs.indexOf(push[0])].branch);
    }
  }

  /** Without those that would change nothing on their review branch. */
  private async withNews(refs: OutgoingRef[], plans: BranchPlan[]): Promise<OutgoingRef[]> {
    const objects = await this.local.read(refs.flatMap(({ commit, expected }) => expected ? [commit!, expected] : []));
    const commits = new Map(objects.flatMap((object) => object ? [[object.oid, parseCommit(object)]] : []));
    return refs.filter(({ commit, expected }, index) => {
      const [ours, theirs] = [commits.get(commit!), commits.get(expected ?? '')];
      const base = plans[index].before;
      const same = ours && theirs && ours.tree === theirs.tree && (base === undefined || theirs.parents.includes(base));
      if (same) {
        this.settleReview(plans[index], expected!);
      }
      return !same;
    });
  }

  private async pushReview(refs: OutgoingRef[], target: string | undefined): Promise<void> {
    this.patience.interruption.check();
    const options = this.takesOptions && target !== undefined ? optionsFor(this.review, target) : [];
    const atomic = refs.length > 1 && this.atomic;
    const { fault, said } = await this.patience.interruption.whilePushing(this.name, async () => this.local.push(refs, atomic, options));
    if (fault && options.length && /push options/.test(said)) {
      this.takesOptions = false;
      return this.pushReview(refs, target);
    } else if (fault) {
      throw new RemoteFault(fault);
    }
    this.heard.push(...remarks(said));
    const plans = new Map(this.plans.flatMap((plan) => [this.nameOf(plan.branch), HEADS + this.nameOf(plan.branch)].map((ref) => [ref, plan])));
    refs.forEach(({ ref, commit }) => this.settleReview(plans.get(ref)!, commit!));
  }

  private settleReview(plan: BranchPlan, commit: string): void {
    this.done.set(plan.branch, { ...this.reportOf(plan), pushed: true, commit, review: this.nameOf(plan.branch) });
  }

  private isImpossible({ before }: BranchPlan): boolean {
    return this.review.request === ReviewRequest.AGIT && before === undefined;
  }
}

function optionsFor({ name, request }: Review, target: string): string[] {
  switch (request) {
    case ReviewRequest.PUSH_OPTIONS:
      return ['merge_request.create', `merge_request.target=${target}`, `merge_request.title=${name}: ${target}`];
    case ReviewRequest.AGIT:
      // The request's own head is replaced, no branch: it starts from the branch anew each time.
      return [`topic=${name}`, `title=${name}: ${target}`, 'force-push=true'];
    case ReviewRequest.NONE:
      return [];
  }
}

/** What a person is to read of the remote's answer. */
function remarks(answer: string): string[] {
  return [...answer.matchAll(/^remote: *(.*\S)\s*$/gm)].map(([, text]) => text.replace(/[\u0000-\u001f\u007f]+/g, ' ')).slice(0, 20);
}
