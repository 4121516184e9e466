import { ClusterIndex, IndexedObject } from './cluster-index';
import { ClusterRule } from './cluster-rule';
import { layoutsReadBy, SECRET_KEYS, secretFields } from '../../secrets';

/** A Secret that Flux looks through in vain. */
export const unreadSecret: ClusterRule = {
  id: 'unread-secret',
  severity: 'error',
  summary: 'A Secret has none of the keys that Flux reads from the field that names it',
  source: 'each controller of Flux looks for keys of its own, and fails or goes on without a login',
  *check(cluster) {
    for (const on of cluster.flux) {
      for (const field of secretFields(on.kind)) {
        const reference = field.split('.').reduce((value, name) => value?.[name], on.object.spec);
        const secret = typeof reference?.name === 'string' ? secretOf(cluster, on.namespace, reference.name) : undefined;
        const wanted = secret && keysWanted(on, field, reference);
        if (wanted && !wanted.some((keys) => keys.every((key) => secret.some((held) => matches(held, key))))) {
          yield {
            on,
            field: `spec.${field}`,
            problem: `Secret '${on.namespace}/${reference.name}' holds ${secret.length ? secret.join(', ') : 'no key'}, and Flux reads ${wanted.map((keys) => keys.join(' and ')).join(', or ')}`,
            remedy: 'Name the keys of the Secret so',
          };
        }
      }
    }
  },
};

/** An encrypted object that nobody decrypts. */
export const encryptedWithoutDecryption: ClusterRule = {
  id: 'encrypted-without-decryption',
  severity: 'error',
  summary: 'An object that is encrypted with SOPS is applied by a Kustomization without decryption',
  source: 'kustomize-controller applies it as it is, and the API server refuses it',
  *check(cluster) {
    for (const on of cluster.objects) {
      const applier = on.object?.sops === undefined ? undefined : cluster.applierOf(on.set);
      if (applier && !applier.object.spec?.decryption) {
        yield {
          on,
          field: 'sops',
          problem: `it is encrypted, and Kustomization '${on.set.by}' does not decrypt`,
          remedy: "Give that Kustomization 'decryption' with provider 'sops', and the Secret with the private keys",
        };
      }
    }
  },
};

function secretOf(cluster: ClusterIndex, namespace: string, name: string): string[] | undefined {
  const object = cluster.find('', 'Secret', namespace, name)?.object;
  // One without any may be filled in the cluster.
  return object?.data || object?.stringData ? [...Object.keys(object.data ?? {}), ...Object.keys(object.stringData ?? {})] : undefined;
}

function keysWanted({ kind, object }: IndexedObject, field: string, { key }: any): readonly (readonly string[])[] | undefined {
  if (field === 'kubeConfig.secretRef' && typeof key === 'string') {
    return [[key]];
  }
  return layoutsReadBy(kind, field, object.spec)?.flatMap((layout) => SECRET_KEYS[layout]);
}

function matches(held: string, wanted: string): boolean {
  return wanted.startsWith('*') ? held.endsWith(wanted.slice(1)) : held === wanted;
}
