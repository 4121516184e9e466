export * from './secret-layout';
export * from './sops';
export * from './secret-readers';
