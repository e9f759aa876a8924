import { Problem, type QuotaLimits, QuotasView } from '@app/contracts';
import { createDataSource } from '@app/database';
import { withQuotaAdmin } from '@app/tenancy';
import { Client } from 'pg';
import sharp from 'sharp';
import { CountWhatIsStored1795308050000 } from '../../../../libs/database/src/migrations/1795308050000-count-what-is-stored';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';
import { foundBy } from '../../../../test/support/found-bills';

const DAY_SECONDS = 86_400;

describe('quotas', () => {
  let bench: ApiBench;
  let png: Buffer;
  beforeAll(async () => {
    bench = await createApiBench({}, { withWorker: false });
    png = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    await bench.rows('delete from quota_use');
    await bench.rows("update receipt set state = 'failed', failure_code = 'reading-failed'");
    await set({ uploadsPerDay: null, storedBytes: null, waitingReceipts: null, exportsPerDay: null });
  });

  const operator = { type: 'operator' as const, id: 'spec', name: 'spec' };
  const set = (changes: Partial<QuotaLimits>): Promise<QuotasView> =>
    withQuotaAdmin({ ownerUrl: bench.ownerUrl, applicationName: 'spec' }, (admin) =>
      admin.set({ tenantId: bench.tenantIds[0], actor: operator }, changes),
    );
  const upload = (key = bench.keys[0]): Promise<Response> =>
    bench.fetch('/v1/receipts', { method: 'POST', body: new Uint8Array(png), headers: { 'content-type': 'image/png' }, key });
  const exported = (key = bench.keys[0]): Promise<Response> =>
    bench.fetch('/v1/bills/export', { ...foundBy({}), body: JSON.stringify({ format: 'csv' }), key });
  const standing = async (key = bench.keys[0]): Promise<QuotasView> =>
    QuotasView.parse(await (await bench.fetch('/v1/quotas', { key })).json());
  const refusal = async (answer: Promise<Response>): Promise<{ problem: Problem; retryAfter: string | null }> => {
    const response = await answer;
    return { problem: Problem.parse(await response.json()), retryAfter: response.headers.get('retry-after') };
  };

  it('are none until the operator sets them, and count all the same', async () => {
    await upload();
    await exported();
    const { quotas } = await standing();
    expect(quotas).toMatchObject({
      uploadsPerDay: { limit: null, used: 1 },
      storedBytes: { limit: null, used: png.length, freeAt: null },
      waitingReceipts: { limit: null, used: 1 },
      exportsPerDay: { limit: null, used: 1 },
    });
    expect(quotas.uploadsPerDay.freeAt).toMatch(/T16:00:00\.000Z$/);
    expect((await standing(bench.keys[1])).quotas.uploadsPerDay.used).toBe(0);
  });

  it('count what was stored before there were any, and nothing that was erased', async () => {
    await bench.rows(`update receipt set original_erased_at = now(), original_erased_by = 'spec'`);
    await upload();
    await bench.rows('delete from quota_use');
    const owner = await createDataSource({ url: bench.ownerUrl, applicationName: 'spec-owner' }).initialize();
    const runner = owner.createQueryRunner();
    for (const _twice of [1, 2]) await new CountWhatIsStored1795308050000().up(runner);
    await runner.release();
    await owner.destroy();
    expect((await standing()).quotas.storedBytes.used).toBe(png.length);
    expect((await standing(bench.keys[1])).quotas.storedBytes.used).toBe(0);
  });

  it('let through as many uploads a day as they say, however many come at once, and say when there is room again', async () => {
    await set({ uploadsPerDay: 3 });
    const before = (await bench.storedFiles()).length;
    const statuses = (await Promise.all(Array.from({ length: 8 }, () => upload()))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 202)).toHaveLength(3);
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
    // What was refused at the last moment left nothing behind.
    expect((await bench.storedFiles()).length - before).toBe(3);
    const { problem, retryAfter } = await refusal(upload());
    expect(problem).toMatchObject({ status: 429, code: 'quota-exceeded' });
    expect(problem.detail).toMatch(/^Uploads a day: the quota is 3; free again at .*T16:00:00\.000Z$/);
    expect(Number(retryAfter)).toBeGreaterThan(0);
    expect(Number(retryAfter)).toBeLessThanOrEqual(DAY_SECONDS);
    expect((await standing()).quotas.uploadsPerDay.used).toBe(3);
    expect((await upload(bench.keys[1])).status).toBe(202);
    await bench.rows("update quota_use set period = '2000-01-01' where kind = 'uploadsPerDay'");
    expect((await upload()).status).toBe(202);
  });

  it('bound what is stored and what waits to be read', async () => {
    await set({ storedBytes: png.length * 2 - 1 });
    expect((await upload()).status).toBe(202);
    expect((await refusal(upload())).problem).toMatchObject({ status: 507, code: 'storage-quota-exceeded' });
    await set({ storedBytes: png.length });
    expect((await refusal(upload())).problem).toMatchObject({ status: 507, code: 'storage-quota-exceeded' });
    await set({ storedBytes: null, waitingReceipts: 2 });
    expect((await upload()).status).toBe(202);
    const { problem, retryAfter } = await refusal(upload());
    expect([problem.code, retryAfter]).toEqual(['quota-exceeded', '60']);
    await bench.rows("update receipt set state = 'failed', failure_code = 'reading-failed'");
    expect((await upload()).status).toBe(202);
  });

  it('bound exports, which are then neither made nor on record', async () => {
    await set({ exportsPerDay: 1 });
    expect((await exported()).status).toBe(200);
    const records = (): Promise<object[]> => bench.rows("select 1 from audit_entry where action = 'bill.export'");
    const before = await records();
    expect((await refusal(exported())).problem).toMatchObject({ status: 429, code: 'quota-exceeded' });
    expect(await records()).toEqual(before);
    expect((await exported(bench.keys[1])).status).toBe(200);
  });

  it('of one tenant hold up no other', async () => {
    await upload();
    await upload(bench.keys[1]);
    const other = new Client({ connectionString: bench.database.superuserUrl });
    await other.connect();
    try {
      await other.query('begin');
      await other.query('select 1 from quota_use where tenant_id = $1 for update', [bench.tenantIds[0]]);
      expect((await upload(bench.keys[1])).status).toBe(202);
      // The holder itself waits no longer than a lock may be waited for.
      expect((await upload()).status).toBe(503);
    } finally {
      await other.query('rollback');
      await other.end();
    }
  });

  it('are set by the operator alone, each change on record', async () => {
    const { version } = await standing();
    const next = await set({ uploadsPerDay: 10, storedBytes: null });
    expect(next.version).toBe(version + 1);
    expect((await set({ uploadsPerDay: 10 })).version).toBe(version + 1);
    const entries = await bench.rows(`select actor_type as by, target_id as version, detail from audit_entry
      where action = 'quota.set' order by id desc limit 1`);
    expect(entries).toEqual([{ by: 'operator', version: String(version + 1), detail: { version: version + 1, uploadsPerDay: 10 } }]);
    await expect(set({ uploadsPerDay: -1 })).rejects.toThrow();
    const reader = await bench.newKey('receipt.read');
    expect((await bench.fetch('/v1/quotas', { key: reader })).status).toBe(403);
  });
});
