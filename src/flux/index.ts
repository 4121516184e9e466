export * from './applier-options';
export * from './dependencies';
export * from './depends-on-options';
export * from './flux-object';
export * from './flux-secret';
export * from './health-check-expr';
export * from './kube-config';
export * from './kustomize-types';
export { FluxSecretLayout } from '../secrets';
