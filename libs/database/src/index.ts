export * from './database-busy.error';
export * from './database.module';
export * from './migrate';
export { ForwardMigration } from './migrations/forward-migration';
export * from './tenant-context';
export * from './tenant-table';
export * from './tx';
export * from './unit-of-work';
