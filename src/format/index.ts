export * from './duration';
export * from './errors';
export * from './git-url';
export * from './names';
export * from './yaml';
