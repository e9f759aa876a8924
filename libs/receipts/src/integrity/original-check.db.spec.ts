import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { AuditEntry } from '@app/audit';
import { type OriginalFault, type Problem, ReceiptView } from '@app/contracts';
import { DatabaseModule } from '@app/database';
import { KeyringModule } from '@app/keyring';
import { QueueModule } from '@app/queue';
import { StorageModule } from '@app/storage';
import { Test, type TestingModule } from '@nestjs/testing';
import sharp from 'sharp';
import { everyFile } from '../../../../test/security/everything-stored';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';
import { forPurpose } from '../../../../test/support/for-purpose';
import { TEST_KEYS } from '../../../../test/support/test-keys';
import { OriginalCheck, OriginalCheckSchedule, Receipt, ReceiptsModule } from '../index';

const DAYS = 90;
const AT_ONCE = 4;
const DAY_MS = 86_400_000;

describe('the check of stored originals', () => {
  let bench: ApiBench;
  let worker: TestingModule;
  const alerts: object[] = [];
  beforeAll(async () => {
    bench = await createApiBench({}, { withWorker: false });
    worker = await Test.createTestingModule({
      imports: [
        DatabaseModule.forRoot({ url: bench.workerUrl, applicationName: 'spec-check', entities: [AuditEntry, Receipt] }),
        KeyringModule.forRoot(TEST_KEYS),
        QueueModule.forProducer({ url: bench.workerUrl }),
        StorageModule.forRoot({ directory: bench.storageDirectory }),
        ReceiptsModule.forChecking({ days: DAYS, atOnce: AT_ONCE }),
      ],
    })
      .setLogger({ log: () => undefined, warn: () => undefined, error: (message: object) => void alerts.push(message) })
      .compile();
  });
  afterAll(async () => {
    await worker.close();
    await bench.close();
  });
  beforeEach(async () => {
    alerts.length = 0;
    await bench.rows('update receipt set original_checked_at = now()');
    await bench.rows(`delete from pgboss.job where name = 'original.check'`);
  });

  async function uploaded(): Promise<string> {
    const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 };
    const png = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#fff', noise } })
      .png()
      .toBuffer();
    const body = { method: 'POST', body: new Uint8Array(png), headers: { 'content-type': 'image/png' } };
    return ReceiptView.parse(await (await bench.fetch('/v1/receipts', body)).json()).id;
  }
  const pathOf = async (id: string): Promise<string> => (await everyFile(bench.storage)).find(({ path }) => path.endsWith(id))!.path;
  const run = (now = new Date(Date.now() + (DAYS + 1) * DAY_MS), signal = new AbortController().signal): Promise<void> =>
    worker.get(OriginalCheck).run({ tenantId: bench.tenantIds[0], day: '2026-11-26' }, { id: 'job', signal }, now);
  const faultOf = async (id: string): Promise<OriginalFault | null> =>
    ReceiptView.parse(await (await bench.fetch(`/v1/receipts/${id}`)).json()).originalFault?.kind ?? null;
  const auditOf = async (id: string): Promise<string[]> =>
    (
      await bench.rows<{ action: string }>(`select action from audit_entry where target_id = $1 and action like 'original.%' order by id`, [
        id,
      ])
    ).map(({ action }) => action);
  async function flipped(path: string): Promise<void> {
    const bytes = await readFile(path);
    bytes[bytes.length - 40]! ^= 1;
    await writeFile(path, bytes);
  }

  it('tells a spoilt one, one that was cut, a lost one and one whose hash is another from sound ones, in audit, log and view', async () => {
    const [sound, spoilt, cut, lost] = [await uploaded(), await uploaded(), await uploaded(), await uploaded()];
    const other = await uploaded();
    await flipped(await pathOf(spoilt));
    const handle = await open(await pathOf(cut), 'r+');
    await handle.truncate(200);
    await handle.close();
    await rm(await pathOf(lost));
    await bench.rows('update receipt set sha256 = $2 where id = $1', [other, 'f'.repeat(64)]);
    // More than one job looks at: the rest is the next one's.
    await run();
    expect(await bench.rows(`select data->>'day' as day from pgboss.job where name = 'original.check'`)).toEqual([{ day: '2026-11-26' }]);
    await run();
    const found = await Promise.all([sound, spoilt, cut, lost, other].map(faultOf));
    expect(found).toEqual([null, 'damaged', 'damaged', 'missing', 'damaged']);
    expect(await Promise.all([sound, spoilt, lost].map(auditOf))).toEqual([[], ['original.damaged'], ['original.missing']]);
    expect(alerts).toEqual(expect.arrayContaining([expect.objectContaining({ alert: 'original-missing', receiptId: lost })]));
    expect(alerts).toHaveLength(4);
    expect(JSON.stringify(alerts)).not.toContain('receipt.png');
    for (const id of [spoilt, cut, lost, other])
      await bench.rows('update receipt set original_erased_at = now(), original_erased_by = $2 where id = $1', [id, 'spec']);
  });

  it('takes its word back, on record, when the original was restored, and repeats it to the audit no sooner', async () => {
    const id = await uploaded();
    const path = await pathOf(id);
    const kept = await readFile(path);
    await flipped(path);
    const at = Date.now() + (DAYS + 1) * DAY_MS;
    await run(new Date(at));
    await run(new Date(at + DAY_MS));
    expect([await faultOf(id), await auditOf(id)]).toEqual(['damaged', ['original.damaged']]);
    await writeFile(path, kept);
    await run(new Date(at + 2 * DAY_MS));
    expect([await faultOf(id), await auditOf(id)]).toEqual([null, ['original.damaged', 'original.restored']]);
  });

  it('looks at each once in the period, and not at what was erased', async () => {
    const [fresh, erased] = [await uploaded(), await uploaded()];
    for (const id of [fresh, erased]) await rm(await pathOf(id));
    await bench.rows('update receipt set original_erased_at = now(), original_erased_by = $2 where id = $1', [erased, 'spec']);
    await run(new Date(Date.now() + (DAYS - 1) * DAY_MS));
    expect(await faultOf(fresh)).toBeNull();
    await run();
    expect([await faultOf(fresh), await faultOf(erased)]).toEqual(['missing', null]);
    await bench.rows('update receipt set original_erased_at = now(), original_erased_by = $2 where id = $1', [fresh, 'spec']);
  });

  it('notes nothing that cannot be put on record, and stops where its job is taken away', async () => {
    const id = await uploaded();
    await flipped(await pathOf(id));
    await bench.rows("alter table audit_entry add constraint no_fault check (action <> 'original.damaged') not valid");
    await expect(run()).rejects.toThrow('no_fault');
    await bench.rows('alter table audit_entry drop constraint no_fault');
    expect(await faultOf(id)).toBeNull();
    const taken = new AbortController();
    taken.abort(new Error('taken away'));
    await expect(run(undefined, taken.signal)).rejects.toThrow('taken away');
    await run();
    expect(await faultOf(id)).toBe('damaged');
  });

  it('lets one that the disk does not give keep no other from being looked at', async () => {
    const [unreadable, lost] = [await uploaded(), await uploaded()];
    const path = await pathOf(unreadable);
    await rm(path);
    await mkdir(path);
    await rm(await pathOf(lost));
    await bench.rows(`update receipt set original_checked_at = now() - interval '1 day' where id = $1`, [unreadable]);
    const due = await bench.rows('select id from receipt where original_erased_at is null');
    // The unreadable one is among those of every job, and the last job says so.
    for (let left = due.length; left >= AT_ONCE; left -= AT_ONCE - 1) await run();
    await expect(run()).rejects.toMatchObject({ cause: { code: 'EISDIR' } });
    expect([await faultOf(unreadable), await faultOf(lost)]).toEqual([null, 'missing']);
    for (const id of [unreadable, lost])
      await bench.rows('update receipt set original_erased_at = now(), original_erased_by = $2 where id = $1', [id, 'spec']);
  });

  it('is begun once a day for each tenant, however many workers look', async () => {
    const schedule = worker.get(OriginalCheckSchedule);
    const at = new Date('2031-01-01T00:00:00Z');
    const begun = await Promise.all([schedule.beginDay(at), schedule.beginDay(at)]);
    expect(begun[0] + begun[1]).toBe(2);
    expect(await schedule.beginDay(at)).toBe(0);
  });

  it('is not waited for: who opens one that is damaged or lost is told so, and it is flagged and on record at once', async () => {
    const [spoilt, lost] = [await uploaded(), await uploaded()];
    const path = await pathOf(spoilt);
    const kept = await readFile(path);
    const opened = async (id: string): Promise<unknown> => {
      const answer = await bench.fetch(`/v1/receipts/${id}/image`, forPurpose());
      return answer.status === 200 ? (await answer.arrayBuffer()).byteLength > 0 : [answer.status, ((await answer.json()) as Problem).code];
    };
    expect(await opened(spoilt)).toBe(true);
    const spoiled = Buffer.from(kept);
    spoiled[60]! ^= 1;
    await writeFile(path, spoiled);
    await rm(await pathOf(lost));
    expect(await opened(spoilt)).toEqual([409, 'original-damaged']);
    expect(await opened(spoilt)).toEqual([409, 'original-damaged']);
    expect(await opened(lost)).toEqual([409, 'original-missing']);
    expect(await Promise.all([spoilt, lost].map(faultOf))).toEqual(['damaged', 'missing']);
    expect(await Promise.all([spoilt, lost].map(auditOf))).toEqual([['original.damaged'], ['original.missing']]);
    await writeFile(path, kept);
    await run();
    expect([await faultOf(spoilt), (await auditOf(spoilt)).at(-1)]).toEqual([null, 'original.restored']);
    await bench.rows('update receipt set original_fault = null, original_fault_at = null, original_erased_at = now() where id = $1', [
      lost,
    ]);
  });

  it('is not asked where the store fails: the original is not flagged, and the caller may try again', async () => {
    const id = await uploaded();
    const path = await pathOf(id);
    const kept = await readFile(path);
    await rm(path);
    // It opens, and does not read, as on a bad sector.
    await mkdir(path);
    const answer = await bench.fetch(`/v1/receipts/${id}/image`, forPurpose());
    expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([503, 'unavailable']);
    expect([await faultOf(id), await auditOf(id)]).toEqual([null, []]);
    await rm(path, { recursive: true });
    await writeFile(path, kept);
    expect((await bench.fetch(`/v1/receipts/${id}/image`, forPurpose())).status).toBe(200);
    await run();
    expect(await faultOf(id)).toBeNull();
  });

  it('finds what is damaged beyond its first piece while it is handed out', async () => {
    const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 };
    const large = sharp({ create: { width: 500, height: 500, channels: 3, background: '#fff', noise } });
    const png = await large.png().toBuffer();
    const body = { method: 'POST', body: new Uint8Array(png), headers: { 'content-type': 'image/png' } };
    const { id } = ReceiptView.parse(await (await bench.fetch('/v1/receipts', body)).json());
    const path = await pathOf(id);
    await flipped(path);
    const answer = await bench.fetch(`/v1/receipts/${id}/image`, forPurpose());
    await expect(answer.arrayBuffer()).rejects.toThrow();
    expect([await faultOf(id), await auditOf(id)]).toEqual(['damaged', ['original.damaged']]);
    await flipped(path);
  });
});
