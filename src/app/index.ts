export * from './flux-app';
