export * from './cel-syntax';
