export * from './app';
export * from './delivery';
export * from './flux';
export * from './kustomize';
export * from './source';
export { PlaintextSecret } from './validation';
export * from './workload';
