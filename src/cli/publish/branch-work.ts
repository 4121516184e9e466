import { BranchPlan, hasChanges, PlanContext } from './branch-plan';
import { ConfigProblems, configProblems } from './config-checks';
import { placeKey } from './delivered';
import { DesiredBranch } from './desired';
import { ownershipOfTarget } from './desired-ownership';
import { LossProblems, lossProblems } from './losses';
import { FoundRecord, Neighbourhood } from './neighbours';
import { planBranch } from './plan';
import { recordAt } from './record-at';
import { planRemoval, RemovalRequest } from './removal';
import { unchangedPlan } from './unchanged';
import { ownershipFileOf } from '../../manifest';
import { LiveBranch } from '../git/live-branch';

/** What is to be done to one branch. */
export interface BranchWork {
  readonly branch: string;
  /** The directories that the app publishes there, '' for the whole branch; none where it only takes something away. */
  readonly paths: readonly string[];
  /** Compares the branch, undefined where there is none, with what it is to be; undefined if `live` has to load more first. */
  plan(live: LiveBranch | undefined): BranchPlan | undefined;
  /** Does what comparing with a branch takes and needs nothing of it. */
  anticipate?(): void;
}

/** Brings a branch to what was rendered. */
export function publishing(desired: DesiredBranch, context: PlanContext): BranchWork {
  return {
    branch: desired.branch,
    paths: desired.targets.map(({ path }) => path),
    anticipate: () => desired.targets.forEach(({ files }) => files.forEach((file) => file.oid)),
    plan: (live) => (live && unchangedPlan(desired, live, context)) ?? closePlan(desired, live, context),
  };
}

/** Compares a branch in all that matters. */
export function closePlan(desired: DesiredBranch, live: LiveBranch | undefined, context: PlanContext): BranchPlan | undefined {
  const plan = planBranch(desired, live, context);
  if (!plan || !live) {
    return plan;
  }
  const problems = hasChanges(plan) ? problemsAround(desired, live, plan, context) : { refusals: [], warnings: [] };
  const losses = lossesOf(desired, plan, context);
  const elsewhere = hasLeft(plan, context) ? otherClusters(desired, live) : [];
  const dropped = droppedClusters(desired, live, plan, context);
  return live.missing.length ? undefined : {
    ...plan,
    elsewhere,
    doubts: losses.flatMap(({ doubts }) => doubts),
    refusals: [...plan.refusals, ...problems.refusals, ...losses.flatMap(({ refusals }) => refusals)],
    warnings: [...plan.warnings ?? [], ...problems.warnings, ...dropped],
  };
}

/** Config directories that were rendered together with those of now the last time, and are there still: nobody else would tell of them. */
function droppedClusters({ branch, targets }: DesiredBranch, live: LiveBranch, { former }: BranchPlan, { manifest }: PlanContext): string[] {
  const rendered = new Set(targets.map(({ path }) => path));
  const dropped = [...new Set(former.flatMap(({ ownership }) => ownership.beside ?? []))].filter((path) => !rendered.has(path));
  return dropped.flatMap((path) => {
    const record = recordAt(live, path);
    const files = record?.kind === 'ours' && record.ownership.app === manifest.app ? [...Object.keys(record.ownership.files), ownershipFileOf({ path })] : [];
    return files.length ? [
      `branch '${branch}', directory '${path}': was rendered together with the others and is not now, while Flux goes on applying it. ` +
      `If that cluster has left, delete ${files.map((file) => `'${file}'`).join(', ')} by hand; it is not told of again.`,
    ] : [];
  });
}

function lossesOf(desired: DesiredBranch, { former, removed }: BranchPlan, context: PlanContext): LossProblems[] {
  return former.map((one) => {
    const target = desired.targets.find(({ path }) => path === one.path)!;
    const own = removed.filter((path) => Object.hasOwn(one.ownership.files, path));
    const { doubts, refusals } = lossProblems({ target, former: one, removed: own }, context);
    const placed = (text: string) => `branch '${desired.branch}'${one.path && `, directory '${one.path}'`}: ${text}.`;
    return { doubts: doubts.map(({ commit, text }) => ({ commit, text: placed(text) })), refusals: refusals.map(placed) };
  });
}

/** Takes away what has left the app. */
export function removing(request: RemovalRequest, { manifest, overwrite }: PlanContext): BranchWork {
  return { branch: request.branch, paths: [], plan: (live) => planRemoval(request, live, { app: manifest.app!, overwrite }) };
}

/** Whether something of the app that config directories knew of is no longer delivered. */
function hasLeft({ former }: BranchPlan, { findings: { rendered } }: PlanContext): boolean {
  return former.some(({ ownership }) => ownership.delivered?.some((one) => !rendered.has(placeKey(one))));
}

function otherClusters(desired: DesiredBranch, live: LiveBranch): FoundRecord[] {
  const configs = desired.targets.filter(({ delivered }) => delivered);
  const known = new Set(configs.map(({ path }) => path));
  return configs.flatMap((target) => new Neighbourhood(live, target).elsewhere(known));
}

/** What config directories would break around them; only what changes can. */
function problemsAround(desired: DesiredBranch, live: LiveBranch, { former }: BranchPlan, context: PlanContext): ConfigProblems {
  const found = desired.targets.filter(({ delivered }) => delivered).map((target): ConfigProblems => {
    const ours = former.find(({ path }) => path === target.path)?.ownership;
    const { others, unlisted } = new Neighbourhood(live, target);
    const known = others.flatMap(({ record }) => record.kind === 'ours' ? [record.ownership] : []);
    const { refusals, warnings } = configProblems(ownershipOfTarget(target, ours, context), ours, known);
    const placed = (text: string) => `branch '${desired.branch}', directory '${target.path}', ${text}.`;
    return {
      refusals: [...refusals, ...unlisted.map(({ file, by }) => (
        `file '${file}': '${by}' beside it does not list it, so that Flux would pass it over. ` +
        "Delete that file, or add ours to 'resources' there and publish right after, for Flux cannot build the folder in between"
      ))].map(placed),
      warnings: [...warnings.map(placed), ...others.flatMap(({ file, record }) => record.kind === 'unreadable' ? [
        `branch '${desired.branch}', file '${file}': ${record.problem}, so that it is unknown whether its app delivers objects of ours. ${record.remedy}.`,
      ] : [])],
    };
  });
  return { refusals: found.flatMap(({ refusals }) => refusals), warnings: found.flatMap(({ warnings }) => warnings) };
}
