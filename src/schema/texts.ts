import { closest, distance } from 'fastest-levenshtein';

const LONGEST = 60;
/** As many are listed; of more, nobody reads the list. */
const LISTED = 14;

/** A value for a message, on one line, cut where it is long, and without what may be a password. */
export function shown(value: unknown): string {
  if (typeof value === 'string') {
    const at = value.lastIndexOf('@');
    const colon = value.indexOf(':');
    const open = colon >= 0 && colon < at ? `***${value.slice(at)}` : value;
    const cut = open.length > LONGEST ? `${open.slice(0, LONGEST)}...` : open;
    return /^[^\p{C}\u2028\u2029']*$/u.test(cut) ? `'${cut}'` : JSON.stringify(cut).replace(/[\p{C}\u2028\u2029]/gu, '?');
  }
  return Array.isArray(value) ? 'a list' : value !== null && typeof value === 'object' ? 'a map' : String(value);
}

/** How a place is written: `spec.include[0].repository`, `metadata.labels['app.kubernetes.io/name']`. */
export function fieldPath(place: readonly (string | number)[]): string {
  return place.reduce<string>((text, part) => (
    typeof part === 'number' ? `${text}[${part}]` : !/^\w+$/.test(part) ? `${text}[${shown(part)}]` : text ? `${text}.${part}` : part
  ), '');
}

/** The text that somebody who wrote another one may have meant: it is spelt alike, has the same letters, or all but two. */
export function meant(text: string, known: readonly string[]): string | undefined {
  if (!known.length || text.length > LONGEST) {
    return undefined;
  }
  const plain = (word: string) => word.toLowerCase().replace(/[-_]/g, '');
  const letters = (word: string) => [...plain(word)].sort().join('');
  const nearest = closest(text, known);
  const isNear = distance(text, nearest) <= Math.max(1, Math.min(2, Math.floor(nearest.length / 3)));
  return known.find((each) => plain(each) === plain(text)) ?? known.find((each) => letters(each) === letters(text)) ?? (isNear ? nearest : undefined);
}

/** Words, as many of them as help. */
export function listed(words: readonly string[]): string {
  return words.length > LISTED ? `${words.slice(0, LISTED).join(', ')} and ${words.length - LISTED} more` : words.join(', ');
}
