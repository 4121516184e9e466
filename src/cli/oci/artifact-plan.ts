import { ArtifactContent } from './artifact';
import { LiveArtifact } from './live-artifact';
import type { NewestGuard } from '../publish/newest-guard';

export interface ArtifactPlanContext {
  readonly app: string;
  /** Take over what cdk8s-fluxcd did not publish. */
  readonly adopt: boolean;
  /** Replace what somebody put in the place of what we published. */
  readonly overwrite: boolean;
  /** Keeps what was published from a newer commit. */
  readonly guard: Pick<NewestGuard, 'refusal'>;
}

/** What publishing will do to a tag. */
export interface ArtifactPlan {
  readonly change: 'create' | 'update' | 'none';
  /** The digest that it starts from; undefined for a new tag. */
  readonly before?: string;
  /** Whether the tag was not ours, or not as we left it. */
  readonly adopted: boolean;
  /** Why it cannot be done: problem and remedy. */
  readonly refusal?: string;
}

/** Compares a tag with what it is to hold. */
export async function planArtifact(content: ArtifactContent, live: LiveArtifact, context: ArtifactPlanContext): Promise<ArtifactPlan> {
  if (live.kind === 'absent') {
    return { change: 'create', adopted: false };
  }
  const before = live.digest;
  const refused = (refusal: string): ArtifactPlan => ({ change: 'update', before, adopted: false, refusal });
  switch (live.kind) {
    case 'foreign':
      return context.adopt ? { change: 'update', before, adopted: true }
        : refused('holds what cdk8s-fluxcd did not publish. Take it over with --adopt, or publish to another tag.');
    case 'unreadable':
      return refused(`the record of cdk8s-fluxcd in it ${live.problem}. ${live.remedy}.`);
    default:
  }
  const { record, source, edited } = live;
  if (record.app !== context.app) {
    return refused(`belongs to app ${show(record.app)}. Publish to another artifact or tag, or delete the tag there if that app is gone.`);
  } else if (edited && !context.overwrite) {
    return refused(`holds content that cdk8s-fluxcd did not publish (its record says layer ${record.layer}). Bring it into the app, or replace it with --overwrite.`);
  } else if (!edited && record.content === content.digest) {
    return { change: 'none', before, adopted: false };
  }
  const newer = await context.guard.refusal(source ? [source] : []);
  return newer ? refused(`${newer}.`) : { change: 'update', before, adopted: edited };
}

/** What stands in a registry is anybody's: on one line, whatever is in it. */
function show(name: string): string {
  return /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029'\p{Surrogate}]*$/u.test(name) ? `'${name}'` : JSON.stringify(name);
}
