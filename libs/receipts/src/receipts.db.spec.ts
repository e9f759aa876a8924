import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { AuditEntry, AuditLog } from '@app/audit';
import type { Reading } from '@app/contracts';
import type { PaintedPage } from '@app/documents';
import { DatabaseModule, type TenantContext, UnitOfWork } from '@app/database';
import { Keyring, KeyringModule } from '@app/keyring';
import { QueueModule } from '@app/queue';
import { ObjectStore, StorageModule } from '@app/storage';
import { Test, type TestingModule } from '@nestjs/testing';
import { Client } from 'pg';
import sharp from 'sharp';
import { v7 as uuidv7 } from 'uuid';
import { madeUpReading } from '../../../test/support/made-up-reading';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database';
import { TEST_KEYS } from '../../../test/support/test-keys';
import { newElements, provided, RefusingAuditLog } from '../../../test/support/verification-bench';
import {
  Correction,
  CorrectionStore,
  ReceiptBatch,
  ReceiptReader,
  type ReceiptReadOptions,
  Receipt,
  ReceiptReading,
  ReceiptReadings,
  Receipts,
  ReceiptsModule,
  ReceiptStore,
} from './index';

const LOOK = { purpose: 'spec', isReviewer: false };

class ScriptedReader extends ReceiptReader {
  readonly read = jest.fn<Promise<Reading>, [Buffer, ReceiptReadOptions?]>();
}

