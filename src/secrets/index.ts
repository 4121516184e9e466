export * from './secret-layout';
export * from './secret-readers';
