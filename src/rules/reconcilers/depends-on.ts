import { RECONCILERS, BOTH } from './kinds';
import { ObjectRule } from '../rule';
import { fieldsOf, mapsOf, quoted, textOf } from '../shared/json';

/** A dependency, with its place. */
interface Dependency {
  readonly field: string;
  readonly name: string;
  /** Empty where it is the object's own and that is not written. */
  readonly namespace: string;
  readonly readyExpr: string;
}

/** Rules for `dependsOn`, as one object shows them; circles are looked for in a whole cluster. */
export const dependsOnRules: readonly ObjectRule[] = [
  {
    id: 'depends-on-itself',
    severity: 'error',
    summary: 'A Kustomization or HelmRelease depends on itself, and waits for ever',
    source: BOTH,
    kinds: RECONCILERS,
    *check(_spec, object) {
      const { name, namespace } = fieldsOf(fieldsOf(object).metadata);
      for (const dependency of dependenciesOf(object)) {
        // With an expression it waits for what that says, which may come true.
        if (dependency.name === name && dependency.namespace === textOf(namespace) && dependency.readyExpr === '') {
          yield {
            field: dependency.field,
            problem: 'it depends on itself, and would wait for ever',
            remedy: 'Leave itself out of dependsOn',
          };
        }
      }
    },
  },
  {
    id: 'depends-on-twice',
    severity: 'warning',
    summary: 'A Kustomization or HelmRelease names a dependency twice',
    source: BOTH,
    kinds: RECONCILERS,
    *check(_spec, object) {
      const seen = new Set<string>();
      for (const { field, name, namespace, readyExpr } of dependenciesOf(object)) {
        const id = JSON.stringify([namespace, name, readyExpr]);
        if (seen.has(id)) {
          yield { field, problem: `it depends on ${quoted(namespace ? `${namespace}/${name}` : name)} twice`, remedy: 'Name it once' };
        }
        seen.add(id);
      }
    },
  },
];

function dependenciesOf(object: any): Dependency[] {
  const own = textOf(fieldsOf(fieldsOf(object).metadata).namespace);
  return mapsOf(fieldsOf(fieldsOf(object).spec).dependsOn)
    .map(({ name, namespace, readyExpr }, index) => (
      { field: `spec.dependsOn[${index}]`, name: textOf(name), namespace: textOf(namespace) || own, readyExpr: textOf(readyExpr) }
    ))
    .filter(({ name }) => name !== '');
}
