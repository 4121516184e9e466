import { createRequire } from 'module';
import type { ObjectChange } from '../diff';

/** Objects of a file that are told of, and fields of all of them together. */
const SHOWN = 5;
/** Of the name of an object, and of a field with its values, in characters. */
const LONGEST = 500;
/** Of what is compared field by field, in bytes: somebody else wrote it, and reading a map takes the square of its keys. */
const LARGEST = 64 * 1024;

/** What somebody has made of a file, against what is rendered now: objects and fields on one line, values of Secrets hidden. */
export function handEdit(path: string, rendered: Buffer, live: Buffer): string {
  if (Math.max(rendered.length, live.length) > LARGEST) {
    return `${live.length} bytes where ${rendered.length} are rendered, too much to be compared field by field here`;
  }
  // Loaded only here: most of what is published was not edited.
  const { diffOf }: typeof import('../diff') = createRequire(__filename)('../diff');
  const changes = diffOf(new Map([[path, rendered]]), new Map([[path, live]]));
  let room = SHOWN;
  const lines = changes.slice(0, SHOWN).map((change) => {
    const line = lineOf(change, room);
    room = Math.max(0, room - change.fields.length);
    return line;
  });
  const more = changes.length > SHOWN ? ` and ${changes.length - SHOWN} more` : '';
  return lines.length ? `${lines.join('; ')}${more}` : 'its form alone';
}

/** An object, with as many of its fields as there is room for. */
function lineOf(change: ObjectChange, room: number): string {
  const { changesAsText }: typeof import('../diff') = createRequire(__filename)('../diff');
  const told = change.fields.slice(0, room);
  const [title, ...fields] = changesAsText([{ ...change, fields: told, effect: 'applied', notes: [], takes: [] }], false).map((line) => cut(line.trim()));
  const left = change.fields.length - told.length;
  const more = left === 0 ? '' : told.length ? ` and ${left} more` : ` ${left} field${left === 1 ? '' : 's'}`;
  return `${title.slice(2)}${fields.length ? ` ${fields.join(', ')}` : ''}${more}`;
}

function cut(text: string): string {
  return text.length > LONGEST ? `${Array.from(text.slice(0, LONGEST)).slice(0, -1).join('')}... (${text.length} characters)` : text;
}
