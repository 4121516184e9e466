import { groupOf } from './objects';

/** `key=value`, with quotes that kustomize takes away; nothing, and placeholders of Flux's substitution, give nothing away. */
const GIVES_NOTHING = /^[^=]+=(["']?)(?:\$\{\w+\})*\1$/;

/**
 * The first literal of which kustomize would make a Secret whose value can be read: `secretGenerator[0].literals[1]`.
 *
 * @param build any object; what is no Kustomization or Component of kustomize has none. Kustomize lets both `apiVersion` and `kind` be left out.
 */
export function generatedPlaintext(build: any): string | undefined {
  const { apiVersion, kind, secretGenerator } = build ?? {};
  if (!Array.isArray(secretGenerator) || apiVersion && groupOf(apiVersion) !== 'kustomize.config.k8s.io' || ![undefined, null, '', 'Kustomization', 'Component'].includes(kind)) {
    return undefined;
  }
  for (const [index, generator] of secretGenerator.entries()) {
    const literals: unknown = generator?.literals;
    const open = Array.isArray(literals) ? literals.findIndex((literal) => typeof literal === 'string' && !GIVES_NOTHING.test(literal)) : -1;
    if (open >= 0) {
      return `secretGenerator[${index}].literals[${open}]`;
    }
  }
  return undefined;
}
