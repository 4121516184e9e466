import { ObjectRule } from '../rule';
import { fieldsOf, quoted, settledTextOf, textOf } from '../shared/json';

// helm-controller makes a HelmChart of what a HelmRelease says in 'chart'.
const KINDS = ['HelmChart', 'HelmRelease'];
const SOURCE = 'source-controller';

// What source-controller accepts, `^([-a-z0-9]+/?\.?)+$`, written so that no text takes long.
const CHART_NAME = /^[-a-z0-9]+(?:(?:\/\.?|\.)[-a-z0-9]+)*\/?\.?$/;

/** Where an object says which chart it means, and what it says. */
function chartOf(spec: any, { kind }: any): { path: string; chart: ReturnType<typeof fieldsOf> } {
  return kind === 'HelmRelease'
    ? { path: 'spec.chart.spec', chart: fieldsOf(fieldsOf(fieldsOf(spec).chart).spec) }
    : { path: 'spec', chart: fieldsOf(spec) };
}

/** Rules for HelmChart, and for the chart of a HelmRelease. */
export const helmChartRules: readonly ObjectRule[] = [
  {
    id: 'helm-chart-name',
    severity: 'error',
    summary: 'A name that no chart of a Helm repository has, or a path that leaves the source: Flux stalls',
    source: SOURCE,
    kinds: KINDS,
    *check(spec, object) {
      const { path, chart } = chartOf(spec, object);
      const kind = textOf(fieldsOf(chart.sourceRef).kind);
      const name = settledTextOf(chart.chart);
      if (kind === 'HelmRepository' && name !== '' && !CHART_NAME.test(name)) {
        yield {
          field: `${path}.chart`,
          problem: `${quoted(name)} cannot be the name of a chart`,
          remedy: "Use lower-case letters, digits and hyphens, with single '/' or '.' between them",
        };
      }
      if ((kind === 'GitRepository' || kind === 'Bucket') && name.startsWith('/')) {
        yield { field: `${path}.chart`, problem: `${quoted(name)} is no path in the source`, remedy: "Give one from its root, as './charts/shop'" };
      }
    },
  },
  {
    id: 'helm-chart-unread',
    severity: 'warning',
    summary: 'A field that Flux reads only for charts of another kind of source',
    source: SOURCE,
    kinds: KINDS,
    *check(spec, object) {
      const { path, chart: { sourceRef, version, reconcileStrategy } } = chartOf(spec, object);
      const kind = textOf(fieldsOf(sourceRef).kind);
      if ((kind === 'GitRepository' || kind === 'Bucket') && !['', '*'].includes(textOf(version))) {
        yield {
          field: `${path}.version`,
          problem: `a ${kind} has one version of a chart, whatever 'version' says`,
          remedy: 'Leave it out, and say at the source what to follow',
        };
      }
      if (kind === 'HelmRepository' && reconcileStrategy === 'Revision') {
        yield {
          field: `${path}.reconcileStrategy`,
          problem: "a chart of a HelmRepository is made anew for a new version only, whatever 'reconcileStrategy' says",
          remedy: 'Leave it out',
        };
      }
    },
  },
];
