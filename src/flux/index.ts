export * from './flux-object';
export * from './flux-secret';
