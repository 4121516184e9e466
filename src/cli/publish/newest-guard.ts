import { CommitOrder } from './commit-order';
import { isOlder, SourcePoint } from './newest-sources';

/** Keeps a build of an older source commit that finishes late from replacing a newer one. */
export class NewestGuard {
  /** What the user should know; each is told once. */
  public readonly warnings = new Set<string>();

  constructor(private readonly order: CommitOrder, private readonly source: SourcePoint | undefined, private readonly allowOlder: boolean) {}

  /** Whether there is no commit that it would refuse. */
  public get refusesNothing(): boolean {
    return !this.source || this.allowOlder;
  }

  /** Why what was published from these commits may not be replaced now, if so. */
  public async refusal(published: readonly SourcePoint[]): Promise<string | undefined> {
    const { source } = this;
    const others = this.refusesNothing ? [] : published.filter(({ commit }) => commit !== source!.commit);
    const refusals = others.length ? await Promise.all(others.map(async (point) => this.refusalOf(point, source!))) : [];
    return refusals.find((text) => text !== undefined);
  }

  /** Whether the source at hand has a commit. */
  public async knows(commit: string): Promise<boolean> {
    return this.order.has(commit);
  }

  /** Whether the user goes back behind what was published from this commit; dates tell that well enough, for each comparison may cost a fetch. */
  public goesBackBehind(published: SourcePoint): boolean {
    return this.allowOlder && this.source !== undefined && published.commit !== this.source.commit && !isOlder(published, this.source);
  }

  private async refusalOf(published: SourcePoint, source: SourcePoint): Promise<string | undefined> {
    const order = await this.order.compare(published, source);
    if (order === 'unknown') {
      this.warnings.add(`commit ${short(source)} was taken for newer than ${short(published)}, which was published before: ` +
        'the history that would tell is not at hand, nor do their dates.');
    }
    return order === 'older'
      ? `was published from source commit ${short(published)}, which is newer than ${short(source)}, which was rendered now. ` +
        'Publish from the newer commit, or with --allow-older to go back'
      : undefined;
  }
}

function short({ commit, date }: SourcePoint): string {
  return commit.slice(0, 7) + (date ? ` (${date})` : '');
}
