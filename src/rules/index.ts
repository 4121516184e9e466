export * from './object-rules';
export * from './rule';
