import { printable } from '../printable';

/** A value on one line, as JSON, shortened to about that many characters. */
export function shownValue(value: unknown, limit: number): string {
  const text = printable(JSON.stringify(value) ?? 'null');
  const characters = Array.from(text.length > 2 * limit ? text.slice(0, 2 * limit) : text);
  return text.length <= limit ? text : `${characters.slice(0, limit).join('')}... (${text.length} characters)`;
}
