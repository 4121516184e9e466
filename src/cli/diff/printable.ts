// What moves the cursor, hides text or turns it around: control characters, formats, surrogates, private use, separators of lines.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/** Names and values come from files that anybody may have written: nothing in them may steer a terminal or look like what it is not. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/** A value on one line, as JSON, shortened to about that many characters. */
export function shownValue(value: unknown, limit: number): string {
  const text = printable(JSON.stringify(value) ?? 'null');
  const characters = Array.from(text.length > 2 * limit ? text.slice(0, 2 * limit) : text);
  return text.length <= limit ? text : `${characters.slice(0, limit).join('')}... (${text.length} characters)`;
}
