export * from './flux-kustomization';
export * from './kustomization-types';
export * from './manifest-branch-kustomization';
export * from './sops-secret';
