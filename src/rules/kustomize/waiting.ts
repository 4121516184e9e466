import { ObjectRule } from '../rule';
import { fieldsOf, listOf } from '../shared/json';

/** Rules for what a Kustomization waits for. */
export const waitingRules: readonly ObjectRule[] = [
  {
    id: 'kustomization-health-checks-unread',
    severity: 'error',
    summary: 'A Kustomization with both wait and healthChecks: Flux waits for everything, and ignores the healthChecks',
    source: 'kustomize-controller',
    kinds: ['Kustomization'],
    *check(spec) {
      const { wait, healthChecks } = fieldsOf(spec);
      if (wait === true && listOf(healthChecks).length) {
        yield { field: 'spec.healthChecks', problem: "Flux ignores 'healthChecks' when 'wait' is true", remedy: 'Give one of the two' };
      }
    },
  },
  {
    id: 'kustomization-health-check-exprs-unread',
    severity: 'error',
    summary: 'A Kustomization with healthCheckExprs that waits for nothing: they are never looked at',
    source: 'kustomize-controller',
    kinds: ['Kustomization'],
    *check(spec) {
      const { wait, healthChecks, healthCheckExprs } = fieldsOf(spec);
      if (wait !== true && !listOf(healthChecks).length && listOf(healthCheckExprs).length) {
        yield { field: 'spec.healthCheckExprs', problem: "they count only with 'wait' or 'healthChecks'", remedy: 'Give one of them' };
      }
    },
  },
];
