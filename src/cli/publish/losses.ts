import { FormerTarget, PlanContext } from './branch-plan';
import { placeKey } from './delivered';
import { DesiredTarget } from './desired';
import { withoutUserInfo } from '../../git';

/** What a directory is about to lose. */
export interface Losses {
  readonly target: DesiredTarget;
  readonly former: FormerTarget;
  readonly removed: readonly string[];
}

export interface LossProblems {
  /** What is refused unless the source at hand knows the commit: its history, not its URL, tells whose it is. */
  readonly doubts: readonly { readonly commit: string; readonly text: string }[];
  readonly refusals: readonly string[];
}

/**
 * Why what a directory would lose looks like a mistake. An app is known by its name, which is copied with the repository that it is
 * rendered from; and a list that came out empty renders an app without anything in it. What Flux reads is pruned at once.
 */
export function lossProblems({ target, former, removed }: Losses, { source, adopt, mayLoseAll, findings: { rendered } }: PlanContext): LossProblems {
  const after = new Set(target.objects);
  const lost = removed.length + (target.delivered ? former.ownership.objects ?? [] : []).filter((object) => !after.has(object)).length;
  const isForeign = lost > 0 && !adopt && former.source && isElsewhere(former.url, source?.url);
  const deliveries = former.ownership.delivered?.filter(({ left }) => !left) ?? [];
  const isEmptied = deliveries.length > 1 && target.delivered?.length === 0 && !deliveries.some((one) => rendered.has(placeKey(one)));
  return {
    doubts: isForeign ? [{
      commit: former.source!.commit,
      text: `was published from ${withoutUserInfo(former.url!) ?? 'another repository'}, this is ${source!.url}, and what that one rendered would be deleted. ` +
        'Give one of the two apps another name, or publish with --adopt if its source has moved',
    }] : [],
    refusals: isEmptied && !mayLoseAll ? [
      `all ${deliveries.length} deliveries of the app would leave at once, and Flux would delete what it applies of them. ` +
      'Render the app with its services, or publish with --delete-branches if they are to go',
    ] : [],
  };
}

/** Whether two URLs name two repositories: each way in has hosts and paths of its own, so that only those of one are compared. */
export function isElsewhere(one: string | undefined, other: string | undefined): boolean {
  const [a, b] = [placeOf(one), placeOf(other)];
  return a !== undefined && b !== undefined && a.scheme === b.scheme && (a.host !== b.host || a.path !== b.path);
}

function placeOf(url = ''): { scheme: string; host: string; path: string } | undefined {
  const [, scheme = 'ssh', host, path] = /^(?:([a-z]+):\/\/)?(?:[^@/]*@)?([^:/]+)(?::\d+(?=\/))?[:/](.*)$/i.exec(url) ?? [];
  return host ? {
    scheme: scheme.toLowerCase().replace('https', 'http'), host: host.toLowerCase(), path: path.toLowerCase().replace(/^\/+|\/+$/g, '').replace(/\.git$/, ''),
  } : undefined;
}
