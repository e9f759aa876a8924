import { createDataSource } from '@app/database';
import { shapeOf } from '@app/keyring';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/test-database';
import { SEALED_COLUMNS } from './sealed-columns';

describe('the list of sealed columns', () => {
  let database: TestDatabase;
  beforeAll(async () => (database = await createTestDatabase()));
  afterAll(() => database.drop());

  it('is that of the database: every one, and no other', async () => {
    const owner = await createDataSource({ url: database.ownerUrl, applicationName: 'spec-owner' }).initialize();
    const found = await owner.query<{ name: string }[]>(
      `select table_name || '.' || column_name as name from information_schema.columns
       where table_schema = 'public' and column_name ~ '(^|_)sealed$' and data_type = 'bytea'`,
    );
    const columns = await owner.query<{ name: string }[]>(
      `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'`,
    );
    await owner.destroy();
    const listed = SEALED_COLUMNS.map(({ name }) => name);
    expect(listed.length).toBeGreaterThan(15);
    expect(listed.sort()).toEqual(found.map(({ name }) => name).sort());
    // What tells a value's place must be a column of its row.
    const known = new Set(columns.map(({ name }) => name));
    const read = SEALED_COLUMNS.flatMap((column) => shapeOf(column).reads.map((name) => `${column.name.split('.')[0]}.${name}`));
    expect(read.filter((name) => !known.has(name))).toEqual([]);
  });
});
