export * from './clashes';
export * from './delivered-object';
export * from './duplicates';
export * from './file-names';
export * from './namespaces';
export * from './plaintext-secret';
export * from './repositories';
export * from './reserved';
