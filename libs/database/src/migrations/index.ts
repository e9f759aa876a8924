import type { ForwardMigration } from './forward-migration';

/** Every migration, oldest first. A new one is added at the end, and is never edited once released. */
export const MIGRATIONS: readonly (new () => ForwardMigration)[] = [];
