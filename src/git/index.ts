export * from './git-url';
