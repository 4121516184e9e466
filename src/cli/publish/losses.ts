import { FormerTarget, PlanContext } from './branch-plan';
import { DesiredTarget } from './desired';
import { withoutUserInfo } from '../../git';

/** What a directory is about to lose. */
export interface Losses {
  readonly target: DesiredTarget;
  readonly former: FormerTarget;
  readonly removed: readonly string[];
}

/**
 * Why what a directory would lose looks like a mistake. An app is known by its name, which is copied with the repository that it is
 * rendered from; and a list that came out empty renders an app without anything in it. What Flux reads is pruned at once.
 */
export function lossProblems({ target, former, removed }: Losses, { source, adopt, deleteBranches }: PlanContext): string[] {
  const after = new Set(target.objects);
  const lost = removed.length + (target.delivered ? former.ownership.objects ?? [] : []).filter((object) => !after.has(object)).length;
  const foreign = former.url && source?.url && !isSameRepository(former.url, source.url) ? withoutUserInfo(former.url) ?? 'another repository' : undefined;
  const deliveries = former.ownership.delivered?.filter(({ left }) => !left) ?? [];
  return [
    ...lost && foreign && !adopt ? [
      `was published from ${foreign}, this is ${source!.url}, and what that one rendered would be deleted. ` +
      'Give one of the two apps another name, or publish with --adopt if its source has moved',
    ] : [],
    ...deliveries.length > 1 && target.delivered?.length === 0 && !deleteBranches ? [
      `all ${deliveries.length} deliveries of the app would leave at once, and Flux would delete what it applies of them. ` +
      'Render the app with its services, or publish with --delete-branches if they are to go',
    ] : [],
  ];
}

/** Whether two URLs may name one repository: each way in has a path of its own, so that only those of one are compared. */
function isSameRepository(one: string, other: string): boolean {
  const [a, b] = [placeOf(one), placeOf(other)];
  return !a || !b || a.host === b.host && (a.path === b.path || a.scheme !== b.scheme);
}

function placeOf(url: string): { scheme: string; host: string; path: string } | undefined {
  const [, scheme = 'ssh', host, path] = /^(?:([a-z]+):\/\/)?(?:[^@/]*@)?([^:/]+)(?::\d+(?=\/))?[:/](.*)$/i.exec(url) ?? [];
  return host ? {
    scheme: scheme.toLowerCase().replace('https', 'http'), host: host.toLowerCase(), path: path.toLowerCase().replace(/^\/+|\/+$/g, '').replace(/\.git$/, ''),
  } : undefined;
}
