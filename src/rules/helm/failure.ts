import { ObjectRule } from '../rule';
import { fieldsOf } from '../shared/json';

/** Rules for what happens when an install or upgrade fails. */
export const failureRules: readonly ObjectRule[] = [
  {
    id: 'helm-release-remediation-unread',
    severity: 'error',
    summary: 'A remediation beside the strategy RetryOnFailure, which never remediates',
    source: 'helm-controller',
    kinds: ['HelmRelease'],
    *check(spec) {
      for (const action of ['install', 'upgrade']) {
        const { strategy, remediation } = fieldsOf(fieldsOf(spec)[action]);
        const { retries, remediateLastFailure, strategy: way } = fieldsOf(remediation);
        // What else may be there counts all the same: ignoreTestFailures, and retries without end are what this strategy does.
        if (fieldsOf(strategy).name === 'RetryOnFailure' && ((retries as number) > 0 || remediateLastFailure === true || way !== undefined)) {
          yield {
            field: `spec.${action}.remediation`,
            problem: 'with the strategy RetryOnFailure Flux retries for ever, and undoes nothing',
            remedy: "Leave 'remediation' out, or set the strategy RemediateOnFailure",
          };
        }
      }
    },
  },
  {
    id: 'helm-release-remediation-never',
    severity: 'warning',
    summary: 'An upgrade says how to undo a failure, but has no retries: nothing is ever undone',
    source: 'helm-controller',
    kinds: ['HelmRelease'],
    *check(spec) {
      const { strategy, remediation } = fieldsOf(fieldsOf(spec).upgrade);
      const { retries, remediateLastFailure, strategy: way } = fieldsOf(remediation);
      if (way !== undefined && !retries && remediateLastFailure !== true && fieldsOf(strategy).name !== 'RetryOnFailure') {
        yield {
          field: 'spec.upgrade.remediation.strategy',
          problem: "without 'retries' Flux undoes nothing: a failed upgrade stays",
          remedy: "Give 'retries', or 'remediateLastFailure: true'",
        };
      }
    },
  },
];
