import { createDataSource, type TenantContext, UnitOfWork } from '@app/database';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { eventually } from '../../../../test/support/eventually';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/test-database';
import { ResultNotices } from './result-notices';
import { ResultWait } from './result-wait';

const TENANT: TenantContext = { tenantId: '11111111-1111-4111-8111-111111111111', actor: { type: 'worker', id: 'spec', name: 'spec' } };
const NEVER_MS = 2 ** 31 - 1;
const PATIENT = { seconds: 30, gone: () => false };

describe('a request that waits for its result', () => {
  let database: TestDatabase;
  let owner: DataSource;
  let notices: ResultNotices;
  let wait: ResultWait;
  beforeAll(async () => {
    database = await createTestDatabase();
    owner = await createDataSource({ url: database.ownerUrl, applicationName: 'spec' }).initialize();
    await inTransaction(`insert into tenant (id, name) values ('${TENANT.tenantId}', 'spec')`);
  });
  beforeEach(() => {
    notices = new ResultNotices(database.apiUrl);
    wait = new ResultWait(notices);
  });
  afterEach(() => notices.onApplicationShutdown());
  afterAll(async () => {
    await owner.destroy();
    await database.drop();
  });

  const inTransaction = (...texts: string[]) =>
    new UnitOfWork(owner).run(TENANT, async ({ manager }) => {
      for (const text of texts) await manager.query(text);
    });

  async function verification(): Promise<string> {
    const id = uuidv7();
    await inTransaction(`insert into verification (tenant_id, id, provider, origin, bill_code, bill_number, asked_sealed, issue_date,
      total_amount, bill_hash, elements_hash, state, created_by, created_at)
      values ('${TENANT.tenantId}', '${id}', 'netocr', 'upstream', '', '', '', '', '', '', '${id}', 'queued', 'spec', now())`);
    return id;
  }
  const answer = (id: string) =>
    `update verification set state = 'answered', outcome = 'NOT_FOUND', charge = 'charged', finished_at = now() where id = '${id}'`;

  /** A look that counts, and finds what the test says. */
  function watched(id: string) {
    const seen = { looks: 0, isThere: false };
    const look = () => Promise.resolve((seen.looks++, seen.isThere));
    return { seen, awaited: { id, look, isFinal: (isThere: boolean) => isThere, mayBeFinal: false } };
  }

  it('looks once, when the transaction with the result has committed', async () => {
    await notices.onApplicationBootstrap();
    const id = await verification();
    const { seen, awaited } = watched(id);
    const waiting = wait.until(awaited, PATIENT);
    seen.isThere = true;
    await inTransaction(answer(id));
    expect(await waiting).toBe(true);
    expect(seen.looks).toBe(1);
  });

  it('hears of a receipt that was read, too, and of nothing that was rolled back', async () => {
    await notices.onApplicationBootstrap();
    const [id, other] = [uuidv7(), await verification()];
    await inTransaction(`insert into receipt (tenant_id, id, file_name_sealed, media_type, byte_size, sha256, object_key, state, created_by, created_at)
      values ('${TENANT.tenantId}', '${id}', 'a', 'image/png', 1, 'a', 'a', 'queued', 'spec', now())`);
    const [receipt, rolledBack] = [notices.expect(id), notices.expect(other)];
    await expect(inTransaction(answer(other), 'select 1 / 0')).rejects.toThrow('division by zero');
    await inTransaction(`update receipt set state = 'failed', failure_code = 'unreadable', read_at = now() where id = '${id}'`);
    await receipt.within(30_000);
    const begun = performance.now();
    await rolledBack.within(50);
    expect(performance.now() - begun).toBeGreaterThan(45);
  });

  it('does not miss a result that came a moment before it began to wait', async () => {
    await notices.onApplicationBootstrap();
    const id = await verification();
    const earlier = notices.expect(await verification());
    // A result is remembered for some seconds only, which a busy machine may take for what follows.
    const clock = jest.spyOn(performance, 'now').mockReturnValue(performance.now());
    await inTransaction(answer(id));
    await inTransaction(`select pg_notify('piaoyan_result', id::text) from verification where id <> '${id}'`);
    // What was told later was heard, so the result was, too.
    await earlier.within(30_000);
    // Were it not remembered, this would not end.
    await notices.expect(id).within(NEVER_MS);
    clock.mockRestore();
  });

  it('looks again and again where nothing is heard', async () => {
    const { seen, awaited } = watched(uuidv7());
    const waiting = wait.until(awaited, PATIENT);
    await eventually(() => seen.looks >= 3);
    seen.isThere = true;
    expect(await waiting).toBe(true);
  });

  it('gives what is known when the time is over, the client has gone, or the process stops', async () => {
    await notices.onApplicationBootstrap();
    const over = watched(uuidv7());
    expect(await wait.until(over.awaited, { seconds: 0, gone: () => false })).toBe(false);
    expect(over.seen.looks).toBe(1);
    const gone = watched(uuidv7());
    expect(await wait.until(gone.awaited, { seconds: 30, gone: () => true })).toBe(false);
    const stopped = watched(uuidv7());
    const waiting = wait.until(stopped.awaited, PATIENT);
    wait.beforeApplicationShutdown();
    expect(await waiting).toBe(false);
    expect(stopped.seen.looks).toBe(1);
  });
});
