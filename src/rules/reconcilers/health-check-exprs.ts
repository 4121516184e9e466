import { variablesOf } from './cel-text';
import { BOTH, RECONCILERS } from './kinds';
import { ObjectRule } from '../rule';
import { celComplaints } from '../shared/cel-complaints';
import { fieldsOf, isSettled, mapsOf, quoted, settledTextOf, textOf } from '../shared/json';

const EXPRESSIONS = ['current', 'failed', 'inProgress'];

/** What elsewhere stands for the object itself. */
const NOT_THE_OBJECT = ['self', 'dep', 'object', 'this'];

/** Rules for `healthCheckExprs`. */
export const healthCheckExprRules: readonly ObjectRule[] = [
  {
    id: 'health-check-expr-invalid',
    severity: 'error',
    summary: 'A health check that is no CEL expression: the whole object is refused',
    source: BOTH,
    kinds: RECONCILERS,
    *check(spec) {
      for (const { field, expression } of expressionsOf(spec)) {
        yield* celComplaints(field, expression, true);
      }
    },
  },
  {
    id: 'health-check-expr-variable',
    severity: 'warning',
    summary: 'A health check that begins with a word for the object: its fields are the variables',
    source: BOTH,
    kinds: RECONCILERS,
    *check(spec) {
      for (const { field, expression } of expressionsOf(spec)) {
        const variables = variablesOf(expression);
        const wrong = NOT_THE_OBJECT.find((name) => variables.has(name));
        if (wrong !== undefined) {
          yield { field, problem: `there is no '${wrong}' here: the fields of the object are the variables`, remedy: `Leave '${wrong}.' out` };
        }
      }
    },
  },
  {
    id: 'health-check-expr-twice',
    severity: 'error',
    summary: 'Two health checks for the same kind: the whole object is refused',
    source: BOTH,
    kinds: RECONCILERS,
    *check(spec) {
      const seen = new Set<string>();
      for (const [index, { apiVersion, kind }] of mapsOf(fieldsOf(spec).healthCheckExprs).entries()) {
        const known = settledTextOf(apiVersion);
        if (known === '') {
          continue;
        }
        // The version does not count: it is the same kind in all of them.
        const group = known.includes('/') ? known.split('/')[0] : '';
        const id = JSON.stringify([group, textOf(kind)]);
        if (seen.has(id)) {
          yield {
            field: `spec.healthCheckExprs[${index}]`,
            problem: `it is the second one for ${textOf(kind) === '' ? 'all kinds' : quoted(textOf(kind))} of API group ${quoted(group)}`,
            remedy: 'Make one of them',
          };
        }
        seen.add(id);
      }
    },
  },
];

function* expressionsOf(spec: unknown): Iterable<{ field: string; expression: string }> {
  for (const [index, item] of mapsOf(fieldsOf(spec).healthCheckExprs).entries()) {
    for (const name of EXPRESSIONS) {
      const value = item[name];
      // An empty one is none, but for the one that must be.
      if (typeof value === 'string' && isSettled(value) && (value !== '' || name === 'current')) {
        yield { field: `spec.healthCheckExprs[${index}].${name}`, expression: value };
      }
    }
  }
}
