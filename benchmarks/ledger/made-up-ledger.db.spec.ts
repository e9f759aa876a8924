import { createDataSource } from '@app/database';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database';
import { drawnBills } from './drawn-bills';
import { makeLedger, type MadeUpTenant } from './made-up-ledger';
import { billsOf } from './measure-ledger';
import { SEARCHES } from './searches';

describe('the made-up ledger', () => {
  let database: TestDatabase;
  let owner: Client;
  let tenants: MadeUpTenant[];
  beforeAll(async () => {
    database = await createTestDatabase();
    const superuser = new Client({ connectionString: database.superuserUrl });
    await superuser.connect();
    await superuser.query(`do $$ begin execute format('grant temporary on database %I to piaoyan_owner', current_database()); end $$`);
    await superuser.end();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    tenants = await makeLedger(owner, { bills: 1_000, workerUrl: database.workerUrl, say: () => undefined });
  });
  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  it('has the bills asked for, most of them of the first tenant, and every index again', async () => {
    expect(tenants.map(({ bills }) => bills)).toEqual([600, 250, 100, 50]);
    const { rows } = await owner.query<{ name: string }>(
      `select indexname as name from pg_indexes where tablename in ('bill', 'bill_term')`,
    );
    expect(rows.map(({ name }) => name)).toEqual(expect.arrayContaining(['bill_term_pk', 'bill_state_ix', 'bill_booked_ix', 'bill_pk']));
  });

  it('is found by the product’s own search, by the numbers that its texts have there', async () => {
    const api = await createDataSource({ url: database.apiUrl, applicationName: 'spec' }).initialize();
    const [{ tenantId }] = tenants as [MadeUpTenant];
    const drawn = await drawnBills(owner, tenants[0]!, 3);
    const bills = await billsOf(api);
    const tenant = { tenantId, actor: { type: 'apiKey' as const, id: 'spec', name: 'spec' } };
    for (const [round, bill] of drawn.entries()) {
      for (const { name, isOwn, question } of SEARCHES) {
        const { items } = await bills.page(tenant, { limit: 200, ...question(bill, round) });
        if (isOwn) expect([name, items.map(({ id }) => id).includes(bill.id)]).toEqual([name, true]);
        if (name.startsWith('a word that nothing has')) expect(items).toEqual([]);
      }
    }
    await api.destroy();
    expect(drawn).toHaveLength(3);
  });
});
