import { ObjectRule } from '../rule';
import { fieldsOf, quoted, settledTextOf } from '../shared/json';

const RELEASE_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Rules for the name of a release. */
export const releaseNameRules: readonly ObjectRule[] = [
  {
    id: 'helm-release-name',
    severity: 'error',
    summary: 'A name that no Helm release can have: the install fails',
    source: 'Helm, in helm-controller',
    kinds: ['HelmRelease'],
    *check(spec) {
      const name = settledTextOf(fieldsOf(spec).releaseName);
      if (name !== '' && !RELEASE_NAME.test(name)) {
        yield {
          field: 'spec.releaseName',
          problem: `${quoted(name)} cannot be the name of a release`,
          remedy: 'Give lower-case letters, digits, hyphens and dots',
        };
      }
    },
  },
];
