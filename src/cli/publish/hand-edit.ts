import { createRequire } from 'module';

const SHOWN = 5;

/** What somebody has made of a file, against what is rendered now: objects and fields on one line, values of Secrets hidden. */
export function handEdit(path: string, rendered: Buffer, live: Buffer): string {
  // Loaded only here: most of what is published was not edited.
  const { changesAsText, diffOf }: typeof import('../diff') = createRequire(__filename)('../diff');
  const changes = diffOf(new Map([[path, rendered]]), new Map([[path, live]])).map((change) => ({ ...change, effect: 'applied' as const, notes: [], takes: [] }));
  const lines = changes.flatMap((change) => {
    const [title, ...fields] = changesAsText([change], false);
    return [`${title.slice(2)}${fields.length ? ` ${fields.map((field) => field.trim()).join(', ')}` : ''}`];
  });
  const more = lines.length > SHOWN ? ` and ${lines.length - SHOWN} more` : '';
  return lines.length ? `${lines.slice(0, SHOWN).join('; ')}${more}` : 'its form alone';
}
