export * from './artifact-plan';
export * from './live-artifact';
export * from './open-registry';
export * from './pull';
export * from './registry-client';
export * from './registry-publisher';
export * from './registry-url';
