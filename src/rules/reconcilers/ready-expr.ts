import { isField, variablesOf } from './cel-text';
import { BOTH, RECONCILERS } from './kinds';
import { celSyntaxProblem } from '../../schema';
import { ObjectRule } from '../rule';
import { fieldsOf, mapsOf, quoted, settledTextOf } from '../shared/json';

const OWN_CHECK = "dep.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True') && dep.metadata.generation == dep.status.observedGeneration";

/** Rules for `dependsOn[].readyExpr`. */
export const readyExprRules: readonly ObjectRule[] = [
  {
    id: 'ready-expr-invalid',
    severity: 'error',
    summary: 'A readyExpr that the controller refuses: no CEL, no condition, or about variables that there are not',
    source: BOTH,
    kinds: RECONCILERS,
    *check(spec) {
      for (const { field, expression } of expressionsOf(spec)) {
        const refusal = refusalOf(expression);
        if (refusal) {
          yield { field, ...refusal };
        }
      }
    },
  },
  {
    id: 'ready-expr-blind',
    severity: 'error',
    summary: 'A readyExpr that looks at no status: it takes the place of the check for Ready, so that what depends does not wait',
    source: `${BOTH} without the feature gate AdditiveCELDependencyCheck`,
    kinds: RECONCILERS,
    *check(spec) {
      for (const { field, expression } of expressionsOf(spec)) {
        if (isBlind(expression) && !refusalOf(expression)) {
          yield {
            field,
            problem: 'it takes the place of the check that the dependency is ready, and looks at no status: it may come true long before',
            remedy: `Add: && ${OWN_CHECK}`,
          };
        }
      }
    },
  },
  {
    id: 'ready-expr-incomplete',
    severity: 'warning',
    summary: 'A readyExpr without Ready, or without observedGeneration: it takes the place of a check that looks at both',
    source: `${BOTH} without the feature gate AdditiveCELDependencyCheck`,
    kinds: RECONCILERS,
    *check(spec) {
      for (const { field, expression } of expressionsOf(spec)) {
        const missing = [
          ...(/['"]Ready['"]/.test(expression) ? [] : ["the condition 'Ready'"]), ...(expression.includes('observedGeneration') ? [] : ["'observedGeneration'"]),
        ];
        if (missing.length && !isBlind(expression) && !refusalOf(expression)) {
          yield {
            field,
            problem: `it takes the place of the check that the dependency is ready, and does not look at ${missing.join(' and ')}`,
            remedy: `Write it with: ${OWN_CHECK}`,
          };
        }
      }
    },
  },
];

/** Why the controller refuses an expression. */
function refusalOf(expression: string): { problem: string; remedy: string } | undefined {
  const syntax = celSyntaxProblem(expression);
  if (syntax) {
    return { problem: `it is no CEL expression: ${syntax}`, remedy: 'Write a condition over dep and self' };
  }
  const unknown = [...variablesOf(expression)].find((name) => name !== 'dep' && name !== 'self');
  if (unknown !== undefined) {
    return { problem: `there is no variable ${quoted(unknown)}`, remedy: "Begin with 'dep', the dependency, or 'self', this object" };
  }
  return isField(expression)
    ? { problem: 'a field alone is no condition, for its type is not known', remedy: 'Compare it with a value, such as true' }
    : undefined;
}

/** `true` says openly that the dependency has to exist, and no more. */
function isBlind(expression: string): boolean {
  return !/\bstatus\b/.test(expression) && expression.trim() !== 'true';
}

function* expressionsOf(spec: unknown): Iterable<{ field: string; expression: string }> {
  for (const [index, { readyExpr }] of mapsOf(fieldsOf(spec).dependsOn).entries()) {
    const expression = settledTextOf(readyExpr);
    if (expression !== '') {
      yield { field: `spec.dependsOn[${index}].readyExpr`, expression };
    }
  }
}
