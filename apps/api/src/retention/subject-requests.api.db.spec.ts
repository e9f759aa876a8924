import { createHash, createPublicKey, verify } from 'node:crypto';
import { Readable } from 'node:stream';
import { ApprovalView, Problem, ReceiptView, SubjectRequestPage, SubjectRequestView, VerificationView } from '@app/contracts';
import { FileObjectStore } from '@app/storage';
import { unzipSync } from 'fflate';
import sharp from 'sharp';
import { v7 as uuidv7 } from 'uuid';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';
import { madeUpReading } from '../../../../test/support/made-up-reading';
import { answered, lost, newElements } from '../../../../test/support/verification-bench';
import { forPurpose } from '../../../../test/support/for-purpose';

const JSON_BODY = { 'content-type': 'application/json' };
const [PAYER, CODE, OTHER] = ['李四光', '91110000MA00ABCD12', '王五常'];

describe('a request of a person', () => {
  let bench: ApiBench;
  let reviewer: string;
  let second: string;
  let png: Buffer;
  const [reviewerId, secondId] = [uuidv7(), uuidv7()];
  beforeAll(async () => {
    bench = await createApiBench();
    reviewer = bench.person('reviewer', { id: reviewerId });
    second = bench.person('securityAdministrator', { id: secondId });
    png = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
  });
  afterAll(() => bench.close());

  const send = (path: string, body: object, key = reviewer): Promise<Response> =>
    bench.fetch(path, { method: 'POST', key, body: JSON.stringify(body), headers: JSON_BODY });
  const codeOf = async (answer: Promise<Response>): Promise<string> => Problem.parse(await (await answer).json()).code;
  const shown = async (id: string): Promise<SubjectRequestView> =>
    SubjectRequestView.parse(await (await bench.fetch(`/v1/subject-requests/${id}`, { key: reviewer })).json());
  const ORDER = { payer: PAYER, reference: 'SR-1', purpose: '客户申请' };
  /** Waits until the worker has done what the state asks for. */
  async function when(id: string, state: SubjectRequestView['state']): Promise<SubjectRequestView> {
    for (;;) {
      const request = await shown(id);
      if (request.state === state) return request;
      if (!['searching', 'exporting', 'erasing'].includes(request.state)) throw new Error(`it is ${request.state}, not ${state}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  async function opened(order: object): Promise<SubjectRequestView> {
    const answer = await send('/v1/subject-requests', { ...ORDER, ...order });
    expect(answer.status).toBe(201);
    return when(SubjectRequestView.parse(await answer.json()).id, 'found');
  }
  /** A verified receipt with one bill, or a document with a second bill of another payer. */
  async function receipt(payer: string, { withOther = false, code = '' } = {}): Promise<string> {
    const elements = newElements();
    bench.reader.script = () => {
      const reading = madeUpReading(elements, { fields: { payer, ...(code !== '' && { payerCreditCode: code }) } });
      const other = madeUpReading(newElements(), { fields: { payer: OTHER } });
      return { ...reading, bills: [...reading.bills, ...(withOther ? other.bills : [])] };
    };
    bench.reader.pages = [{ mediaType: 'image/webp', bytes: png }];
    const headers = { prefer: 'wait=20', 'content-type': 'image/png' };
    const { id } = ReceiptView.parse(
      await (await bench.fetch('/v1/receipts', { method: 'POST', body: new Uint8Array(png), headers })).json(),
    );
    bench.egress.willSay(answered('0', { ...elements, reversed: false, payer }));
    const body = JSON.stringify({ receiptId: id, bill: 1 });
    await bench.fetch('/v1/verifications', { method: 'POST', body, headers: { ...JSON_BODY, prefer: 'wait=20' } });
    return id;
  }
  const audited = (id: string): Promise<{ action: string; actor_id: string; detail: Record<string, unknown> }[]> =>
    bench.rows('select action, actor_id, detail from audit_entry where target_id = $1 order by id', [id]);

  it('is answered with a signed copy of what names them, and of nobody else', async () => {
    const [own, shared] = [await receipt(PAYER, { code: CODE }), await receipt(PAYER, { withOther: true })];
    // What was asked about the other payer's bill on the shared document is not this person's, whatever came of it.
    bench.egress.willSay(lost);
    const foreign = JSON.stringify({ receiptId: shared, bill: 2 });
    const asked = await bench.fetch('/v1/verifications', { method: 'POST', body: foreign, headers: { ...JSON_BODY, prefer: 'wait=20' } });
    const { id: foreignId } = VerificationView.parse(await asked.json());
    const request = await opened({ kind: 'copy' });
    expect(request).toMatchObject({ by: 'payer', isOverdue: false, erasure: null, found: { receipts: [own, shared] } });
    expect(request.found!.verifications).toHaveLength(2);
    expect(request.found!.verifications).not.toContain(foreignId);
    const counts = { receiptCount: 2, verificationCount: 2, foundHash: request.found!.foundHash };
    expect(request.found).toMatchObject({ ...counts, next: null });
    const listed = SubjectRequestPage.parse(await (await bench.fetch('/v1/subject-requests', { key: reviewer })).json());
    expect(listed.items.find(({ id }) => id === request.id)!.found).toEqual({ ...counts, foundAt: request.found!.foundAt });
    const behind = await bench.fetch(`/v1/subject-requests/${request.id}?after=1`, { key: reviewer });
    expect(SubjectRequestView.parse(await behind.json()).found).toMatchObject({ receipts: [shared], next: null });
    expect(request.dueOn > request.openedAt.slice(0, 10)).toBe(true);
    expect((await opened({ kind: 'access', payer: undefined, payerCode: CODE })).found!.receipts).toEqual([own]);
    expect((await opened({ kind: 'access', payer: '李四' })).found!.receipts).toEqual([]);
    const path = `/v1/subject-requests/${request.id}`;
    expect(await codeOf(bench.fetch(`${path}/exports/1`, { key: reviewer }))).toBe('not-found');
    expect((await send(`${path}/export`, {})).status).toBe(202);
    const exported = await when(request.id, 'exported');
    expect(exported.exports).toHaveLength(1);
    expect(await codeOf(send(`${path}/export`, {}))).toBe('subject-request-state');
    const outer = unzipSync(new Uint8Array(await (await bench.fetch(`${path}/exports/1`, { key: reviewer })).arrayBuffer()));
    const statement = Buffer.from(outer['statement.json']!);
    const publicKey = createPublicKey(Buffer.from(outer['public-key.pem']!));
    expect(verify(null, statement, publicKey, outer['statement.sig']!)).toBe(true);
    const sha256 = createHash('sha256').update(outer['export.zip']!).digest('hex');
    expect(JSON.parse(statement.toString())).toMatchObject({ requestId: request.id, part: 1, parts: 1, sha256 });
    expect(exported.exports[0]!.sha256).toBe(sha256);
    const files = unzipSync(outer['export.zip']!);
    const names = Object.keys(files).filter((name) => !name.startsWith('verifications/'));
    expect(names.sort()).toEqual(
      [`originals/${own}`, `receipts/${own}.json`, `receipts/${shared}.json`, 'manifest.json', 'withheld.json'].sort(),
    );
    const manifest = JSON.parse(Buffer.from(files['manifest.json']!).toString()) as { files: { name: string; sha256: string }[] };
    for (const file of manifest.files) expect(createHash('sha256').update(files[file.name]!).digest('hex')).toBe(file.sha256);
    expect(Buffer.from(files[`originals/${own}`]!).equals(png)).toBe(true);
    const text = names.map((name) => Buffer.from(files[name]!).toString()).join('');
    expect([text.includes(PAYER), text.includes(OTHER)]).toEqual([true, false]);
    expect(JSON.parse(Buffer.from(files['withheld.json']!).toString())).toEqual([
      { record: `receipt ${shared}`, reason: 'the document names other payers too' },
    ]);
    // Sealed in the store, and gone from everybody when the key is.
    const stored = await bench.rows<{ exports: { key: string }[] }>('select exports from subject_request where id = $1', [request.id]);
    // Each try has a folder of its own.
    expect(stored[0]!.exports[0]!.key).toMatch(
      new RegExp(`^subject-exports/${bench.tenantIds[0]}/${request.id}/[0-9a-f-]{36}/part-1[.]zip$`),
    );
    expect((await audited(request.id)).map(({ action, detail }) => [action, detail.stage])).toEqual([
      ['subject.open', undefined],
      ['subject.find', undefined],
      ['subject.export', 'asked'],
      ['subject.export', 'made'],
      ['subject.export', 'fetched'],
    ]);
    expect(await codeOf(bench.fetch(`${path}/exports/2`, { key: reviewer }))).toBe('not-found');
    const closed = SubjectRequestView.parse(await (await send(`${path}/close`, { reason: '已交付' })).json());
    expect(closed).toMatchObject({ state: 'closed', closed: { by: { id: reviewerId }, reason: '已交付' } });
  });

  it('is answered although a document is damaged, and says so', async () => {
    const id = await receipt('孙八斗');
    const objects = new FileObjectStore(bench.storageDirectory);
    await objects.put(`receipts/${bench.tenantIds[0]}/${id}`, Readable.from([Buffer.from('torn')]));
    const request = await opened({ kind: 'copy', payer: '孙八斗' });
    const path = `/v1/subject-requests/${request.id}`;
    expect((await send(`${path}/export`, {})).status).toBe(202);
    await when(request.id, 'exported');
    const outer = unzipSync(new Uint8Array(await (await bench.fetch(`${path}/exports/1`, { key: reviewer })).arrayBuffer()));
    expect(JSON.parse(Buffer.from(unzipSync(outer['export.zip']!)['withheld.json']!).toString())).toEqual([
      { record: `receipt ${id}`, reason: 'the document is damaged in the object store' },
    ]);
  });

  it('is erased when another person approved just what was found, but what is held; proofs, counts and both persons stay', async () => {
    const name = '赵六奇';
    const [id, held] = [await receipt(name), await receipt(name)];
    await bench.fetch('/v1/legal-holds', {
      ...{ method: 'POST', headers: JSON_BODY },
      body: JSON.stringify({ targetType: 'receipt', targetId: held, reason: '诉讼 1' }),
    });
    const request = await opened({ kind: 'erasure', payer: name });
    const path = `/v1/subject-requests/${request.id}`;
    const wanted = { foundHash: request.found!.foundHash, reason: '撤回同意' };
    expect(await codeOf(send(`${path}/export`, {}))).toBe('subject-request-state');
    expect(await codeOf(send(`${path}/erasure`, { ...wanted, foundHash: '0'.repeat(64) }))).toBe('approval-outdated');
    const answer = await send(`${path}/erasure`, wanted);
    expect(answer.status).toBe(202);
    const proposal = ApprovalView.parse(await answer.json());
    expect(proposal).toMatchObject({
      payload: { requestId: request.id, reference: 'SR-1', receipts: 2, verifications: 2, foundHash: wanted.foundHash },
      changes: [
        { field: 'receipts', before: '2', after: '0' },
        { field: 'verifications', before: '2', after: '0' },
      ],
    });
    expect((await bench.fetch(`/v1/receipts/${id}/image`, forPurpose())).status).toBe(200);
    // Nobody approves their own, whatever else they are; a reviewer and an accountant lack the right.
    expect(await codeOf(bench.decide(proposal, bench.person('securityAdministrator', { id: reviewerId })))).toBe('approval-own');
    for (const role of ['reviewer', 'accountant'] as const)
      expect(await codeOf(bench.decide(proposal, bench.person(role)))).toBe('forbidden');
    expect((await bench.decide(proposal, second)).status).toBe(200);
    const done = await when(request.id, 'done');
    expect(done.erasure).toEqual({ approvalId: proposal.id, rule: `subject/${request.id}`, erased: 2, held: 2, left: 2 });
    expect((await bench.fetch(`/v1/receipts/${id}/image`, forPurpose())).status).toBe(410);
    expect((await bench.fetch(`/v1/receipts/${held}/image`, forPurpose())).status).toBe(200);
    const proofs = await bench.rows<{ class: string }>('select class from erasure_proof where rule = $1 order by class', [
      done.erasure!.rule,
    ]);
    expect(proofs.map((proof) => proof.class)).toEqual(['detail', 'original', 'personal']);
    const entries = (await audited(request.id)).filter(({ action }) => action === 'subject.erase');
    expect(entries).toMatchObject([
      { actor_id: secondId, detail: { stage: 'approved', proposedBy: reviewerId, approvedBy: secondId, foundHash: wanted.foundHash } },
      { detail: { stage: 'done', erased: 2, held: 2, leftOver: 2 } },
    ]);
    const [row] = await bench.rows<{ subject_sealed: Buffer | null }>('select subject_sealed from subject_request where id = $1', [
      request.id,
    ]);
    expect(row!.subject_sealed).toBeNull();
  });

  it('is not erased when something else was found meanwhile, or somebody changed what was', async () => {
    const name = '钱七宝';
    const kept = await receipt(name);
    const request = await opened({ kind: 'erasure', payer: name });
    const path = `/v1/subject-requests/${request.id}`;
    const propose = async (foundHash: string): Promise<ApprovalView> =>
      ApprovalView.parse(await (await send(`${path}/erasure`, { foundHash, reason: '撤回同意' })).json());
    const proposal = await propose(request.found!.foundHash);
    const later = await receipt(name);
    expect((await send(`${path}/search`, {})).status).toBe(202);
    const again = await when(request.id, 'found');
    expect(again.found!.receipts).toEqual([kept, later]);
    expect(await codeOf(bench.decide(proposal, second))).toBe('approval-outdated');
    const other = await propose(again.found!.foundHash);
    const tampered = `update subject_request set found = '{"receipts": [], "verifications": []}' where id = $1`;
    await bench.rows(tampered, [request.id]);
    expect(await codeOf(bench.decide(other, second))).toBe('approval-outdated');
    expect((await shown(request.id)).state).toBe('found');
    for (const id of [kept, later]) expect((await bench.fetch(`/v1/receipts/${id}/image`, forPurpose())).status).toBe(200);
    // One that a worker cannot come to an end with is ended by hand too.
    const stuck = await opened({ kind: 'copy', payer: '无此人' });
    await bench.rows(`update subject_request set state = 'exporting' where id = $1`, [stuck.id]);
    expect((await send(`/v1/subject-requests/${stuck.id}/close`, { reason: '已线下答复' })).status).toBe(200);
    // Ended by hand, it can be erased no more.
    expect((await send(`${path}/close`, { reason: '客户撤回申请' })).status).toBe(200);
    expect(await codeOf(bench.decide(other, second))).toBe('approval-outdated');
  });

  it('is nobody else’s: of no other tenant, of no other role, and never on record by name', async () => {
    const request = await opened({ kind: 'access' });
    const path = `/v1/subject-requests/${request.id}`;
    const stranger = bench.person('reviewer', { tenant: 1 });
    expect(await codeOf(bench.fetch(path, { key: stranger }))).toBe('not-found');
    expect(await codeOf(bench.fetch(`${path}/exports/1`, { key: stranger }))).toBe('not-found');
    for (const role of ['clerk', 'accountant', 'auditor', 'systemAdministrator', 'securityAdministrator'] as const)
      expect(await codeOf(bench.fetch(path, { key: bench.person(role) }))).toBe('forbidden');
    const page = SubjectRequestPage.parse(await (await bench.fetch('/v1/subject-requests?limit=1', { key: reviewer })).json());
    expect([page.items[0]!.id, page.next]).toEqual([request.id, request.id]);
    for (const wrong of [{ payer: undefined }, { payerCode: CODE }, { reference: ' ' }, { kind: 'sale' }])
      expect(await codeOf(send('/v1/subject-requests', { kind: 'access', ...ORDER, ...wrong }))).toBe('invalid-field');
    const stored = JSON.stringify([
      await bench.rows('select * from audit_entry'),
      await bench.rows('select * from approval'),
      await bench.rows('select * from subject_request'),
      await bench.rows('select data from pgboss.job'),
    ]);
    for (const name of [PAYER, CODE, '赵六奇', '钱七宝']) expect([name, stored.includes(name)]).toEqual([name, false]);
  });
});
