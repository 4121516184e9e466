import { ClusterIndex } from './cluster-index';
import { ClusterComplaint, ClusterRule } from './cluster-rule';
import { AppliedSet } from '../cluster-view';
import { hasSetting } from '../objects';
import { mapsOf } from '../shared/json';

/** A `${...}` that the substitution of its Kustomization cannot fill, or takes for a variable. */
export const brokenSubstitution: ClusterRule = {
  id: 'broken-substitution',
  severity: 'error',
  summary: 'A text holds ${...} that the postBuild substitution of its Kustomization cannot fill',
  source: 'kustomize-controller: with substitution on, a ${...} that it cannot read, or a variable without value or default, fails the whole apply',
  *check(cluster) {
    for (const set of cluster.view.applied) {
      const variables = variablesOf(cluster, set);
      if (variables) {
        yield* broken(set, variables);
      }
    }
  },
};

/** What is known of the variables of a Kustomization. */
interface Variables {
  readonly names: ReadonlySet<string>;
  /** Whether there are more, in ConfigMaps and Secrets. */
  readonly more: boolean;
}

/** The variables of the Kustomization that applies a set; undefined if it surely does not substitute, or if nothing is known of it. */
function variablesOf(cluster: ClusterIndex, set: AppliedSet): Variables | undefined {
  const { substitute, substituteFrom, substituteStrategy } = cluster.applierOf(set)?.object.spec?.postBuild ?? {};
  const from = mapsOf(substituteFrom);
  const names = new Set(Object.keys(substitute ?? {}));
  const runs = names.size > 0 || substituteStrategy === 'Always' || from.some(({ optional }) => optional !== true);
  return runs ? { names, more: from.length > 0 } : undefined;
}

function* broken(set: AppliedSet, variables: Variables): Iterable<ClusterComplaint> {
  for (const on of set.objects) {
    if (hasSetting(on.object, 'substitute', 'disabled')) {
      continue;
    }
    for (const { field, text } of textsOf(on.object)) {
      const problem = problemOf(text, variables);
      if (problem) {
        yield {
          on,
          field,
          problem: `${problem}, and Kustomization '${set.by}' substitutes`,
          remedy: "Give the variable a value in its postBuild, write '$${' for a literal one, or annotate the object 'kustomize.toolkit.fluxcd.io/substitute: disabled'",
        };
        break; // One for each object: a script may hold hundreds.
      }
    }
  }
}

// `$$` is a literal `$`. A name may be followed by a function (`:-default`, `//a/b`, ...) or the end.
const EXPRESSION = /\$\$|\$\{(#?)([\p{L}\p{Nd}_]*)(:?[-=?+])?([^}]?)/gu;

function problemOf(text: string, { names, more }: Variables): string | undefined {
  for (const [whole, , name, fallback, next] of text.matchAll(EXPRESSION)) {
    if (whole === '$$') {
      continue;
    }
    if (!name || !fallback && next && !':=,^/#%'.includes(next) || fallback === '-' || fallback === '+' || fallback === '?') {
      return `'${whole}' is nothing that Flux can read as a variable`;
    }
    if (!fallback && !more && !names.has(name)) {
      return `variable '\${${name}}' has no value`;
    }
  }
  return undefined;
}

/** The texts of an object that hold an expression, keys among them, with their places. */
function* textsOf(object: any): Iterable<{ field: string; text: string }> {
  const open: { value: any; field: string }[] = [{ value: object, field: '' }];
  while (open.length) {
    const { value, field } = open.pop()!;
    if (typeof value === 'string') {
      if (value.includes('${')) {
        yield { field, text: value };
      }
    } else if (value !== null && typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) {
        if (!Array.isArray(value) && key.includes('${')) {
          yield { field, text: key };
        }
        open.push({ value: inner, field: Array.isArray(value) ? `${field}[${key}]` : field ? `${field}.${key}` : key });
      }
    }
  }
}
