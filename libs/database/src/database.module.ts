import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { type ConnectionOptions, createDataSource, type Entities } from './data-source';
import { assertRoleIsBound, assertSchemaKnown } from './schema-guard';
import { UnitOfWork } from './unit-of-work';

/** What a process needs to reach the database as its own runtime role. */
export interface DatabaseModuleOptions extends ConnectionOptions {
  entities: Entities;
}

/** Provides `DataSource` and `UnitOfWork`, globally. Refuses to start when the schema is not one this release can work with. */
@Module({})
export class DatabaseModule {
  static forRoot(options: DatabaseModuleOptions): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          // An orchestrator restarts a process that cannot start; trying again in here would only hide why.
          useFactory: () => ({ retryAttempts: 1 }),
          dataSourceFactory: () => connect(options),
        }),
      ],
      providers: [{ provide: UnitOfWork, inject: [DataSource], useFactory: (dataSource: DataSource) => new UnitOfWork(dataSource) }],
      exports: [TypeOrmModule, UnitOfWork],
    };
  }
}

async function connect(options: DatabaseModuleOptions): Promise<DataSource> {
  const dataSource = await createDataSource(options).initialize();
  try {
    await assertRoleIsBound(dataSource);
    await assertSchemaKnown(dataSource);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  return dataSource;
}
