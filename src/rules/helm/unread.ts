import { ObjectRule } from '../rule';
import { fieldsOf, listOf } from '../shared/json';

/** Rules for fields of a HelmRelease that mean nothing as they stand. */
export const unreadRules: readonly ObjectRule[] = [
  {
    id: 'helm-release-skip-crds',
    severity: 'error',
    summary: 'A HelmRelease with install.skipCRDs, which nothing reads any more: the CustomResourceDefinitions are installed',
    source: 'helm-controller',
    kinds: ['HelmRelease'],
    *check(spec) {
      const { skipCRDs, crds } = fieldsOf(fieldsOf(spec).install);
      if (skipCRDs === true && crds !== 'Skip') {
        yield {
          field: 'spec.install.skipCRDs',
          problem: 'Flux no longer looks at it, and installs the CustomResourceDefinitions',
          remedy: "Set 'install.crds' to Skip",
        };
      }
    },
  },
  {
    id: 'helm-release-recreate',
    severity: 'warning',
    summary: 'A HelmRelease with rollback.recreate, which Helm no longer knows',
    source: 'helm-controller',
    kinds: ['HelmRelease'],
    *check(spec) {
      if (fieldsOf(fieldsOf(spec).rollback).recreate === true) {
        yield { field: 'spec.rollback.recreate', problem: 'it has no effect any more', remedy: 'Leave it out' };
      }
    },
  },
  {
    id: 'helm-release-health-check-exprs-unread',
    severity: 'error',
    summary: 'A HelmRelease with healthCheckExprs and the wait strategy legacy: they are never looked at',
    source: 'helm-controller',
    kinds: ['HelmRelease'],
    *check(spec) {
      const { waitStrategy, healthCheckExprs } = fieldsOf(spec);
      if (fieldsOf(waitStrategy).name === 'legacy' && listOf(healthCheckExprs).length) {
        yield { field: 'spec.healthCheckExprs', problem: "they count only with the wait strategy 'poller'", remedy: "Leave 'waitStrategy' out" };
      }
    },
  },
  {
    id: 'helm-release-tests-off',
    severity: 'warning',
    summary: 'A HelmRelease that says how to test, but not that it is tested',
    source: 'helm-controller',
    kinds: ['HelmRelease'],
    *check(spec) {
      const test = fieldsOf(fieldsOf(spec).test);
      if (Object.keys(test).length > 0 && test.enable === undefined) {
        yield { field: 'spec.test.enable', problem: 'without it no test is run', remedy: "Set 'enable: true', or leave 'test' out" };
      }
    },
  },
  {
    id: 'helm-release-drift-detection-off',
    severity: 'warning',
    summary: 'A HelmRelease that says what drift to ignore, but not that drift is detected',
    source: 'helm-controller',
    kinds: ['HelmRelease'],
    *check(spec) {
      const { mode, ignore } = fieldsOf(fieldsOf(spec).driftDetection);
      if (mode === undefined && listOf(ignore).length) {
        yield { field: 'spec.driftDetection.mode', problem: 'without it Flux looks for no drift', remedy: 'Set it to enabled or warn' };
      }
    },
  },
  {
    id: 'helm-release-force-unread',
    severity: 'warning',
    summary: 'A HelmRelease with force beside server-side apply, which replaces nothing',
    source: 'helm-controller',
    kinds: ['HelmRelease'],
    *check(spec) {
      for (const action of ['upgrade', 'rollback']) {
        const { force, serverSideApply } = fieldsOf(fieldsOf(spec)[action]);
        if (force === true && serverSideApply === 'enabled') {
          yield {
            field: `spec.${action}.force`,
            problem: 'it means nothing with server-side apply, which takes over fields of others anyway',
            remedy: "Leave it out, or set 'serverSideApply' to disabled",
          };
        }
      }
    },
  },
];
