import { Complaint, ObjectRule } from '../rule';
import { fieldsOf, itemsOf } from '../shared/json';
import { labelSelectorComplaints } from '../shared/label-selector';
import { goPattern } from '../shared/regular-expression';

const SOURCE = 'notification-controller';

/** Rules for Alert. */
export const alertRules: readonly ObjectRule[] = [
  rule('alert-regular-expression', 'error', 'The lists inclusionList and exclusionList hold regular expressions of Go: what is none matches nothing', function* (spec) {
    for (const list of ['inclusionList', 'exclusionList']) {
      for (const [index, expression] of itemsOf(spec[list]).entries()) {
        const { problem } = typeof expression === 'string' ? goPattern(expression) : { problem: undefined };
        if (problem) {
          yield {
            field: `spec.${list}[${index}]`,
            problem: `it is no regular expression of Go, and Flux passes over it: ${problem}`,
            remedy: "Write it in the syntax of RE2, such as '.*succeeded.*'",
          };
        }
      }
    }
  }),
  rule('alert-labels', 'error', 'An event source whose matchLabels are no labels matches nothing', function* ({ eventSources }) {
    for (const [index, source] of itemsOf(eventSources).entries()) {
      yield* labelSelectorComplaints({ matchLabels: fieldsOf(source).matchLabels }, `spec.eventSources[${index}]`);
    }
  }),
  rule('alert-summary', 'warning', 'The field summary of an Alert is deprecated, and version v1 does not have it', function* ({ summary }) {
    if (summary) {
      yield { field: 'spec.summary', problem: 'Flux has deprecated it', remedy: "Give 'eventMetadata' a 'summary'" };
    }
  }),
];

function rule(id: string, severity: ObjectRule['severity'], summary: string, check: (spec: any) => Iterable<Complaint>): ObjectRule {
  return { id, severity, summary, source: SOURCE, kinds: ['Alert'], check };
}
