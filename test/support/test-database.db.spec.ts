import { Client } from 'pg';
import { BROKER_URL } from './server-broker';
import { superuserUrl } from './template-database';
import { createTestDatabase } from './test-database';

describe('the test database', () => {
  it('is asked for on a connection of its own: none is kept that may have ended when the next file asks', async () => {
    const answer = await fetch(process.env[BROKER_URL] ?? '');
    expect([await answer.text(), answer.headers.get('connection')]).toEqual([await superuserUrl(), 'close']);
  });

  it('is cut from the template, migrated, and without what its neighbours made', async () => {
    const first = await createTestDatabase();
    const second = await createTestDatabase();
    const owner = new Client({ connectionString: first.ownerUrl });
    await owner.connect();
    await owner.query('create table only_here (id int primary key)');
    await owner.end();
    const other = new Client({ connectionString: second.apiUrl });
    await other.connect();
    const found = await other.query<{ here: string | null; migrated: string | null; me: string }>(
      `select to_regclass('only_here')::text as here, to_regclass('audit_entry')::text as migrated, current_user::text as me`,
    );
    await other.end();
    expect(found.rows[0]).toEqual({ here: null, migrated: 'audit_entry', me: 'piaoyan_api' });
    await first.drop();
    await second.drop();
  });

  it('names the connections that a test left open', async () => {
    const database = await createTestDatabase();
    const forgotten = new Client({ connectionString: database.apiUrl, application_name: 'forgotten' });
    forgotten.on('error', () => undefined);
    await forgotten.connect();
    await expect(database.drop(50)).rejects.toThrow('connections left open after the test: forgotten');
  });
});
