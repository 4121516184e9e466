import { ObjectRule } from '../rule';
import { listOf, mapsOf, textOf } from '../shared/json';
import { labelSelectorComplaints } from '../shared/label-selector';
import { goPattern } from '../shared/regular-expression';

const SOURCE = 'notification-controller';

/** Rules for Alert. */
export const alertRules: readonly ObjectRule[] = [
  {
    id: 'alert-regular-expression',
    severity: 'error',
    summary: 'The lists inclusionList and exclusionList hold regular expressions of Go: what is none matches nothing',
    source: SOURCE,
    kinds: ['Alert'],
    *check(spec) {
      for (const list of ['inclusionList', 'exclusionList']) {
        for (const [index, expression] of listOf(spec[list]).entries()) {
          const { problem } = goPattern(textOf(expression));
          if (problem) {
            yield {
              field: `spec.${list}[${index}]`,
              problem: `it is no regular expression of Go, and Flux passes over it: ${problem}`,
              remedy: "Write it in the syntax of RE2, such as '.*succeeded.*'",
            };
          }
        }
      }
    },
  },
  {
    id: 'alert-labels',
    severity: 'error',
    summary: 'An event source whose matchLabels are no labels matches nothing',
    source: SOURCE,
    kinds: ['Alert'],
    *check({ eventSources }) {
      for (const [index, { matchLabels }] of mapsOf(eventSources).entries()) {
        yield* labelSelectorComplaints({ matchLabels }, `spec.eventSources[${index}]`);
      }
    },
  },
  {
    id: 'alert-summary',
    severity: 'warning',
    summary: 'The field summary of an Alert is deprecated, and version v1 does not have it',
    source: SOURCE,
    kinds: ['Alert'],
    *check({ summary }) {
      if (summary) {
        yield { field: 'spec.summary', problem: 'Flux has deprecated it', remedy: "Give 'eventMetadata' a 'summary'" };
      }
    },
  },
];
