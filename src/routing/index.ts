export * from './app-identity';
export * from './claim';
export * from './cluster-mark';
export * from './destination';
export * from './require-branch';
