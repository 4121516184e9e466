/** Every kind whose CRD can be had, as apiVersion and kind. */
export const FLUX_KINDS: readonly (readonly [apiVersion: string, kind: string])[] = [
  ['source.toolkit.fluxcd.io/v1', 'GitRepository'],
  ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'],
  ['image.toolkit.fluxcd.io/v1', 'ImagePolicy'],
  ['image.toolkit.fluxcd.io/v1', 'ImageUpdateAutomation'],
];
