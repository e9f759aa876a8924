import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { DatabaseModule } from './database.module';
import { UnitOfWork } from './unit-of-work';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../../test/support/test-database';

const compile = (url: string) =>
  Test.createTestingModule({ imports: [DatabaseModule.forRoot({ url, entities: [], applicationName: 'spec' })] }).compile();

describe('DatabaseModule', () => {
  let database: TestDatabase | undefined;
  afterEach(async () => database?.drop());

  it('provides the data source and the unit of work, and closes every connection at shutdown', async () => {
    database = await createTestDatabase();
    const module = await compile(database.apiUrl);
    const names = await module
      .get(DataSource)
      .query<unknown[]>('select application_name from pg_stat_activity where pid = pg_backend_pid()');
    expect(names).toEqual([{ application_name: 'spec' }]);
    expect(module.get(UnitOfWork)).toBeInstanceOf(UnitOfWork);
    await module.close();
  });

  it('refuses to start on a schema it does not know', async () => {
    database = await createEmptyDatabase();
    await expect(compile(database.apiUrl)).rejects.toThrow('older than this release');
  });

  it('refuses to start as a role that row security does not bind', async () => {
    database = await createTestDatabase();
    await expect(compile(database.superuserUrl)).rejects.toThrow('bypasses row security');
  });
});
