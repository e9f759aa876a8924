export * from './api-keys.service';
export * from './scope';
