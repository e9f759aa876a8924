export * from './file-object-store';
export * from './in-memory-object-store';
export * from './object-key';
export * from './object-store';
export * from './object-store-away.error';
export * from './storage.module';
