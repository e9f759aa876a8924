export * from './file-object-store';
export * from './in-memory-object-store';
export * from './object-key';
export * from './object-store';
export * from './storage.module';
