import { MarkedFile, markedFile } from './marked-file';
import { FormerFile, mergeImages, PublishedImages, saysTheSame } from './merge';
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
   */
  constructor(private readonly live: LiveBranch, private readonly published: ReadonlyMap<string, PublishedImages>, wanted: ReadonlySet<string>) {
    this.stale = [...published.keys()].filter((path) => !wanted.has(path));
  }

  /** What is to be written for a file; undefined if that which stands there says it already, in whatever form. */
  public contentFor(path: string, rendered: MarkedFile): Buffer | undefined {
    // A marker may have come out of a file that goes.
    this.staleFormers ??= this.stale.flatMap((former) => this.former(former));
    const merged = mergeImages(rendered, [...this.former(path), ...this.staleFormers]);
    const found = this.live.find(path);
    if (found.kind === 'file' && saysTheSame(markedFile(this.live.content(found.oid)), rendered, merged)) {
      return undefined;
    }
    this.warnings.push(...merged.overruled.map(({ marker, live }) => (
      `file '${path}', ${marker.place}: the app now says '${marker.value}', and '${live}' was there by policy '${marker.policy}'. ` +
      'If the policy is active, Flux sets it again: narrow or suspend the ImagePolicy to keep what the app says'
    )));
    return Buffer.from(merged.text);
  }

  private former(path: string): FormerFile[] {
    const published = this.published.get(path);
    const found = published && this.live.find(path);
    const live = found?.kind === 'file' ? markedFile(this.live.content(found.oid)) : undefined;
    return live && published ? [{ live, published }] : [];
  }
}
