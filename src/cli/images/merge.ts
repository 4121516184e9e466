import { FormerFile, FormerValue, formerValue, PublishedImages } from './former';
import { ImageMarker, MarkedFile } from './marked-file';

/** A value that the app takes back. */
export interface Overruled {
  readonly marker: ImageMarker;
  readonly former: FormerValue;
}

export interface MergedFile {
  /** What was rendered, with the live values that stay. */
  readonly text: string;
  /** All marked values of it, by key. */
  readonly values: PublishedImages;
  readonly overruled: readonly Overruled[];
}

interface MaybeMarked {
  readonly path: string;
  readonly marked?: MarkedFile;
}

/** The marked values of files, by path; undefined if there are none. */
export function imagesIn(files: readonly MaybeMarked[]): { readonly [path: string]: PublishedImages } | undefined {
  const marked = files.flatMap(({ path, marked: file }) => file ? [[path, imagesOf(file)] as const] : []);
  return marked.length ? Object.fromEntries(marked) : undefined;
}

/** The marked values of a file. */
export function imagesOf(file: MarkedFile): PublishedImages {
  return Object.fromEntries([...file.markers].map(([key, { value }]) => [key, value]));
}

/**
 * Merges three ways, marker by marker: what the app renders as it did last time stays as it is now; what it renders otherwise, or for the
 * first time, is as it renders it.
 *
 * @param formers where the marker may have been, the likeliest first
 */
export function mergeImages(rendered: MarkedFile, formers: readonly FormerFile[]): MergedFile {
  const values = new Map<string, string>();
  const overruled: Overruled[] = [];
  for (const [key, marker] of rendered.markers) {
    const former = formerValue(key, rendered, formers);
    const stays = former?.isSame === true && former.last === marker.value;
    values.set(key, stays ? former.live.value : marker.value);
    if (former && !stays && former.live.value !== former.last && former.live.value !== marker.value) {
      overruled.push({ marker, former });
    }
  }
  const changes = [...rendered.markers].filter(([key, { value }]) => values.get(key) !== value);
  changes.sort(([, a], [, b]) => b.start - a.start);
  const text = changes.reduce((before, [key, { start, end }]) => (
    before.slice(0, start) + scalar(values.get(key)!) + before.slice(end)
  ), rendered.text);
  return { text, values: Object.fromEntries(values), overruled };
}

/** Whether a file says what a merge says, however it is written. */
export function saysTheSame(live: MarkedFile | undefined, rendered: MarkedFile, { values }: MergedFile): boolean {
  return live?.digest === rendered.digest && live.markers.size === rendered.markers.size &&
    [...live.markers].every(([key, { value }]) => values[key] === value);
}

// Whoever reads YAML takes these for text: a word that is none of YAML's own, a path, or three numbers with two dots.
const WORD = /^[A-Za-z][\w.-]*[\w](?:[/:@][\w.-]*[\w])*$/;
const YAML_WORD = /^(?:y|n|yes|no|on|off|true|false|null|inf|infinity|nan)$/i;
const VERSION = /^\d+\.\d+\.\d+(?:[.+-][A-Za-z][\w.-]*)?$/;

function scalar(text: string): string {
  return WORD.test(text) && !YAML_WORD.test(text) || VERSION.test(text) ? text : JSON.stringify(text);
}
