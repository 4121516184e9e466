export * from './check';
export * from './cluster-view';
export * from './finding';
export * from './object-rules';
export * from './rule';
