export * from './delivery-manifest';
