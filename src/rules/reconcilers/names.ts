import { BOTH, RECONCILERS } from './kinds';
import { ObjectRule } from '../rule';
import { fieldsOf, quoted, settledTextOf } from '../shared/json';

const MAX_LABEL = 63;
const DNS_LABEL = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/** Rules for the names that Kustomizations and HelmReleases have and give. */
export const nameRules: readonly ObjectRule[] = [
  {
    id: 'reconciler-name-too-long',
    severity: 'error',
    summary: 'The name of a Kustomization or HelmRelease is too long for the label that it becomes on every object: each apply fails',
    source: BOTH,
    kinds: RECONCILERS,
    *check(_spec, object) {
      const { length } = settledTextOf(fieldsOf(fieldsOf(object).metadata).name);
      if (length > MAX_LABEL) {
        yield {
          field: 'metadata.name',
          problem: `it has ${length} characters, and every apply fails, for the name becomes a label of every object`,
          remedy: `Give one of at most ${MAX_LABEL} characters`,
        };
      }
    },
  },
  {
    id: 'reconciler-namespace-name',
    severity: 'error',
    summary: 'A namespace to apply to whose name no namespace can have',
    source: 'the API server',
    kinds: RECONCILERS,
    *check(spec) {
      for (const field of ['targetNamespace', 'storageNamespace']) {
        const name = settledTextOf(fieldsOf(spec)[field]);
        if (name !== '' && !DNS_LABEL.test(name)) {
          yield { field: `spec.${field}`, problem: `${quoted(name)} is no namespace`, remedy: 'Give lower-case letters, digits and hyphens' };
        }
      }
    },
  },
];
