import { ObjectRule } from '../rule';
import { followedField, GIT_REF, OCI_REF } from '../shared/followed-ref';
import { fieldsOf, isSettled, quoted, textOf } from '../shared/json';
import { isSemverRange } from '../shared/semver-range';

type Fields = ReturnType<typeof fieldsOf>;

/** A text that Flux reads as a range, by its path. Empty is none. */
interface Range {
  readonly field: string;
  readonly text: string;
}

/** What each kind has Flux read as a range. */
const RANGES: { readonly [kind: string]: (spec: Fields) => Range } = {
  GitRepository: ({ ref }) => rangeOfRef(GIT_REF, ref, 'spec.ref'),
  OCIRepository: ({ ref }) => rangeOfRef(OCI_REF, ref, 'spec.ref'),
  HelmChart: (spec) => rangeOfChart(spec, 'spec'),
  HelmRelease: ({ chart }) => rangeOfChart(fieldsOf(fieldsOf(chart).spec), 'spec.chart.spec'),
  ImagePolicy: ({ policy }) => ({ field: 'spec.policy.semver.range', text: textOf(fieldsOf(fieldsOf(policy).semver).range) }),
  ImageUpdateAutomation: ({ git }) => rangeOfRef(GIT_REF, fieldsOf(fieldsOf(git).checkout).ref, 'spec.git.checkout.ref'),
};

/** The rule for ranges of versions, in all kinds that have one. */
export const semverRules: readonly ObjectRule[] = [
  {
    id: 'semver-range',
    severity: 'error',
    summary: 'A SemVer range that is none: Flux finds no version by it',
    source: 'source-controller, image-reflector-controller, image-automation-controller',
    kinds: Object.keys(RANGES),
    *check(spec, { kind }) {
      const { field, text } = RANGES[kind](fieldsOf(spec));
      if (text !== '' && isSettled(text) && !isSemverRange(text)) {
        yield { field, problem: `${quoted(text)} is no SemVer range`, remedy: "Write one such as '1.x', '~1.2.3' or '>=1.0.0 <2.0.0'" };
      }
    },
  },
];

function rangeOfRef(form: typeof GIT_REF, ref: unknown, path: string): Range {
  return { field: `${path}.semver`, text: followedField(form, ref) === 'semver' ? textOf(fieldsOf(ref).semver) : '' };
}

/** Of another source than a Helm repository the version is not read. */
function rangeOfChart({ sourceRef, version }: Fields, path: string): Range {
  return { field: `${path}.version`, text: fieldsOf(sourceRef).kind === 'HelmRepository' ? textOf(version) : '' };
}
