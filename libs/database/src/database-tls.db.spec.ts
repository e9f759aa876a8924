import { Client } from 'pg';
import { PgBoss } from 'pg-boss';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database';
import { createDataSource } from './data-source';

/** The server of the tests has no TLS: whoever demands it must not fall back to a plain connection. */
describe('a connection string with sslmode=verify-full', () => {
  let database: TestDatabase;
  let url: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    url = `${database.apiUrl}?sslmode=verify-full`;
  });
  afterAll(() => database.drop());

  it('is obeyed by each of the three ways to the database', async () => {
    await expect(createDataSource({ url, applicationName: 'spec' }).initialize()).rejects.toThrow('does not support SSL');
    await expect(new Client({ connectionString: url }).connect()).rejects.toThrow('does not support SSL');
    const boss = new PgBoss({ connectionString: url, schema: 'pgboss', max: 1, supervise: false, schedule: false });
    boss.on('error', () => undefined);
    await expect(boss.start()).rejects.toThrow('does not support SSL');
  });
});
