import { DataSource, type DataSourceOptions } from 'typeorm';
import { MIGRATIONS } from './migrations';
import { SnakeNamingStrategy } from './naming-strategy';
import { PreparingClient } from './preparing-client';

/** Entity classes or schemas, as TypeORM takes them. */
export type Entities = Extract<NonNullable<DataSourceOptions['entities']>, unknown[]>;

/** How a process reaches the database. `poolSize` bounds its connections. */
export interface ConnectionOptions {
  url: string;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  entities?: Entities;
  poolSize?: number;
}

/** Where TypeORM records the applied migrations. */
export const MIGRATION_TABLE = 'schema_migration';

const DEFAULT_POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 5_000;

/** A TypeORM data source as every process and the migrator use it: nothing is synchronized, created or logged on its own. */
export function createDataSource(options: ConnectionOptions): DataSource {
  return new DataSource({
    type: 'postgres',
    url: options.url,
    applicationName: options.applicationName,
    entities: options.entities ?? [],
    migrations: [...MIGRATIONS],
    migrationsTableName: MIGRATION_TABLE,
    namingStrategy: new SnakeNamingStrategy(),
    synchronize: false,
    // Otherwise TypeORM runs CREATE EXTENSION, which no runtime role may.
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    // Statements and their parameters hold elements of bills: they never reach a log.
    logging: false,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    poolSize: options.poolSize ?? DEFAULT_POOL_SIZE,
    extra: { Client: PreparingClient },
  });
}
