export * from './cel-syntax';
export * from './schema-complaint';
export * from './schema-complaints';
