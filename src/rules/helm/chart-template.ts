import { ObjectRule } from '../rule';
import { fieldsOf, isGiven } from '../shared/json';

/** Rules for the HelmChart that a HelmRelease describes. */
export const chartTemplateRules: readonly ObjectRule[] = [
  {
    id: 'helm-release-verify-source',
    severity: 'error',
    summary: 'Verification of a chart that is not from a HelmRepository: the API server refuses the HelmChart',
    source: 'the API server, by a rule of HelmChart',
    kinds: ['HelmRelease'],
    *check(spec) {
      const { verify, sourceRef } = fieldsOf(fieldsOf(fieldsOf(spec).chart).spec);
      const { kind } = fieldsOf(sourceRef);
      if (isGiven(verify) && (kind === 'GitRepository' || kind === 'Bucket')) {
        yield {
          field: 'spec.chart.spec.verify',
          problem: `the chart of a ${kind} cannot be verified, and the HelmChart is refused`,
          remedy: 'Leave it out, and verify the source',
        };
      }
    },
  },
];
