import * as fc from 'fast-check';
import { FluxKubeConfig, FluxSecret } from '../../src/flux';
import { nameArbitrary } from '../schema/spec-arbitrary';

const expression = fc.constantFrom("status.phase == 'Running'", 'spec.replicas > 1');

/** A `readyExpr` that no rule complains of. */
export const readyExprArbitrary = fc.constant("dep.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True') && dep.status.observedGeneration > 1");

/** What `healthCheckExprs` of a spec may be: one for each API version. */
export const healthCheckExprsArbitrary = fc.uniqueArray(
  fc.record({ apiVersion: fc.constantFrom('a.example/v1', 'b.example/v1'), kind: nameArbitrary, current: expression, failed: expression, inProgress: expression }, {
    requiredKeys: ['apiVersion', 'current'],
  }),
  { minLength: 1, maxLength: 2, selector: ({ apiVersion }) => apiVersion },
);

/** What a `kubeConfig` of a spec may be. */
export const kubeConfigArbitrary = fc.oneof(
  fc.record({ secretRef: fc.record({ name: nameArbitrary, key: nameArbitrary }, { requiredKeys: ['name'] }) }),
  fc.record({ configMapRef: fc.record({ name: nameArbitrary }) }),
);

/** The one that a `kubeConfig` describes. */
export function kubeConfigOf(kubeConfig: any): FluxKubeConfig | undefined {
  if (!kubeConfig) {
    return undefined;
  }
  const { secretRef, configMapRef } = kubeConfig;
  return configMapRef
    ? FluxKubeConfig.fromConfigMap(configMapRef.name) : FluxKubeConfig.fromSecret(FluxSecret.kubeConfig(secretRef.name), secretRef.key);
}
