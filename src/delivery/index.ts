export * from './delivery';
export * from './delivery-options';
export * from './flux-cluster';
export * from './flux-config-repository';
export * from './git-repository-options';
export * from './manifest-registry';
export * from './manifest-repository';
