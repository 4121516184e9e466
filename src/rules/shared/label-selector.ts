import { fieldsOf, isSettled, listOf, mapsOf, quoted } from './json';
import { Complaint } from '../rule';

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const MAX_NAME = 63;
const MAX_PREFIX = 253;

/** Complains of what Kubernetes does not take as a selector of labels; a CRD lets any text stand in one. */
export function* labelSelectorComplaints(selector: unknown, field: string): Iterable<Complaint> {
  const { matchLabels, matchExpressions } = fieldsOf(selector);
  for (const [key, value] of Object.entries(fieldsOf(matchLabels))) {
    yield* labelComplaints(key, [value], `${field}.matchLabels`);
  }
  for (const [index, { key, operator, values }] of mapsOf(matchExpressions).entries()) {
    const place = `${field}.matchExpressions[${index}]`;
    yield* labelComplaints(key, listOf(values), place);
    yield* operatorComplaints(operator, listOf(values).length, place);
  }
}

function* operatorComplaints(operator: unknown, values: number, field: string): Iterable<Complaint> {
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values === 0) {
        yield { field, problem: `operator '${operator}' has no 'values'`, remedy: 'Give the values to compare with' };
      }
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (values > 0) {
        yield { field, problem: `operator '${operator}' takes no 'values'`, remedy: "Leave them out, or write 'In' or 'NotIn'" };
      }
      break;
    default:
      if (typeof operator === 'string' && isSettled(operator)) {
        yield { field, problem: `${quoted(operator)} is no operator`, remedy: "Write 'In', 'NotIn', 'Exists' or 'DoesNotExist'" };
      }
  }
}

function* labelComplaints(key: unknown, values: readonly unknown[], field: string): Iterable<Complaint> {
  if (typeof key === 'string' && isSettled(key) && !isLabelKey(key)) {
    yield { field, problem: `${quoted(key)} cannot be the key of a label`, remedy: "Write 'name' or 'prefix/name', the name of at most 63 characters" };
  }
  for (const value of values) {
    if (typeof value === 'string' && value !== '' && isSettled(value) && !isName(value)) {
      yield {
        field,
        problem: `${quoted(value)} cannot be the value of a label`,
        remedy: 'Write letters, digits, hyphens, underscores and dots, at most 63 characters, a letter or digit at either end',
      };
    }
  }
}

function isLabelKey(key: string): boolean {
  const slash = key.indexOf('/');
  const prefix = key.slice(0, Math.max(slash, 0));
  return isName(key.slice(slash + 1)) && (slash < 0 || (prefix.length <= MAX_PREFIX && PREFIX.test(prefix)));
}

function isName(text: string): boolean {
  return text.length <= MAX_NAME && NAME.test(text);
}
