import { CORE_SCHEMA, loadAll } from 'js-yaml';

/** A document of YAML that somebody else wrote. */
export interface YamlText {
  /** As it came, on lines that end with LF, without `---` before it. */
  readonly text: string;
  readonly value: any;
}

/** A line that begins a document. */
const SEPARATOR = /^---(?:[ \t]*(?:#.*)?)\n/m;

/**
 * The documents of a text in YAML or JSON, without those that hold nothing; undefined if it is neither. (What the parser says of it is
 * left out: it cites the text, which may be secret.)
 */
export function readYamlText(content: string): YamlText[] | undefined {
  const lines = content.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  // JSON may be indented with tabs, as sops does it, which YAML does not take. Texts in JSON hold none.
  const isJson = /^\s*\{/.test(lines) && isJsonText(lines);
  const text = isJson ? lines.replace(/\t/g, '  ') : lines;
  try {
    const parts = isJson ? [text] : (text.endsWith('\n') ? text : `${text}\n`).split(SEPARATOR);
    return parts.flatMap((part) => {
      // Refuses what begins a document in another way than with a line of its own.
      const [value, ...more] = isJson ? [JSON.parse(part)] : loadAll(part, undefined, { schema: CORE_SCHEMA });
      if (more.length) {
        throw new Error('two documents');
      }
      return value === undefined || value === null ? [] : [{ text: part.endsWith('\n') ? part : `${part}\n`, value }];
    });
  } catch {
    return undefined;
  }
}

function isJsonText(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
