/** What is said to be the source of a rule that both controllers have. */
export const BOTH = 'kustomize-controller, helm-controller';

/** Kustomization and HelmRelease: the kinds that apply other objects. */
export const RECONCILERS = ['Kustomization', 'HelmRelease'];
