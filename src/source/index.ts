export * from './flux-git-source';
export * from './flux-source';
export * from './git-ref';
