export * from './all-rules';
export * from './check';
export { CLUSTER_RULES } from './cluster';
export * from './cluster-view';
export * from './exposures';
export * from './finding';
export * from './object-rules';
export * from './objects';
export * from './rule';
