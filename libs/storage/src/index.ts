export * from './object-key';
export * from './object-store';
