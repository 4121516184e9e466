export { branchTexts } from './branch-texts';
export * from './change';
export { comparedPlaces } from './compared-places';
export { diffOf } from './compare-files';
export { changesAsMarkdown, MARKDOWN_LIMIT } from './markdown';
export { changesAsText } from './text';
