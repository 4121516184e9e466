import { goRegexpProblem } from './go-regexp';
import { ObjectRule } from './rule';

const SOURCE = 'notification-controller';

/** Rules for Alert. */
export const alertRules: readonly ObjectRule[] = [
  {
    id: 'alert-regular-expression',
    severity: 'error',
    summary: 'Each of inclusionList and exclusionList must be a regular expression of Go: one that is not counts as if it matched nothing.',
    source: SOURCE,
    kinds: ['Alert'],
    * check(spec) {
      for (const list of ['inclusionList', 'exclusionList']) {
        for (const [index, expression] of Array.isArray(spec[list]) ? spec[list].entries() : []) {
          const wrong = typeof expression === 'string' ? goRegexpProblem(expression) : undefined;
          if (wrong) {
            yield {
              field: `spec.${list}[${index}]`,
              problem: `it is no regular expression of Go, and Flux passes over it: ${wrong}`,
              remedy: "Write one of Go's, such as '.*succeeded.*'",
            };
          }
        }
      }
    },
  },
  {
    id: 'alert-summary',
    severity: 'warning',
    summary: 'summary of an Alert is deprecated, and version v1 does not have it.',
    source: SOURCE,
    kinds: ['Alert'],
    * check({ summary }) {
      if (summary) {
        yield { field: 'spec.summary', problem: 'Flux has deprecated it', remedy: "Give 'eventMetadata' a 'summary'" };
      }
    },
  },
];
