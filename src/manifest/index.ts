export * from './delivery-manifest';
export * from './git-names';
export * from './manifest-rules';
export * from './oci-names';
export * from './read-delivery-manifest';
