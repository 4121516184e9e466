import { ObjectRule } from '../rule';
import { fieldsOf, quoted } from '../shared/json';

const VARIABLE = /^[_a-zA-Z][_a-zA-Z0-9]*$/;

/** Rules for `spec.postBuild`. */
export const postBuildRules: readonly ObjectRule[] = [
  {
    id: 'kustomization-variable-name',
    severity: 'error',
    summary: 'A postBuild variable with a name that none can have: the build fails',
    source: 'kustomize-controller',
    kinds: ['Kustomization'],
    *check(spec) {
      for (const name of Object.keys(substituteOf(spec))) {
        if (!VARIABLE.test(name)) {
          yield {
            field: 'spec.postBuild.substitute',
            problem: `${quoted(name)} is no variable of postBuild`,
            remedy: 'Use letters, digits and _, no digit first',
          };
        }
      }
    },
  },
  {
    id: 'kustomization-variable-line-break',
    severity: 'warning',
    summary: 'A postBuild variable with line breaks: Flux takes them out',
    source: 'kustomize-controller',
    kinds: ['Kustomization'],
    *check(spec) {
      for (const [name, value] of Object.entries(substituteOf(spec))) {
        if (typeof value === 'string' && value.replace(/\n+$/, '').includes('\n')) {
          yield {
            field: 'spec.postBuild.substitute',
            problem: `${quoted(name)} has line breaks, which Flux takes out`,
            remedy: 'Write it on one line',
          };
        }
      }
    },
  },
];

function substituteOf(spec: unknown): { readonly [name: string]: unknown } {
  return fieldsOf(fieldsOf(fieldsOf(spec).postBuild).substitute);
}
