import { BOTH, RECONCILERS, knownText } from './kinds';
import { Complaint, ObjectRule } from '../rule';
import { fieldsOf, itemsOf } from '../shared/json';

/** Rules for the patches of kustomize. */
export const patchRules: readonly ObjectRule[] = [
  {
    id: 'json-patch-without-target',
    severity: 'error',
    summary: 'A JSON patch that does not say which objects it is for: the build fails',
    source: `kustomize, in ${BOTH}`,
    kinds: RECONCILERS,
    *check(spec): Iterable<Complaint> {
      for (const { field, patch } of patchesOf(spec)) {
        const { patch: text, target } = fieldsOf(patch);
        if ((target === undefined || target === null) && isList(knownText(text) ?? '')) {
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

function* patchesOf(spec: unknown): Iterable<{ field: string; patch: unknown }> {
  const { patches, postRenderers } = fieldsOf(spec);
  for (const [index, patch] of itemsOf(patches).entries()) {
    yield { field: `spec.patches[${index}]`, patch };
  }
  for (const [at, renderer] of itemsOf(postRenderers).entries()) {
    for (const [index, patch] of itemsOf(fieldsOf(fieldsOf(renderer).kustomize).patches).entries()) {
      yield { field: `spec.postRenderers[${at}].kustomize.patches[${index}]`, patch };
    }
  }
}
