export * from './app-identity';
export * from './claim';
export * from './destination';
export * from './destination-mark';
export * from './require-branch';
export * from './require-repository';
