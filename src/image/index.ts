export * from './commit-signing-key';
export * from './digest-reflection-policy';
export * from './flux-image-policy';
export * from './flux-image-repository';
export * from './flux-image-update-automation';
export * from './image-automation-types';
export { ImageMarkerPart } from './image-marker';
export * from './image-policy-selector';
export * from './image-tag-policy';