describe('receipts', () => {
  let database: TestDatabase;
  let observer: Client;
  let directory: string;
  let api: TestingModule;
  let worker: TestingModule;
  let tenants: [TenantContext, TenantContext];
  const audit = new RefusingAuditLog();
  const reader = new ScriptedReader();

  beforeAll(async () => {
    database = await createTestDatabase();
    directory = await mkdtemp(join(tmpdir(), 'piaoyan-receipts-'));
    observer = new Client({ connectionString: database.superuserUrl });
    await observer.connect();
    tenants = [await newTenant('first'), await newTenant('second')];
    api = await contextOf(database.apiUrl, [ReceiptsModule.forIntake({ maxBytes: 100_000, maxPixels: 1_000_000 })]);
    worker = await contextOf(database.workerUrl, [ReceiptsModule.forReading(provided(ReceiptReader, reader))]);
  });
  afterAll(async () => {
    await Promise.all([api.close(), worker.close(), observer.end()]);
    await database.drop();
    await rm(directory, { recursive: true });
  });
  afterEach(() => {
    audit.refused = null;
    reader.read.mockReset();
  });

  async function newTenant(name: string): Promise<TenantContext> {
    const tenantId = uuidv7();
    await observer.query('insert into tenant (id, name) values ($1, $2)', [tenantId, name]);
    return { tenantId, actor: { type: 'apiKey', id: 'key', name } };
  }

  function contextOf(url: string, imports: ReturnType<typeof ReceiptsModule.forIntake>[]): Promise<TestingModule> {
    return Test.createTestingModule({
      imports: [
        DatabaseModule.forRoot({ url, applicationName: 'spec', entities: [AuditEntry, Receipt, ReceiptBatch, Correction] }),
        KeyringModule.forRoot(TEST_KEYS),
        QueueModule.forProducer({ url }),
        StorageModule.forRoot({ directory }),
        ...imports,
      ],
    })
      .overrideProvider(AuditLog)
      .useValue(audit)
      .compile();
  }

  const receipts = (): Receipts => api.get(Receipts, { strict: false });
  const image = (): Promise<Buffer> =>
    sharp({ create: { width: 40, height: 30, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
  const upload = async (tenant = tenants[0]): Promise<Receipt> =>
    receipts().upload(tenant, { fileName: 'a.png', bytes: Readable.from([await image()]) });
  const readingJob = (
    { tenantId, id }: Pick<Receipt, 'tenantId' | 'id'>,
    attempt = 1,
    signal = new AbortController().signal,
  ): Promise<void> => worker.get(ReceiptReading, { strict: false }).read({ tenantId, receiptId: id }, { id: 'job', attempt, signal });
  const auditOf = async (id: string): Promise<string[]> =>
    (
      await observer.query<{ action: string }>(
        `select action from audit_entry where target_id = $1 and action <> 'personal.read' order by recorded_at`,
        [id],
      )
    ).rows.map(({ action }) => action);
  const traces = async (): Promise<unknown> => [
    (await readdir(directory, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length,
    (await observer.query('select (select count(*) from receipt) as receipts, (select count(*) from pgboss.job) as jobs')).rows,
  ];

  it('leave nothing behind when the upload cannot be put on record', async () => {
    const before = await traces();
    audit.refused = 'receipt.upload';
    await expect(upload()).rejects.toThrow('audit refused');
    expect(await traces()).toEqual(before);
  });

  it('leave nothing behind when the bytes break off', async () => {
    const before = await traces();
    const broken = Readable.from(
      (function* () {
        yield Buffer.alloc(10);
        throw new Error('cut');
      })(),
    );
    await expect(receipts().upload(tenants[0], { fileName: 'a.png', bytes: broken })).rejects.toThrow('cut');
    expect(await traces()).toEqual(before);
  });

  it('keep their bytes when they were put on record and only the answer to that was lost', async () => {
    const unitOfWork = api.get(UnitOfWork, { strict: false });
    const run = unitOfWork.run.bind(unitOfWork);
    const isRecorded = async (): Promise<boolean> =>
      (await observer.query('select 1 from receipt where tenant_id = $1', [tenants[0].tenantId])).rowCount === 1;
    const lost = jest.spyOn(unitOfWork, 'run').mockImplementation(async (tenant, work) => {
      const done = await run(tenant, work);
      if (await isRecorded()) throw new Error('the connection was lost');
      return done;
    });
    await expect(upload()).rejects.toThrow('the connection was lost');
    lost.mockRestore();
    const [{ receipt } = { receipt: null }] = (await receipts().page(tenants[0], { limit: 1 })).items;
    reader.read.mockResolvedValue(madeUpReading(newElements()));
    await readingJob(receipt!);
    expect((await receipts().get(tenants[0], receipt!.id)).receipt.state).toBe('read');
  });

  it('are shown to their own tenant only, also without row security', async () => {
    const { id } = await upload();
    await expect(receipts().get(tenants[1], id)).rejects.toMatchObject({ code: 'not-found' });
    await observer.query('alter table receipt disable row level security');
    await expect(receipts().get(tenants[1], id)).rejects.toMatchObject({ code: 'not-found' });
    expect((await receipts().page(tenants[1], { limit: 10 })).items).toEqual([]);
    await observer.query('alter table receipt enable row level security');
    expect((await receipts().get(tenants[0], id)).receipt).toMatchObject({ id, state: 'queued' });
  });

  it('open no image before the view is on record', async () => {
    const { id } = await upload();
    audit.refused = 'receipt.image.view';
    await expect(receipts().openImage(tenants[0], id, LOOK)).rejects.toThrow('audit refused');
    await expect(receipts().openImage(tenants[1], id, LOOK)).rejects.toMatchObject({ code: 'not-found' });
    expect(await auditOf(id)).toEqual(['receipt.upload']);
  });

  describe('when read', () => {
    it('keep the reading, once, however often the job runs', async () => {
      const receipt = await upload();
      const reading = madeUpReading(newElements());
      reader.read.mockResolvedValue(reading);
      await Promise.all([readingJob(receipt), readingJob(receipt)]);
      await readingJob(receipt);
      expect((await receipts().get(tenants[0], receipt.id)).receipt).toMatchObject({ state: 'read', reading, failureCode: null });
      expect(await auditOf(receipt.id)).toEqual(['receipt.upload', 'receipt.read']);
      expect(reader.read.mock.calls.length).toBeLessThanOrEqual(2);
    });

    it('keep a picture of each page beside the original, however often the job runs', async () => {
      const receipt = await upload();
      const page = (mediaType: PaintedPage['mediaType']): PaintedPage => ({ mediaType, bytes: Buffer.from(mediaType) });
      reader.read.mockImplementation(async (_bytes, options) => {
        await options?.onPage?.(1, page('image/webp'));
        await options?.onPage?.(2, page('image/svg+xml'));
        return madeUpReading(newElements());
      });
      await expect(receipts().openPageImage(tenants[0], receipt.id, 1, LOOK)).rejects.toMatchObject({ code: 'receipt-not-read' });
      await Promise.all([readingJob(receipt), readingJob(receipt)]);
      for (const [number, mediaType] of [[1, 'image/webp'] as const, [2, 'image/svg+xml'] as const]) {
        const opened = await receipts().openPageImage(tenants[0], receipt.id, number, LOOK);
        expect([opened.mediaType, await text(opened.bytes)]).toEqual([mediaType, mediaType]);
      }
      expect(await auditOf(receipt.id)).toEqual(['receipt.upload', 'receipt.read', 'receipt.image.view', 'receipt.image.view']);
    });

    it('show no page before the view is on record, none that is not there, and none to a foreign tenant', async () => {
      const receipt = await upload();
      reader.read.mockImplementation(async (_bytes, options) => {
        await options?.onPage?.(1, { mediaType: 'image/webp', bytes: Buffer.from('page') });
        return madeUpReading(newElements());
      });
      await readingJob(receipt);
      await expect(receipts().openPageImage(tenants[0], receipt.id, 2, LOOK)).rejects.toMatchObject({ code: 'not-found' });
      await expect(receipts().openPageImage(tenants[1], receipt.id, 1, LOOK)).rejects.toMatchObject({ code: 'not-found' });
      audit.refused = 'receipt.image.view';
      await expect(receipts().openPageImage(tenants[0], receipt.id, 1, LOOK)).rejects.toThrow('audit refused');
      expect(await auditOf(receipt.id)).toEqual(['receipt.upload', 'receipt.read']);
    });

    it('wait for a store that takes no pictures: the document is not to blame', async () => {
      const receipt = await upload();
      reader.read.mockImplementation(async (_bytes, options) => {
        await options?.onPage?.(1, { mediaType: 'image/webp', bytes: Buffer.from('page') });
        return madeUpReading(newElements());
      });
      const full = jest.spyOn(worker.get(ObjectStore, { strict: false }), 'put').mockRejectedValueOnce(new Error('no space left'));
      await expect(readingJob(receipt, 9)).rejects.toThrow('no space left');
      full.mockRestore();
      expect((await receipts().get(tenants[0], receipt.id)).receipt).toMatchObject({ state: 'queued' });
    });

    it('stay queued when the reading cannot be put on record', async () => {
      const receipt = await upload();
      reader.read.mockResolvedValue(madeUpReading(newElements()));
      audit.refused = 'receipt.read';
      await expect(readingJob(receipt)).rejects.toThrow('audit refused');
      expect((await receipts().get(tenants[0], receipt.id)).receipt).toMatchObject({ state: 'queued', reading: null });
    });

    it('are tried again when the engine fails, and fail for good after the third try', async () => {
      const receipt = await upload();
      reader.read.mockRejectedValue(new Error('engine fault'));
      await expect(readingJob(receipt, 1)).rejects.toThrow('engine fault');
      await expect(readingJob(receipt, 2)).rejects.toThrow('engine fault');
      expect((await receipts().get(tenants[0], receipt.id)).receipt).toMatchObject({ state: 'queued' });
      await readingJob(receipt, 3);
      expect((await receipts().get(tenants[0], receipt.id)).receipt).toMatchObject({ state: 'failed', failureCode: 'reading-failed' });
    });

    it('are not blamed for a worker that stops', async () => {
      const receipt = await upload();
      reader.read.mockRejectedValue(new Error('stopped'));
      await expect(readingJob(receipt, 9, AbortSignal.abort())).rejects.toThrow('stopped');
      expect((await receipts().get(tenants[0], receipt.id)).receipt).toMatchObject({ state: 'queued' });
    });

    it('are not read when their bytes are not those that came', async () => {
      const receipt = await upload();
      await observer.query('update receipt set sha256 = $2 where id = $1', [receipt.id, '0'.repeat(64)]);
      await readingJob(receipt);
      expect(reader.read).not.toHaveBeenCalled();
      expect((await receipts().get(tenants[0], receipt.id)).receipt).toMatchObject({
        state: 'failed',
        failureCode: 'stored-bytes-changed',
      });
    });

    it("are nobody's when the job names another tenant", async () => {
      const receipt = await upload();
      await expect(readingJob({ tenantId: tenants[1].tenantId, id: receipt.id })).rejects.toThrow('does not exist');
    });

    it('tell verification their decision and elements, and no more', async () => {
      const elements = newElements();
      const receipt = await upload();
      reader.read.mockResolvedValue(madeUpReading(elements));
      await readingJob(receipt);
      const keyring = api.get(Keyring, { strict: false });
      const readings = new ReceiptReadings(new ReceiptStore(keyring), new CorrectionStore(keyring));
      const look = (tenant: TenantContext) => api.get(UnitOfWork).run(tenant, (tx) => readings.forVerification(tx, receipt.id));
      expect(await look(tenants[0])).toEqual({
        state: 'read',
        decision: 'auto',
        bills: [{ decision: 'auto', elements, fields: {}, items: [], reviewed: [] }],
      });
      expect(await look(tenants[1])).toBeNull();
    });
  });
});
