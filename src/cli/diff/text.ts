import { FieldChange, ObjectChange } from './change';
import { shownValue } from './shown-value';
import { printable } from '../printable';

const SIGNS = { created: '+', changed: '~', deleted: '-', moved: '>' };
const COLOURS = { created: 32, changed: 33, deleted: 31, moved: 36 };
/** Characters of a value that are shown. */
const VALUE_LIMIT = 120;

/** The lines for people. What stands in files is made harmless for a terminal. */
export function changesAsText(changes: readonly ObjectChange[], colours: boolean): string[] {
  const paint = (code: number, text: string): string => colours ? `\u001b[${code}m${text}\u001b[0m` : text;
  return changes.flatMap((change) => [
    `${paint(COLOURS[change.change], `${SIGNS[change.change]} ${title(change)}`)}`,
    ...change.fields.map((field) => `    ${fieldText(field)}${field.immutable ? `  ${paint(31, `(cannot be changed: ${printable(field.immutable)})`)}` : ''}`),
    ...details(change).map((note) => `    ${paint(isAlarming(change) ? 31 : 2, note)}`),
  ]);
}

/** The object, and what becomes of it. */
export function title(change: ObjectChange): string {
  return printable(`${change.of === 'file' ? 'file ' : ''}${change.object}${change.from === undefined ? '' : ` (from ${change.from})`}: ${verdict(change)}`);
}

/** What is to be said of a change beside its fields. */
export function details({ notes, takes = [] }: ObjectChange): string[] {
  return [...notes, ...takes.map((object) => `deleted with it: ${object}`)].map(printable);
}

function verdict({ change, effect }: ObjectChange): string {
  const kept = change === 'deleted' ? 'stays in the cluster' : 'Flux leaves it as it is';
  const more: Partial<Record<typeof effect, string>> = {
    'replaced': 'deleted and made anew',
    'refused': 'refused by Kubernetes',
    'pruned': 'pruned by Flux',
    kept,
    'at risk': 'may be deleted in between',
    'unknown': 'may be pruned by Flux',
  };
  return more[effect] ? `${change}, ${more[effect]}` : change;
}

/** A field with both of its values. */
export function fieldText(field: FieldChange): string {
  const { before, after } = fieldValues(field);
  return `${fieldName(field)}: ${before ?? '(none)'} -> ${after ?? '(none)'}`;
}

export function fieldName({ field, what }: FieldChange): string {
  return printable(`${field || '(the whole)'}${what === 'marker' ? ' (image marker)' : what === 'order' ? ' (order)' : ''}`);
}

/** The values as they are shown; undefined where there is none. */
export function fieldValues({ change, hidden, before, after }: FieldChange): { before?: string; after?: string } {
  const shown = (value: unknown) => hidden ? '(hidden)' : shownValue(value, VALUE_LIMIT);
  return { before: change === 'added' ? undefined : shown(before), after: change === 'removed' ? undefined : shown(after) };
}

/** What people should not overlook. */
function isAlarming({ effect }: ObjectChange): boolean {
  return ['replaced', 'refused', 'at risk', 'pruned', 'unknown'].includes(effect);
}
