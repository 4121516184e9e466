export * from './access-from';
export * from './chart-origin';
export * from './flux-git-source';
export * from './flux-helm-repository';
export * from './flux-source';
export * from './git-ref';
export * from './registry-provider';
export * from './signature-verification';
