import { JUMDATA_PATH } from '@app/providers';
import {
  ApprovalView,
  BatchView,
  type ConsentPolicyRequest,
  ConsentPolicyView,
  Problem,
  ReceiptView,
  VerificationBatchView,
  VerificationView,
} from '@app/contracts';
import { zipSync } from 'fflate';
import sharp from 'sharp';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';
import { csvOf } from '../../../../test/support/batch-bench';
import { byForm, parametersOf } from '../../../../test/support/drop-in-clients/jumdata-clients';
import { forPurpose } from '../../../../test/support/for-purpose';
import { madeUpReading } from '../../../../test/support/made-up-reading';
import { answered, newElements } from '../../../../test/support/verification-bench';

const JSON_BODY = { 'content-type': 'application/json' };
const CSV = { 'content-type': 'text/csv' };
const REFERENCE = { 'x-piaoyan-consent-reference': encodeURIComponent('张三同意书-7') };
const GENERAL = '个人信息处理授权书 2026 版';

describe('consent: what a tenant says by default, and what it demands', () => {
  let bench: ApiBench;
  let png: Uint8Array<ArrayBuffer>;
  beforeAll(async () => {
    bench = await createApiBench();
    bench.reader.script = () => madeUpReading(newElements());
    png = new Uint8Array(
      await sharp({ create: { width: 40, height: 30, channels: 3, background: '#fff' } })
        .png()
        .toBuffer(),
    );
  });
  afterAll(() => bench.close());

  const asked = async <T>(schema: { parse(value: unknown): T }, path: string, init: RequestInit & { key?: string } = {}): Promise<T> =>
    schema.parse(await (await bench.fetch(path, init)).json());
  const problemOf = async (path: string, init: RequestInit & { key?: string }): Promise<[number, string]> => {
    const response = await bench.fetch(path, init);
    return [response.status, Problem.parse(await response.json()).code];
  };
  const policy = (key = bench.keys[0]): Promise<ConsentPolicyView> => asked(ConsentPolicyView, '/v1/consent-policy', { key });
  const put = (body: object, key = bench.keys[0]): Promise<Response> =>
    bench.fetch('/v1/consent-policy', { method: 'PUT', body: JSON.stringify(body), headers: JSON_BODY, key });
  const NOTHING = { demandsReference: false, defaultReference: null, defaultPurpose: null };
  const set = async (terms: Partial<ConsentPolicyRequest>): Promise<ApprovalView> => {
    const proposal = ApprovalView.parse(await (await put({ basedOn: (await policy()).version, ...NOTHING, ...terms })).json());
    expect((await bench.decide(proposal, bench.person('securityAdministrator'))).status).toBe(200);
    return proposal;
  };
  const verify = (headers: Record<string, string> = {}, body: object = { elements: newElements() }) => ({
    ...{ method: 'POST', body: JSON.stringify(body), headers: { ...JSON_BODY, ...headers } },
  });
  const upload = (headers: Record<string, string> = {}) => ({
    ...{ method: 'POST', body: png, headers: { prefer: 'wait=20', 'content-type': 'image/png', ...headers } },
  });
  const uploaded = (headers?: Record<string, string>): Promise<ReceiptView> => asked(ReceiptView, '/v1/receipts', upload(headers));
  const table = (headers: Record<string, string> = {}, bytes = csvOf([newElements()]).bytes) => ({
    ...{ method: 'POST', body: new Uint8Array(bytes), headers: { ...CSV, ...headers } },
  });
  const shownVerification = (id: string, init = {}): Promise<VerificationView> => asked(VerificationView, `/v1/verifications/${id}`, init);

  it('is changed by two, each version on record, and by nobody who saw an older one', async () => {
    expect(await policy()).toEqual({ version: 0, ...NOTHING, setBy: null, setAt: null });
    const proposal = ApprovalView.parse(await (await put({ basedOn: 0, ...NOTHING, demandsReference: true })).json());
    expect(proposal).toMatchObject({
      kind: 'consentPolicy.set',
      changes: [{ field: 'demandsReference', before: 'false', after: 'true' }],
    });
    expect((await policy()).version).toBe(0);
    expect((await bench.decide(proposal, bench.keys[0])).status).toBe(403);
    expect((await bench.decide(proposal, bench.person('reviewer'))).status).toBe(403);
    expect((await bench.decide(proposal, bench.person('securityAdministrator'))).status).toBe(200);
    expect(await policy()).toMatchObject({ version: 1, demandsReference: true, setBy: { name: 'securityAdministrator' } });
    expect(await policy(bench.keys[1])).toMatchObject({ version: 0 });
    expect(await bench.rows(`select detail from audit_entry where action = 'consentPolicy.set'`)).toEqual([
      { detail: { version: 1, ...NOTHING, demandsReference: true, approvalId: proposal.id, proposedBy: proposal.proposedBy.id } },
    ]);
    expect((await put({ basedOn: 0, ...NOTHING })).status).toBe(409);
    expect((await put({ basedOn: 1, ...NOTHING, demandsReference: true, defaultReference: GENERAL })).status).toBe(422);
    expect((await put({ basedOn: 1, ...NOTHING }, await bench.newKey('policy.read'))).status).toBe(403);
    await expect(
      bench.rows(`update consent_policy set default_reference = 'x' where tenant_id = $1`, [bench.tenantIds[0]]),
    ).rejects.toThrow('consent_policy_default_reference_ck');
    await set({});
  });

  it('by default stands where a request says nothing, and is told apart from what the request said', async () => {
    await set({ defaultReference: GENERAL, defaultPurpose: '报销审核' });
    const { version: policyVersion } = await policy();
    const plain = await uploaded();
    expect(plain.bases).toBeUndefined();
    const own = await uploaded(REFERENCE);
    const masked = { from: 'policy', value: null };
    const shown = async (id: string, init = {}) => (await asked(ReceiptView, `/v1/receipts/${id}`, init)).bases;
    expect(await shown(plain.id)).toMatchObject([
      { targetType: 'receipt', targetId: plain.id, consentReference: masked, processingPurpose: masked, policyVersion },
    ]);
    expect(await shown(own.id)).toMatchObject([{ consentReference: { from: 'request', value: null }, processingPurpose: masked }]);
    expect(await shown(own.id, forPurpose())).toMatchObject([
      { consentReference: { from: 'request', value: '张三同意书-7' }, processingPurpose: { from: 'policy', value: '报销审核' } },
    ]);
    expect(await bench.rows(`select detail from audit_entry where action = 'basis.record' and target_id = $1`, [own.id])).toEqual([
      {
        detail: {
          ...{ consentReference: true, processingPurpose: true },
          ...{ isReferenceDefault: false, isPurposeDefault: true, policyVersion },
        },
      },
    ]);
    // A verification of a receipt stands on the receipt's basis; one of elements has none but the tenant's.
    bench.egress.willSay(answered('0', {}), answered('0', {}));
    const ofReceipt = await asked(VerificationView, '/v1/verifications', verify({ prefer: 'wait=20' }, { receiptId: own.id }));
    expect((await shownVerification(ofReceipt.id)).bases).toMatchObject([{ targetType: 'receipt', targetId: own.id }]);
    const ofElements = await asked(VerificationView, '/v1/verifications', verify({ prefer: 'wait=20' }));
    expect((await shownVerification(ofElements.id, forPurpose())).bases).toMatchObject([
      { targetType: 'verification', consentReference: { from: 'policy', value: GENERAL } },
    ]);
    // Changed later, it is what it was for whatever was taken before.
    await set({});
    expect(await shown(plain.id, forPurpose())).toMatchObject([{ consentReference: { from: 'policy', value: GENERAL }, policyVersion }]);
    expect((await asked(ReceiptView, `/v1/receipts/${(await uploaded()).id}`)).bases).toEqual([]);
  });

  it('of a batch is shown masked, and unmasked only on record', async () => {
    const draft = await asked(VerificationBatchView, '/v1/verification-batches', table(REFERENCE));
    expect(draft).toMatchObject({ masked: true, bases: [{ targetType: 'verificationBatch', consentReference: { value: null } }] });
    const path = `/v1/verification-batches/${draft.id}`;
    const seen = await asked(VerificationBatchView, path, forPurpose());
    expect(seen).toMatchObject({ masked: false, bases: [{ consentReference: { from: 'request', value: '张三同意书-7' } }] });
    expect(await bench.rows(`select target_type from audit_entry where action = 'personal.unmask' and target_id = $1`, [draft.id])).toEqual(
      [{ target_type: 'verificationBatch' }],
    );
    const reader = { ...forPurpose(), key: await bench.newKey('batch.read') };
    expect(await problemOf(path, reader)).toEqual([403, 'forbidden']);
  });

  it('is part of what an idempotency key stands for', async () => {
    const archive = new Uint8Array(zipSync({ 'a.png': Buffer.from(png) }));
    const { bytes } = csvOf([newElements()]);
    const receipt = await uploaded();
    const requests: [string, (headers: Record<string, string>) => RequestInit][] = [
      ['/v1/verifications', (headers) => verify(headers, { elements })],
      ['/v1/verification-batches', (headers) => table(headers, bytes)],
      ['/v1/verification-batches/from-receipts', (headers) => verify(headers, { receiptIds: [receipt.id] })],
      ['/v1/receipts/batch', (headers) => ({ method: 'POST', body: archive, headers: { 'content-type': 'application/zip', ...headers } })],
    ];
    const elements = newElements();
    for (const [path, request] of requests) {
      const key = { 'idempotency-key': path.replaceAll('/', '-') };
      const first = await asked({ parse: (value) => value as { id: string } }, path, request({ ...key, ...REFERENCE }));
      expect(await asked({ parse: (value) => value as { id: string } }, path, request({ ...key, ...REFERENCE }))).toMatchObject({
        id: first.id,
      });
      const others: Record<string, string>[] = [
        {},
        { 'x-piaoyan-consent-reference': 'other' },
        { ...REFERENCE, 'x-piaoyan-processing-purpose': 'x' },
      ];
      for (const other of others)
        expect([path, ...(await problemOf(path, request({ ...key, ...other })))]).toEqual([path, 422, 'idempotency-key-reused']);
    }
  });

  it('where a reference is demanded, nothing is stored or asked without one', async () => {
    const before = await uploaded();
    const draft = await asked(VerificationBatchView, '/v1/verification-batches', table());
    await set({ demandsReference: true, defaultPurpose: '报销审核' });
    const archive = { method: 'POST', body: new Uint8Array(zipSync({ 'a.png': Buffer.from(png) })) };
    const stored = async (): Promise<object> => ({
      files: (await bench.storedFiles()).length,
      calls: bench.egress.posts.length,
      rows: await bench.rows(
        `select (select count(*) from receipt) as r, (select count(*) from verification) as v, (select count(*) from verification_batch) as b,
           (select count(*) from receipt_batch) as a, (select count(*) from audit_entry) as e`,
      ),
    });
    const client = await bench.newClient({ dialect: 'jumdata' });
    const account = { url: `${bench.url}${JUMDATA_PATH}`, appId: client.publicId, appSecret: client.secret };
    const standing = await stored();
    const onlyPurpose = { 'x-piaoyan-processing-purpose': 'x' };
    const refused: [string, RequestInit][] = [
      ['/v1/receipts', upload(onlyPurpose)],
      ['/v1/receipts/batch', { ...archive, headers: { 'content-type': 'application/zip' } }],
      ['/v1/verifications', verify(onlyPurpose)],
      ['/v1/verifications', verify({}, { receiptId: before.id })],
      ['/v1/verification-batches', table()],
      ['/v1/verification-batches/from-receipts', verify({}, { receiptIds: [before.id] })],
      [`/v1/verification-batches/${draft.id}/start`, verify({}, { calls: 1 })],
    ];
    for (const [path, init] of refused) expect([path, ...(await problemOf(path, init))]).toEqual([path, 422, 'consent-reference-required']);
    expect((await byForm(account.url, parametersOf(account, newElements()))).status).toBe(400);
    expect(await stored()).toEqual(standing);
    const theirs = { ...upload(), key: bench.keys[1] };
    expect((await bench.fetch('/v1/receipts', theirs)).status).toBe(201);
  });

  it('goes on with one, and a receipt’s stands for its verification, an archive’s for its documents, a batch’s for its rows', async () => {
    const receipt = await uploaded(REFERENCE);
    bench.egress.willSay(answered('0', {}), answered('0', {}), answered('0', {}));
    const verified = await bench.fetch('/v1/verifications', verify({ prefer: 'wait=20' }, { receiptId: receipt.id }));
    expect(verified.status).toBe(201);
    const body = new Uint8Array(zipSync({ 'a.png': Buffer.from(png) }));
    const archive = await asked(BatchView, '/v1/receipts/batch', {
      ...{ method: 'POST', body, headers: { 'content-type': 'application/zip', ...REFERENCE } },
    });
    expect((await asked(ReceiptView, `/v1/receipts/${archive.items[0]!.receiptId!}`)).bases).toMatchObject([
      { targetType: 'batch', targetId: archive.id, processingPurpose: { from: 'policy' } },
    ]);
    const draft = await asked(VerificationBatchView, '/v1/verification-batches', table(REFERENCE));
    const started = await bench.fetch(`/v1/verification-batches/${draft.id}/start`, verify({}, { calls: 1 }));
    expect(started.status).toBe(200);
    const client = await bench.newClient({ dialect: 'jumdata' });
    const account = { url: `${bench.url}${JUMDATA_PATH}`, appId: client.publicId, appSecret: client.secret };
    const form = new URLSearchParams(parametersOf(account, newElements()));
    expect((await fetch(account.url, { method: 'POST', body: form, headers: REFERENCE })).status).toBe(200);
  });
});
