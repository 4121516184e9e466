import { FormerFile, PublishedImages, slotOf } from './former';
import { MarkedFile, markedFile, textsByPlace } from './marked-file';
import { mergeImages, Overruled, saysTheSame } from './merge';
import { LiveBranch } from '../git/live-branch';

/** The marked values of one branch: what was published there, and what automations made of it. */
export class LiveImages {
  /** What the user should know: values that the app took back. */
  public readonly warnings: string[] = [];
  private readonly stale: readonly string[];
  private staleFormers?: FormerFile[];

  /**
   * @param published by path, the values of files as they were rendered
   * @param wanted the files that are rendered now
   * @param elsewhere by path, what other directories know of files of new ones
   */
  constructor(
    private readonly live: LiveBranch,
    private readonly published: ReadonlyMap<string, PublishedImages>,
    wanted: ReadonlySet<string>,
    private readonly elsewhere: ReadonlyMap<string, readonly FormerFile[]>,
  ) {
    this.stale = [...published.keys()].filter((path) => !wanted.has(path));
  }

  /** What is to be written for a file; undefined if that which stands there says it already, in whatever form. */
  public contentFor(path: string, content: Buffer, rendered?: MarkedFile): Buffer | undefined {
    const own = rendered || this.published.has(path) ? this.former(path) : [];
    if (!rendered) {
      this.warnOfDropped(path, content, own);
      return content;
    }
    // A marker may have come out of a file that goes.
    this.staleFormers ??= this.stale.flatMap((stale) => this.former(stale).map((file) => ({ ...file, path: stale })));
    const merged = mergeImages(rendered, [...own, ...this.staleFormers, ...this.elsewhere.get(path) ?? []]);
    const found = this.live.find(path);
    if (found.kind === 'file' && saysTheSame(markedFile(this.live.content(found.oid)), rendered, merged)) {
      return undefined;
    }
    this.warnings.push(...merged.overruled.map((one) => {
      const isElsewhere = one.former.path !== undefined && !this.published.has(one.former.path);
      return `${overruledText(path, one, isElsewhere)}. If the policy is active, Flux sets it ${isElsewhere ? 'here, too' : 'again'}: ` +
        'narrow or suspend the ImagePolicy to keep what the app says';
    }));
    this.warnOfDropped(path, content, own, rendered);
    return Buffer.from(merged.text);
  }

  /** Tells of values that automations have set where the app has no marker any more. */
  private warnOfDropped(path: string, content: Buffer, formers: readonly FormerFile[], rendered?: MarkedFile): void {
    const slots = new Set([...rendered?.markers.keys() ?? []].map(slotOf));
    const dropped = formers.flatMap(({ live, published }) => [...live.markers].filter(([key, { value }]) => (
      !slots.has(slotOf(key)) && Object.hasOwn(published, key) && published[key] !== value
    )));
    const texts = dropped.length ? textsByPlace(content) : new Map<string, string>();
    for (const [, live] of dropped) {
      const value = texts.get(live.place);
      if (value !== undefined && value !== live.value) {
        const text = overruledText(path, { marker: { ...live, value }, former: { live, isSame: true } });
        this.warnings.push(`${text}. The app has no marker there any more: Flux leaves it so`);
      }
    }
  }

  private former(path: string): FormerFile[] {
    const found = this.live.find(path);
    const live = found.kind === 'file' ? markedFile(this.live.content(found.oid)) : undefined;
    return live ? [{ live, published: this.published.get(path) ?? {} }] : [];
  }
}

/** @param isElsewhere whether the value is of another directory: the app's former one, or another environment's, so that nothing is taken back */
function overruledText(file: string, { marker, former: { live, path } }: Overruled, isElsewhere = false): string {
  const where = [...path === undefined ? [] : [`in file '${path}'`], ...live.place === marker.place ? [] : [`at ${live.place}`]].join(', ') || 'there';
  const [says, was] = isElsewhere ? ['says', 'was set'] : ['now says', 'was'];
  return `file '${file}', ${marker.place}: the app ${says} '${marker.value}', and '${live.value}' ${was} ${where} by policy '${live.policy}'`;
}
