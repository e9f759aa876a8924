import {
  BatchView,
  BillPage,
  ErasureProofPage,
  LegalHoldView,
  Problem,
  ReceiptView,
  RetentionPreview,
  VerificationBatchView,
  VerificationView,
} from '@app/contracts';
import { zipSync } from 'fflate';
import { setTimeout } from 'node:timers/promises';
import sharp from 'sharp';
import { v7 as uuidv7 } from 'uuid';
import { csvOf } from '../../../../test/support/batch-bench';
import { BASIS, DAY_MS, RetentionBench, SECRETS } from '../../../../test/support/retention-bench';
import { answered, newElements } from '../../../../test/support/verification-bench';
import { forPurpose } from '../../../../test/support/for-purpose';
import { foundBy } from '../../../../test/support/found-bills';

const JSON_BODY = { 'content-type': 'application/json' };
const pngOf = (width: number): Promise<Buffer> =>
  sharp({ create: { width, height: 30, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();

describe('retention: what is erased', () => {
  let bench: RetentionBench;
  beforeAll(async () => {
    bench = await RetentionBench.create();
  });
  afterAll(() => bench.close());
  beforeEach(() => bench.reset());

  it('erases what providers told on the day it is due and not before; verdict, flags, charge, original and reading stay', async () => {
    const { receiptId, verificationId } = await bench.bill();
    const before = await bench.verificationOf(verificationId);
    expect(before.bases).toMatchObject([{ targetType: 'receipt' }, { targetType: 'verification' }]);
    expect(before).toMatchObject({ verdict: 'valid', erased: [], face: { payer: SECRETS[0] } });
    bench.clock.ahead = 180 * DAY_MS - 60_000;
    await bench.run();
    expect((await bench.verificationOf(verificationId)).face!.payer).toBe(SECRETS[0]);
    bench.clock.ahead = 180 * DAY_MS + 60_000;
    await bench.run();
    await bench.run();
    const { version } = await bench.rules();
    const after = await bench.verificationOf(verificationId);
    expect(after).toMatchObject({
      ...{ verdict: 'valid', charge: before.charge, outcome: 'MATCH', reviewNeeded: before.reviewNeeded },
      face: { payer: null, items: [], otherInfo: [], reversed: false, payee: '示例市第一医院' },
      erased: [{ part: 'detail', rule: `retention/${version}` }],
    });
    expect(await bench.api.rows('select from provider_reply')).toEqual([]);
    expect(await bench.basesOf(receiptId, verificationId)).toEqual(['receipt']);
    const proofs = await bench.proofsOf(verificationId);
    expect(proofs).toEqual([
      { class: 'detail', rule: `retention/${version}`, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string, object_count: 0 },
    ]);
    expect(await bench.erasuresOf(verificationId)).toHaveLength(1);
    expect(
      (await bench.asked(ReceiptView, `/v1/receipts/${receiptId}/review`, { method: 'POST' })).reading!.bills[0]!.fields.payer!.value,
    ).toBe(SECRETS[0]);
    expect((await bench.api.fetch(`/v1/receipts/${receiptId}/image`, forPurpose())).status).toBe(200);
  });

  it('never turns a contradiction green for want of what contradicts', async () => {
    const { receiptId, verificationId, elements } = await bench.bill(SECRETS[2]);
    expect(await bench.verificationOf(verificationId)).toMatchObject({ verdict: 'unknown', reviewNeeded: true });
    const standing = await bench.asked(BillPage, '/v1/bills/search', foundBy({ billNumber: elements.billNumber }));
    await bench.set({ personal: 1, original: null });
    bench.clock.ahead = 181 * DAY_MS;
    await bench.run();
    expect(await bench.verificationOf(verificationId)).toMatchObject({ verdict: 'unknown', reviewNeeded: true, evidence: [] });
    expect(await bench.receiptOf(receiptId)).toMatchObject({
      state: 'read',
      reading: null,
      corrections: [],
      erased: [{ part: 'personal' }],
    });
    expect(await bench.asked(BillPage, '/v1/bills/search', foundBy({ billNumber: elements.billNumber }))).toEqual(standing);
    // The identical elements are asked anew: a stored answer without its face would be compared with nothing.
    bench.api.egress.willSay(answered('0', { ...elements, reversed: false, payer: SECRETS[2] }));
    const again = await bench.asked(VerificationView, '/v1/verifications', {
      method: 'POST',
      body: JSON.stringify({ elements }),
      headers: { ...JSON_BODY, prefer: 'wait=20' },
    });
    expect(again.origin).toBe('upstream');
    const corrections = JSON.stringify({ basedOn: 0, fields: { payer: 'x' } });
    expect(
      await bench.problemOf(`/v1/receipts/${receiptId}/bills/1/corrections`, { method: 'POST', body: corrections, headers: JSON_BODY }),
    ).toEqual([410, 'erased']);
  });

  it('erases originals with their pictures, and the reading with them; nothing personal is left anywhere', async () => {
    const { receiptId, verificationId } = await bench.bill();
    expect(Object.keys(await bench.left())).toEqual(
      expect.arrayContaining(['receipt', 'verification', 'bill', 'bill_item', 'receipt_correction', 'processing_basis']),
    );
    expect(await bench.readFaceOf(verificationId)).not.toBeNull();
    const [row] = await bench.api.rows<{ sha256: string; object_key: string }>('select sha256, object_key from receipt where id = $1', [
      receiptId,
    ]);
    await bench.set({ original: 400, detail: 180 });
    bench.clock.ahead = 401 * DAY_MS;
    await bench.run();
    expect(bench.store.deleted).toEqual(expect.arrayContaining([row!.object_key, `${row!.object_key}.page-1.webp`]));
    for (const path of ['/image', '/pages/1/image'])
      expect(await bench.problemOf(`/v1/receipts/${receiptId}${path}`)).toEqual([410, 'erased']);
    const response = await bench.api.fetch(`/v1/receipts/${receiptId}/image`, forPurpose());
    expect(Problem.parse(await response.json()).detail).toMatch(/^Erased on \d{4}-.*Z by retention\/\d+$/);
    expect((await bench.receiptOf(receiptId)).erased.map(({ part }) => part)).toEqual(['original', 'personal']);
    const proofs = await bench.proofsOf(receiptId);
    expect(proofs.map((proof) => [proof.class, proof.object_count])).toEqual(
      expect.arrayContaining([
        ['original', 2],
        ['personal', 0],
      ]),
    );
    // The room that they took counts as free.
    const [use] = await bench.api.rows<{ isRight: boolean }>(
      `select u.used = (select coalesce(sum(byte_size), 0) from receipt r where r.tenant_id = u.tenant_id and r.original_erased_at is null) as "isRight"
       from quota_use u where u.tenant_id = $1 and u.kind = 'storedBytes'`,
      [bench.api.tenantIds[0]],
    );
    expect(use).toEqual({ isRight: true });
    expect(proofs.find((proof) => proof.class === 'original')!.sha256).toBe(row!.sha256);
    expect(await bench.left()).toEqual({});
    expect(await bench.readFaceOf(verificationId)).toBeNull();
    expect(await bench.receiptOf(receiptId)).toMatchObject({ fileName: '' });
    expect(await bench.api.storedFiles()).toEqual([]);
    const page = await bench.asked(ErasureProofPage, '/v1/retention/erasures?limit=1');
    expect([page.items.length, page.next === null]).toEqual([1, false]);
    expect((await bench.asked(ErasureProofPage, '/v1/retention/erasures', { key: bench.api.keys[1] })).items).toEqual([]);
  });

  it('erases rejected uploads, drafts and messages in their own time', async () => {
    const refused = await bench.uploaded(newElements(), 'refuse');
    const kept = await bench.uploaded(newElements());
    const draft = await bench.api.fetch('/v1/verification-batches/from-receipts', {
      method: 'POST',
      body: JSON.stringify({ receiptIds: [kept] }),
      headers: { ...JSON_BODY, ...BASIS },
    });
    const { id: batchId } = (await draft.json()) as { id: string };
    const eventId = uuidv7();
    await bench.api.rows(
      `insert into webhook_event (tenant_id, id, type, subject_id, payload, created_at) values ($1, $2, 'x', $2, '{}', now())`,
      [bench.api.tenantIds[0], eventId],
    );
    await bench.set({ rejected: 30, draft: 40, delivery: 50, detail: null });
    const ids = [refused, batchId, eventId];
    const erased = async (): Promise<number[]> => Promise.all(ids.map(async (id) => (await bench.proofsOf(id)).length));
    bench.clock.ahead = 29 * DAY_MS;
    await bench.run();
    expect(await erased()).toEqual([0, 0, 0]);
    expect(await bench.basesOf(refused, kept, batchId)).toEqual(['receipt', 'receipt', 'verificationBatch']);
    bench.clock.ahead = 31 * DAY_MS;
    await bench.run();
    expect(await erased()).toEqual([2, 0, 0]);
    expect(await bench.basesOf(refused, kept, batchId)).toEqual(['receipt', 'verificationBatch']);
    bench.clock.ahead = 51 * DAY_MS;
    expect(await bench.asked(RetentionPreview, '/v1/retention/preview')).toMatchObject({ due: { verdict: 0, draft: 0 } });
    await bench.run();
    expect(await erased()).toEqual([2, 1, 1]);
    expect(await bench.basesOf(refused, kept, batchId)).toEqual(['receipt']);
    expect(await bench.problemOf(`/v1/verification-batches/${batchId}`)).toEqual([404, 'not-found']);
    expect((await bench.api.fetch(`/v1/receipts/${kept}/image`, forPurpose())).status).toBe(200);
  });

  it('keeps what was given for an archive until the last of its documents is erased', async () => {
    const body = new Uint8Array(zipSync({ 'a.png': await pngOf(41), 'b.png': await pngOf(42) }));
    const archive = await bench.asked(BatchView, '/v1/receipts/batch', {
      ...{ method: 'POST', body, headers: { ...BASIS, 'content-type': 'application/zip' } },
    });
    const [first, second] = archive.items.map(({ receiptId }) => receiptId!);
    for (const id of [first!, second!]) while ((await bench.receiptOf(id)).state === 'queued') await setTimeout(20);
    expect((await bench.receiptOf(first!)).bases).toMatchObject([{ targetType: 'batch', targetId: archive.id }]);
    const hold = { targetType: 'receipt', targetId: second, reason: '诉讼' };
    const { id: holdId } = await bench.asked(LegalHoldView, '/v1/legal-holds', {
      ...{ method: 'POST', body: JSON.stringify(hold), headers: JSON_BODY },
    });
    await bench.set({ personal: 5, original: null, detail: null });
    bench.clock.ahead = 6 * DAY_MS;
    await bench.run();
    expect(await bench.receiptOf(first!)).toMatchObject({ reading: null, erased: [{ part: 'personal' }] });
    expect(await bench.basesOf(archive.id)).toEqual(['batch']);
    await bench.api.fetch(`/v1/legal-holds/${holdId}`, { method: 'DELETE', body: JSON.stringify({ reason: '结案' }), headers: JSON_BODY });
    await bench.run();
    expect(await bench.basesOf(archive.id)).toEqual([]);
  });

  it('empties the cells of a table that was verified, in the time of readings; what came of each row stays', async () => {
    const elements = newElements();
    bench.api.egress.willSay(answered('0', { ...elements, reversed: false }));
    const headers = { ...BASIS, 'content-type': 'text/csv', 'x-file-name': encodeURIComponent(`${SECRETS[0]}.csv`) };
    const draft = await bench.asked(VerificationBatchView, '/v1/verification-batches', {
      ...{ method: 'POST', headers, body: new Uint8Array(csvOf([elements]).bytes) },
    });
    const path = `/v1/verification-batches/${draft.id}`;
    await bench.api.fetch(`${path}/start`, { method: 'POST', headers: JSON_BODY, body: JSON.stringify({ calls: 1 }) });
    const shown = (): Promise<VerificationBatchView> => bench.asked(VerificationBatchView, path);
    while ((await shown()).state !== 'done') await setTimeout(20);
    const before = await shown();
    expect(before.bases).toHaveLength(1);
    const result = async (): Promise<string> => (await bench.api.fetch(`${path}/result?format=csv`)).text();
    expect(await result()).toContain(elements.checkCode);
    const sealed = async (): Promise<number> =>
      (await bench.api.rows('select from verification_batch_row where batch_id = $1 and content_sealed is not null', [draft.id])).length;
    await bench.set({ personal: 10, original: null, detail: null });
    bench.clock.ahead = 10 * DAY_MS - 60_000;
    await bench.run();
    expect([await sealed(), (await bench.proofsOf(draft.id)).length]).toEqual([1, 0]);
    bench.clock.ahead = 10 * DAY_MS + 60_000;
    await bench.run();
    await bench.run();
    expect([await sealed(), await bench.proofsOf(draft.id)]).toMatchObject([0, [{ class: 'personal', object_count: 0 }]]);
    expect(await shown()).toEqual({ ...before, fileName: null, bases: [] });
    expect(await result()).not.toContain(elements.checkCode);
    expect(await result()).toContain(elements.billNumber);
  });
});
