import { ObjectRule } from '../rule';
import { fieldsOf, isGiven, mapsOf, textOf } from '../shared/json';

/** Rules for the values of a HelmRelease. */
export const valuesRules: readonly ObjectRule[] = [
  {
    id: 'helm-release-values-no-map',
    severity: 'error',
    summary: 'Values that are no map: Flux releases without any, and says nothing',
    source: 'helm-controller',
    kinds: ['HelmRelease'],
    *check(spec) {
      const { values } = fieldsOf(spec);
      if (isGiven(values) && (typeof values !== 'object' || Array.isArray(values))) {
        yield { field: 'spec.values', problem: 'it is no map, and Flux ignores it', remedy: 'Give a map, as in a values file' };
      }
    },
  },
  {
    id: 'helm-release-literal-unread',
    severity: 'warning',
    summary: 'A source of values with literal, but without a targetPath: literal means nothing',
    source: 'helm-controller',
    kinds: ['HelmRelease'],
    *check(spec) {
      for (const [index, { literal, targetPath }] of mapsOf(fieldsOf(spec).valuesFrom).entries()) {
        if (literal === true && textOf(targetPath) === '') {
          yield {
            field: `spec.valuesFrom[${index}].literal`,
            problem: "without 'targetPath' it is read as a values file all the same",
            remedy: "Give a 'targetPath', or leave 'literal' out",
          };
        }
      }
    },
  },
];
