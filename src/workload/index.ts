export * from './app-namespace';
export * from './microservice';
export * from './microservice-props';
export * from './nodezoo-service';
