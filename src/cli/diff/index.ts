export * from './change';
export { diffOf } from './compare-files';
export { changesAsMarkdown, MARKDOWN_LIMIT } from './markdown';
export { changesAsText } from './text';
