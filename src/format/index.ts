export * from './duration';
export * from './errors';
export * from './names';
export * from './yaml';
export * from './yaml-text';
