export * from './alert-provider-props';
export * from './alert-provider-type';
export * from './alert-source';
export * from './flux-alert';
export * from './flux-alert-provider';
export { FluxKind } from './flux-kind';
export * from './flux-receiver';
export * from './receiver-resource';
export * from './receiver-type';
