import { BOTH, RECONCILERS } from './kinds';
import { ObjectRule } from '../rule';
import { fieldsOf, isGiven, mapsOf, settledTextOf } from '../shared/json';

/** Rules for the patches of kustomize. */
export const patchRules: readonly ObjectRule[] = [
  {
    id: 'json-patch-without-target',
    severity: 'error',
    summary: 'A JSON patch that does not say which objects it is for: the build fails',
    source: `kustomize, in ${BOTH}`,
    kinds: RECONCILERS,
    *check(spec) {
      for (const { field, patch } of patchesOf(spec)) {
        const { patch: text, target } = patch;
        if (!isGiven(target) && isList(settledTextOf(text))) {
          yield {
            field: `${field}.target`,
            problem: 'a JSON patch does not say which objects it is for, and neither does a target',
            remedy: "Give a 'target', such as { kind: Deployment, name: shop }",
          };
        }
      }
    },
  },
];

/** Whether a text is a list in YAML or JSON, which no object is: its first line that says something begins so. */
function isList(text: string): boolean {
  const first = text.split('\n').map((line) => line.trim()).find((line) => line !== '' && !line.startsWith('#') && !line.startsWith('---'));
  return first !== undefined && /^(\[|-(\s|$))/.test(first);
}

function* patchesOf(spec: unknown): Iterable<{ field: string; patch: ReturnType<typeof fieldsOf> }> {
  const { patches, postRenderers } = fieldsOf(spec);
  for (const [index, patch] of mapsOf(patches).entries()) {
    yield { field: `spec.patches[${index}]`, patch };
  }
  for (const [at, { kustomize }] of mapsOf(postRenderers).entries()) {
    for (const [index, patch] of mapsOf(fieldsOf(kustomize).patches).entries()) {
      yield { field: `spec.postRenderers[${at}].kustomize.patches[${index}]`, patch };
    }
  }
}
