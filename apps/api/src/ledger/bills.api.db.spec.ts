import { ApprovalView, BillDetailView, BillPage, type Elements, Problem, ReceiptView } from '@app/contracts';
import { readTable } from '@app/tabular';
import sharp from 'sharp';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';
import { madeUpReading } from '../../../../test/support/made-up-reading';
import { newElements } from '../../../../test/support/verification-bench';

describe('the ledger, over HTTP', () => {
  let bench: ApiBench;
  beforeAll(async () => {
    bench = await createApiBench();
  });
  afterAll(() => bench.close());

  const json = { 'content-type': 'application/json' };

  let documents = 0;
  /** A bill that a document of its own was read to show, found in the ledger. */
  async function uploaded(elements: Elements, { payee = '示例市第一医院', key = bench.keys[0] } = {}): Promise<BillDetailView> {
    bench.reader.script = () => {
      const reading = madeUpReading(elements);
      const [bill] = reading.bills;
      const field = { raw: payee, confidence: 1, source: 'ocr' as const, page: 1, quad: null };
      const nothing = { confirmedBy: [], contradictedBy: [], alternatives: [], doubts: [] };
      return { ...reading, bills: [{ ...bill!, fields: { payee: { ...field, ...nothing, value: payee } } }] };
    };
    documents += 1;
    const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: { r: documents, g: 0, b: 0 } } })
      .png()
      .toBuffer();
    const headers = { prefer: 'wait=20', 'content-type': 'image/png' };
    const response = await bench.fetch('/v1/receipts', { method: 'POST', body: new Uint8Array(png), headers, key });
    expect(ReceiptView.parse(await response.json()).state).toBe('read');
    const [bill] = await listed({ billNumber: elements.billNumber }, key);
    return detail(bill!.id, key);
  }
  const asked = (path: string, body: object, key = bench.keys[0]): Promise<Response> =>
    bench.fetch(path, { method: 'POST', body: JSON.stringify(body), headers: json, key });
  const listed = async (search: object, key = bench.keys[0]): Promise<BillPage['items']> =>
    BillPage.parse(await (await asked('/v1/bills/search', search, key)).json()).items;
  const detail = async (id: string, key = bench.keys[0]): Promise<BillDetailView> =>
    BillDetailView.parse(await (await bench.fetch(`/v1/bills/${id}`, { key })).json());
  const booking = (id: string, body: object, { key = bench.keys[0], method = 'POST' } = {}): Promise<Response> =>
    bench.fetch(`/v1/bills/${id}/booking`, { method, body: JSON.stringify(body), headers: json, key });
  const problemOf = async (answer: Promise<Response>): Promise<Problem> => Problem.parse(await (await answer).json());
  const matched = (id: string): Promise<unknown> =>
    bench.rows(`update bill set state = 'match', verdict = 'valid', verified_at = now() where id = $1`, [id]);
  const auditOf = (id: string): Promise<object[]> =>
    bench.rows(`select action, actor_name, detail from audit_entry where target_id = $1 and action <> 'personal.read' order by id`, [id]);

  it('shows a bill once it is read, and its duplicates with who and when', async () => {
    const elements = newElements();
    const first = await uploaded(elements);
    expect(first).toMatchObject({ state: 'unverified', elements, payee: '示例市第一医院', receiptCount: 1, booking: null, bookings: [] });
    const again = await uploaded(elements);
    expect(again).toMatchObject({ id: first.id, receiptCount: 2, receipts: [{ uploadedBy: { name: 'spec' } }, { isSameFile: false }] });
    expect((await listed({ q: '第一医院', duplicate: true, state: ['unverified', 'match'] })).map(({ id }) => id)).toEqual([first.id]);
    expect(await listed({ billNumber: elements.billNumber }, bench.keys[1])).toEqual([]);
    expect(await problemOf(bench.fetch(`/v1/bills/${first.id}`, { key: bench.keys[1] }))).toMatchObject({ code: 'not-found' });
  });

  it('lists newest first by what says nothing of a bill, page by page', async () => {
    const [older, newer] = [await uploaded(newElements()), await uploaded(newElements())];
    await matched(older.id);
    await matched(newer.id);
    await bench.rows("update bill set state = 'notFound' where id = any($1::uuid[])", [[older.id, newer.id]]);
    const page = async (query: string): Promise<BillPage> => BillPage.parse(await (await bench.fetch(`/v1/bills?${query}`)).json());
    const first = await page('state=notFound&booked=false&duplicate=false&limit=1');
    const second = await page(`state=notFound&booked=false&duplicate=false&limit=1&cursor=${first.next!}`);
    expect([first.items[0]?.id, second.items[0]?.id, second.next]).toEqual([newer.id, older.id, null]);
  });

  describe('booking', () => {
    it('is done once, by whom and with which voucher, however many try', async () => {
      const { id } = await uploaded(newElements());
      await matched(id);
      const answers = await Promise.all(['记-1', '记-2', '记-3'].map((voucher) => booking(id, { voucher })));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
      const done = BillDetailView.parse(await answers.find(({ status }) => status === 201)!.json());
      expect(done).toMatchObject({ booking: { by: { name: 'spec' } }, bookings: [{ act: 'book', isOverride: false, state: 'match' }] });
      const { voucher, at } = done.booking!;
      const refused = Problem.parse(await answers.find(({ status }) => status === 409)!.json());
      expect(refused).toMatchObject({ code: 'bill-booked', detail: `Booked at ${at} by spec with voucher ${voucher}` });
      expect(await auditOf(id)).toEqual([
        { action: 'bill.book', actor_name: 'spec', detail: { state: 'match', isOverride: false, voucher, reason: null } },
      ]);
      expect((await listed({ booked: true, q: voucher })).map((bill) => bill.id)).toEqual([id]);
    });

    it('needs a match, or an override with a reason', async () => {
      const { id } = await uploaded(newElements());
      expect(await problemOf(booking(id, { voucher: '记-4' }))).toMatchObject({ status: 409, code: 'bill-not-verified' });
      expect(await problemOf(booking(id, { voucher: '记-4', override: true }))).toMatchObject({ code: 'invalid-field', field: 'reason' });
      await matched(id);
      await bench.rows('update bill set is_contradicted = true where id = $1', [id]);
      expect(await problemOf(booking(id, { voucher: '记-4' }))).toMatchObject({ code: 'bill-not-verified' });
      expect((await booking(id, { voucher: '记-4', override: true, reason: '纸质原件已核对' })).status).toBe(201);
      expect((await detail(id)).bookings).toMatchObject([{ isOverride: true, reason: '纸质原件已核对' }]);
    });

    it('is taken back with a reason, once, and can then be done anew; all of it stays', async () => {
      const { id } = await uploaded(newElements());
      await matched(id);
      expect(await problemOf(booking(id, { reason: 'x' }, { method: 'DELETE' }))).toMatchObject({ status: 409, code: 'bill-not-booked' });
      await booking(id, { voucher: '记-5' });
      expect(await problemOf(booking(id, {}, { method: 'DELETE' }))).toMatchObject({ code: 'invalid-field', field: 'reason' });
      const proposed = await booking(id, { reason: '凭证有误' }, { method: 'DELETE' });
      expect(proposed.status).toBe(202);
      const proposal = ApprovalView.parse(await proposed.json());
      expect((await detail(id)).booking?.voucher).toBe('记-5');
      expect((await bench.decide(proposal, bench.person('securityAdministrator'))).status).toBe(403);
      expect((await bench.decide(proposal, bench.person('accountant'))).status).toBe(200);
      expect((await booking(id, { voucher: '记-6' })).status).toBe(201);
      const { booking: standing, bookings } = await detail(id);
      expect(standing?.voucher).toBe('记-6');
      expect(bookings.map(({ act, voucher, reason }) => [act, voucher, reason])).toEqual([
        ['book', '记-5', null],
        ['undo', '记-5', '凭证有误'],
        ['book', '记-6', null],
      ]);
      expect((await auditOf(id)).map((entry) => (entry as { action: string }).action)).toEqual(['bill.book', 'bill.unbook', 'bill.book']);
      expect(await auditOf(proposal.id)).toMatchObject([{ action: 'approval.propose' }, { action: 'approval.approve' }]);
    });

    it('does not happen when it cannot be put on record', async () => {
      const { id } = await uploaded(newElements());
      await matched(id);
      await bench.rows("alter table audit_entry add constraint no_booking check (action <> 'bill.book') not valid");
      const response = await booking(id, { voucher: '记-7' });
      await bench.rows('alter table audit_entry drop constraint no_booking');
      expect(response.status).toBe(503);
      expect(await detail(id)).toMatchObject({ booking: null, bookings: [] });
    });

    it('needs its own right, and the own bill', async () => {
      const { id } = await uploaded(newElements());
      const reader = await bench.newKey('ledger.read');
      expect(await problemOf(booking(id, { voucher: '记-8' }, { key: reader }))).toMatchObject({ code: 'forbidden' });
      expect(await problemOf(asked('/v1/bills/export', { format: 'csv' }, reader))).toMatchObject({ code: 'forbidden' });
      const override = { voucher: '记-8', override: true, reason: 'x' };
      expect(await problemOf(booking(id, override, { key: bench.keys[1] }))).toMatchObject({ code: 'not-found' });
      for (const voucher of ['', ' ', 'a\nb', 'x'.repeat(101)]) {
        expect(await problemOf(booking(id, { voucher }))).toMatchObject({ code: 'invalid-field', field: 'voucher' });
      }
    });
  });

  it('says what the original is and where it is kept: found by it, exported with it, and on record with what was said before', async () => {
    const elements = newElements();
    const { id } = await uploaded(elements);
    const put = (body: object, key = bench.keys[0]): Promise<Response> =>
      bench.fetch(`/v1/bills/${id}/origin`, { method: 'PUT', body: JSON.stringify(body), headers: json, key });
    const shelf = { originalKind: 'paper', archiveLocation: '档案室-7-01' };
    expect(await detail(id)).toMatchObject({ originalKind: null, archiveLocation: null });
    const answer = BillDetailView.parse(await (await put(shelf, bench.person('accountant'))).json());
    expect(answer).toMatchObject(shelf);
    await put(shelf);
    expect((await listed({ archiveLocation: '档案室-7-01' })).map((bill) => bill.id)).toEqual([id]);
    expect(await listed({ archiveLocation: '档案室-7' })).toEqual([]);
    expect((await listed({ originalKind: 'paper', billNumber: elements.billNumber })).map((bill) => bill.id)).toEqual([id]);
    expect(await listed({ archiveLocation: '档案室-7-01' }, bench.keys[1])).toEqual([]);
    const table = await (await asked('/v1/bills/export', { format: 'csv', archiveLocation: '档案室-7-01' })).text();
    expect(table).toMatch(/原件类型,归档位置.*\r\n.*纸质原件,档案室-7-01/);
    // What is read or verified later leaves it as it is.
    await uploaded(elements);
    expect(await detail(id)).toMatchObject({ ...shelf, receiptCount: 2 });
    await put({ originalKind: 'electronic', archiveLocation: null });
    expect(await auditOf(id)).toEqual([
      {
        ...{ action: 'bill.origin.set', actor_name: 'accountant' },
        detail: { kind: 'paper', location: '档案室-7-01', kindBefore: null, locationBefore: null },
      },
      {
        ...{ action: 'bill.origin.set', actor_name: 'spec' },
        detail: { kind: 'electronic', location: null, kindBefore: 'paper', locationBefore: '档案室-7-01' },
      },
    ]);
    for (const wrong of [
      { originalKind: null, archiveLocation: 'x' },
      { originalKind: 'copy', archiveLocation: null },
      { originalKind: 'paper', archiveLocation: 'a\nb' },
    ]) {
      expect(await problemOf(put(wrong))).toMatchObject({ status: 422, code: 'invalid-field' });
    }
    expect(await problemOf(put(shelf, bench.person('clerk')))).toMatchObject({ code: 'forbidden' });
    expect(await problemOf(put(shelf, bench.keys[1]))).toMatchObject({ code: 'not-found' });
  });

  describe('exported', () => {
    const exported = async (wanted: object): Promise<Buffer> => {
      const response = await asked('/v1/bills/export', wanted);
      expect(response.status).toBe(200);
      return Buffer.from(await response.arrayBuffer());
    };

    it('is CSV that a spreadsheet opens as it is: Chinese, zeros kept, no formula', async () => {
      const elements = newElements({ billCode: '01060126' });
      await uploaded(elements, { payee: '=HYPERLINK("http://example.invalid")' });
      const csv = (await exported({ format: 'csv', billNumber: elements.billNumber })).toString('utf8');
      expect(csv).toMatch(/^\ufeff状态,票据种类,/);
      const [, line, end] = csv.split('\r\n');
      expect(line).toContain(`未查验,医疗门诊收费票据,,01060126,${elements.billNumber},1e9030,${elements.issueDate},486.20,`);
      expect(line).toContain(`"'=HYPERLINK(""http://example.invalid"")"`);
      expect(end).toBe('');
    });

    it('is a workbook with identifiers as text and amounts as numbers, in either language', async () => {
      const elements = newElements({ billCode: '01060126' });
      await uploaded(elements);
      const workbook = await exported({ format: 'xlsx', language: 'en', billNumber: elements.billNumber });
      const { rows } = await readTable(workbook);
      expect(JSON.stringify(rows)).toMatch(/"01060126".*"486.20?"/);
    });

    it('is put on record with the names of the filters and the count, without a value', async () => {
      const elements = newElements();
      await uploaded(elements);
      await exported({ format: 'csv', billNumber: elements.billNumber, state: ['unverified'] });
      const entries = await bench.rows<{ detail: object }>(
        `select detail from audit_entry where action = 'bill.export' order by id desc limit 1`,
      );
      expect(entries).toEqual([{ detail: { format: 'csv', language: 'zh-CN', filters: 'billNumber,state', rows: 1 } }]);
    });

    it('does not leave when it cannot be put on record', async () => {
      await bench.rows("alter table audit_entry add constraint no_export check (action <> 'bill.export') not valid");
      const response = await asked('/v1/bills/export', { format: 'csv' });
      await bench.rows('alter table audit_entry drop constraint no_export');
      expect(response.status).toBe(503);
    });

    it('holds every bill of many, each once, in the order of the list', async () => {
      const { billCode } = newElements();
      await bench.rows(
        `insert into bill (tenant_id, id, bill_code, bill_number, issue_date, amount_fen, state, is_contradicted, receipt_count, texts, item_terms, name_terms,
           first_seen_at, last_seen_at)
         select (select id from tenant where name = 'first'), gen_random_uuid(), '98060126', lpad(n::text, 10, '0'), '0001-01-01', -1,
           'unverified', false, 0, '', '{}', '{}', now(), now() from generate_series(1, 2500) n`,
      );
      const lines = (await exported({ format: 'csv', billCode: '98060126' })).toString('utf8').trim().split('\r\n').slice(1);
      const numbers = lines.map((line) => line.split(',')[4]);
      const inOrder = await bench.rows<{ n: string }>(`select bill_number as n from bill where bill_code = '98060126' order by id desc`);
      expect(numbers).toEqual(inOrder.map(({ n }) => n));
      expect(billCode).not.toBe('98060126');
    });
  });

  it.each([
    { limit: 0 },
    { limit: 201 },
    { state: ['green'] },
    { state: [] },
    { kind: 'x' },
    { issuedFrom: '2026-02-30' },
    { amountFrom: '1' },
    { q: ' ' },
    { booked: 'true' },
    { cursor: "'" },
    { colour: 1 },
  ])('refuses a search for %j', async (search) => {
    expect(await problemOf(asked('/v1/bills/search', search))).toMatchObject({ status: 422, code: 'invalid-field' });
  });

  it.each([
    'limit=0',
    'state=green',
    'state=',
    'booked=1',
    'colour=1',
    // What says something of a bill or of a person stands in no address.
    ...[
      'q=x1',
      'payee=x1',
      'payer=x1',
      'billCode=1',
      'billNumber=1',
      'checkCode=1',
      'issuedFrom=2026-01-01',
      'amountTo=1.00',
      'sort=amount',
    ],
  ])('refuses a list with %s', async (query) => {
    expect(await problemOf(bench.fetch(`/v1/bills?${query}`))).toMatchObject({ status: 422, code: 'invalid-field' });
  });

  it('hands no table out by its address', async () => {
    expect((await bench.fetch('/v1/bills/export?format=csv&q=x1')).status).toBe(405);
  });
});
