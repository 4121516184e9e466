import { FormerFile, PublishedImages, slotOf } from './former';
import { MarkedFile, markedFile, textsByPlace } from './marked-file';
import { mergeImages, Overruled, saysTheSame } from './merge';
import { LiveBranch } from '../git/live-branch';

/** Where a file stood before. */
export interface FormerPlace {
  readonly path: string;
  /** What was rendered there; empty where nobody knows. */
  readonly published: PublishedImages;
}

/** The marked values of one branch: what was published there, and what automations made of it. */
export class LiveImages {
  /** What the user should know: values that the app took back. */
  public readonly warnings: string[] = [];
  private readonly stale: readonly FormerPlace[];
  private staleFormers?: FormerFile[];

  /**
   * @param published by path, the values of files as they were rendered
   * @param wanted the files that are rendered now
   * @param moved by path, where files of directories that are new stood before
   */
  constructor(
    private readonly live: LiveBranch,
    private readonly published: ReadonlyMap<string, PublishedImages>,
    wanted: ReadonlySet<string>,
    private readonly moved: ReadonlyMap<string, readonly FormerPlace[]>,
  ) {
    this.stale = [...published].filter(([path]) => !wanted.has(path)).map(([path, images]) => ({ path, published: images }));
  }

  /** What is to be written for a file; undefined if that which stands there says it already, in whatever form. */
  public contentFor(path: string, content: Buffer, rendered?: MarkedFile): Buffer | undefined {
    const published = this.published.get(path) ?? {};
    const own = rendered || this.published.has(path) ? this.former({ path, published }, path) : [];
    if (!rendered) {
      this.warnOfDropped(path, content, own);
      return content;
    }
    // A marker may have come out of a file that goes.
    this.staleFormers ??= this.stale.flatMap((place) => this.former(place));
    const moved = (this.moved.get(path) ?? []).flatMap((place) => this.former(place, path));
    const merged = mergeImages(rendered, [...own, ...this.staleFormers, ...moved]);
    const found = this.live.find(path);
    if (found.kind === 'file' && saysTheSame(markedFile(this.live.content(found.oid)), rendered, merged)) {
      return undefined;
    }
    this.warnings.push(...merged.overruled.map((one) => (
      `${overruledText(path, one)}. If the policy is active, Flux sets it again: narrow or suspend the ImagePolicy to keep what the app says`
    )));
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

  /** @param at the file that is asked for */
  private former({ path, published }: FormerPlace, at?: string): FormerFile[] {
    const found = this.live.find(path);
    const live = found.kind === 'file' ? markedFile(this.live.content(found.oid)) : undefined;
    return live ? [{ live, published, path: path === at ? undefined : path }] : [];
  }
}

function overruledText(file: string, { marker, former: { live, path } }: Overruled): string {
  const where = [...path === undefined ? [] : [`in file '${path}'`], ...live.place === marker.place ? [] : [`at ${live.place}`]].join(', ') || 'there';
  return `file '${file}', ${marker.place}: the app now says '${marker.value}', and '${live.value}' was ${where} by policy '${live.policy}'`;
}
