import { ObjectRule } from '../rule';
import { fieldsOf, listOf, quoted, settledTextOf } from '../shared/json';

/** What kustomize takes for the address of a repository, which kustomize-controller does not let it read. */
const REMOTE = /^(git::|gh:|ssh:\/\/|https:\/\/|http:\/\/|git@|github\.com:|github\.com\/)./i;

/** Rules for the paths in a Kustomization. */
export const pathRules: readonly ObjectRule[] = [
  {
    id: 'kustomization-path-outside',
    severity: 'warning',
    summary: 'A path that leads out of the source: Flux takes the root for what is above it',
    source: 'kustomize-controller',
    kinds: ['Kustomization'],
    *check(spec) {
      const path = settledTextOf(fieldsOf(spec).path);
      if (leadsOut(path)) {
        yield {
          field: 'spec.path',
          problem: `${quoted(path)} leads out of the source, and Flux takes the root for what is above it`,
          remedy: "Give the path from the source's root, such as './deploy'",
        };
      }
    },
  },
  {
    id: 'kustomization-component-path',
    severity: 'error',
    summary: 'A component that is not in the source: the build fails',
    source: 'kustomize-controller',
    kinds: ['Kustomization'],
    *check(spec) {
      for (const [index, component] of listOf(fieldsOf(spec).components).entries()) {
        const path = settledTextOf(component);
        if (REMOTE.test(path) || /^(file:\/\/)?\//i.test(path)) {
          yield {
            field: `spec.components[${index}]`,
            problem: 'Flux builds with components of the source only',
            remedy: "Give a path relative to 'spec.path', such as '../components/debug'",
          };
        }
      }
    },
  },
];

function leadsOut(path: string): boolean {
  let depth = 0;
  for (const step of path.split('/')) {
    if (step === '..') {
      depth--;
    } else if (step !== '' && step !== '.') {
      depth++;
    }
    if (depth < 0) {
      return true;
    }
  }
  return false;
}
