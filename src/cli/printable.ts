// What moves the cursor, hides text or turns it around: control characters, formats, half characters, private use, separators of lines.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;
const COLOUR = /(\u001b\[\d+m)/;

/** A line as a terminal may be given it, whatever is in it: it stays one line and gives no commands. */
export function printable(line: string): string {
  return line.replace(UNPRINTABLE, (character) => [...Array(character.length).keys()].map((index) => (
    `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`
  )).join(''));
}

/** The same for a text of several lines. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

/** The same for a line that we have put colours into. */
export function printableInColours(line: string): string {
  return line.split(COLOUR).map((part, index) => index % 2 ? part : printable(part)).join('');
}

/** JSON, of which `JSON.stringify` leaves some characters as they are that a terminal would act upon. The value stays the same. */
export function printableJson(json: string): string {
  return json.replace(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, printable);
}
