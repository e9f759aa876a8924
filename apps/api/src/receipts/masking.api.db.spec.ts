import { CorrectionView, type Elements, Problem, type ProviderFace, ReceiptView, VerificationView } from '@app/contracts';
import sharp from 'sharp';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';
import { madeUpReading } from '../../../../test/support/made-up-reading';
import { answered, newElements } from '../../../../test/support/verification-bench';

const PAYER = '欧阳娜娜';
const ACCOUNT = '6222020012345678';
const SECRETS = [PAYER, ACCOUNT, '330102199001010021', '糖尿病', '88120435', 'billcheck'];

describe('personal fields', () => {
  let bench: ApiBench;
  let receiptId: string;
  let verificationId: string;
  beforeAll(async () => {
    bench = await createApiBench();
    const elements = newElements();
    receiptId = await uploaded(elements);
    verificationId = await verified(receiptId, elements);
  });
  afterAll(() => bench.close());

  async function uploaded(elements: Elements): Promise<string> {
    bench.reader.script = () => {
      const reading = madeUpReading(elements, { fields: { payer: PAYER, payerAccount: ACCOUNT, payee: '示例市第一医院' } });
      const [bill] = reading.bills;
      const item = { itemCode: 'T1', itemName: '糖尿病检查', unit: '次', quantity: '1', standard: '', amount: '486.20', itemRemark: '' };
      const code = { format: 'QRCode', text: 'https://pj.example.gov.cn/billcheck?id=1' };
      return {
        ...reading,
        bills: [{ ...bill!, items: [item], otherInfo: [{ cn: '门诊号', en: 'patientNumber', value: '88120435' }], codes: [code] }],
      };
    };
    const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    const headers = { prefer: 'wait=20', 'content-type': 'image/png' };
    const response = await bench.fetch('/v1/receipts', { method: 'POST', body: new Uint8Array(png), headers });
    return ReceiptView.parse(await response.json()).id;
  }
  async function verified(id: string, elements: Elements): Promise<string> {
    const told: Partial<ProviderFace> = {
      reversed: false,
      payer: '张三',
      payerCreditCode: '330102199001010021',
      title: '医疗门诊收费票据',
    };
    bench.egress.willSay(answered('0', { ...told, ...elements }));
    const response = await bench.fetch('/v1/verifications', {
      method: 'POST',
      body: JSON.stringify({ receiptId: id }),
      headers: { 'content-type': 'application/json', prefer: 'wait=20' },
    });
    return VerificationView.parse(await response.json()).id;
  }
  const text = async (path: string, init: RequestInit & { key?: string } = {}): Promise<string> => (await bench.fetch(path, init)).text();
  const problemOf = async (path: string, init: RequestInit & { key?: string } = {}): Promise<[number, string]> => {
    const response = await bench.fetch(path, init);
    return [response.status, Problem.parse(await response.json()).code];
  };
  const unmasked = (): Promise<object[]> =>
    bench.rows(`select target_id, detail from audit_entry where action = 'personal.unmask' order by id`);
  const purpose = (words: string): RequestInit => ({ headers: { 'x-piaoyan-purpose': encodeURIComponent(words) } });

  it('are masked in every answer by default, and nothing is on record of it', async () => {
    const before = await unmasked();
    for (const path of [`/v1/receipts/${receiptId}`, `/v1/verifications/${verificationId}`, '/v1/receipts']) {
      const answer = await text(path);
      for (const secret of SECRETS) expect([path, answer.includes(secret)]).toEqual([path, false]);
    }
    const receipt = ReceiptView.parse(JSON.parse(await text(`/v1/receipts/${receiptId}`)));
    expect(receipt).toMatchObject({ masked: true });
    expect(receipt.reading!.bills[0]).toMatchObject({
      fields: {
        payer: { value: '欧阳**', raw: '欧阳**' },
        payerAccount: { value: '************5678' },
        payee: { value: '示例市第一医院' },
      },
      items: [{ itemName: '***', amount: '486.20' }],
      otherInfo: [{ cn: '门诊号', value: '***' }],
      codes: [{ text: 'https://pj.example.gov.cn/***' }],
    });
    const view = VerificationView.parse(JSON.parse(await text(`/v1/verifications/${verificationId}`)));
    expect(view).toMatchObject({ masked: true, verdict: 'unknown', face: { payer: '张*', payerCreditCode: '**************0021' } });
    expect(view.evidence).toContainEqual({ field: 'payer', read: '欧阳**', told: '张*', agrees: false });
    expect(await unmasked()).toEqual(before);
  });

  it('are shown to whoever may see them and says why; record and purpose stay', async () => {
    const receipt = ReceiptView.parse(JSON.parse(await text(`/v1/receipts/${receiptId}`, purpose('核对缴款人'))));
    expect([receipt.masked, receipt.reading!.bills[0]!.fields.payer!.value]).toEqual([false, PAYER]);
    // An address that opens the bill is shown to nobody.
    expect(receipt.reading!.bills[0]!.codes[0]!.text).not.toContain('billcheck');
    const view = VerificationView.parse(JSON.parse(await text(`/v1/verifications/${verificationId}`, purpose('complaint 12'))));
    expect([view.masked, view.face!.payer]).toEqual([false, '张三']);
    expect((await unmasked()).slice(-2)).toEqual([
      { target_id: receiptId, detail: { purpose: '核对缴款人' } },
      { target_id: verificationId, detail: { purpose: 'complaint 12' } },
    ]);
  });

  it('are not shown without the right, without a purpose that says something, or to another tenant', async () => {
    const reader = await bench.newKey('receipt.read', 'verification.read');
    const path = `/v1/receipts/${receiptId}`;
    const before = await unmasked();
    expect(await problemOf(path, { ...purpose('why not'), key: reader })).toEqual([403, 'forbidden']);
    for (const words of ['', ' ', '..', 'a\nb', 'x'.repeat(201)])
      expect(await problemOf(path, purpose(words))).toEqual([422, 'invalid-field']);
    // An address is logged on its way, and says nothing.
    expect(ReceiptView.parse(JSON.parse(await text(`${path}?purpose=why`))).masked).toBe(true);
    expect(await problemOf(path, { ...purpose('theirs'), key: bench.keys[1] })).toEqual([404, 'not-found']);
    expect(await problemOf(`${path}/review`, { method: 'POST', key: reader })).toEqual([403, 'forbidden']);
    expect(await problemOf(`${path}/review`, { method: 'POST', key: bench.keys[1] })).toEqual([404, 'not-found']);
    expect(await unmasked()).toEqual(before);
  });

  it('are not shown when the audit cannot be written', async () => {
    await bench.rows(`alter table audit_entry add constraint no_unmask check (action <> 'personal.unmask') not valid`);
    const answers = [
      await text(`/v1/receipts/${receiptId}/review`, { method: 'POST' }),
      await text(`/v1/verifications/${verificationId}`, purpose('x1')),
    ];
    await bench.rows('alter table audit_entry drop constraint no_unmask');
    for (const answer of answers) {
      expect(Problem.parse(JSON.parse(answer)).status).toBeGreaterThanOrEqual(500);
      for (const secret of SECRETS) expect(answer).not.toContain(secret);
    }
  });

  it('are seen by the reviewer, on record; what comes back masked overwrites nothing', async () => {
    const reviewer = await bench.newKey('receipt.review', 'receipt.read');
    const seen = ReceiptView.parse(JSON.parse(await text(`/v1/receipts/${receiptId}/review`, { method: 'POST', key: reviewer })));
    expect([seen.masked, seen.reading!.bills[0]!.fields.payer!.value]).toEqual([false, PAYER]);
    expect((await unmasked()).at(-1)).toEqual({ target_id: receiptId, detail: { purpose: 'review' } });
    const body = JSON.stringify({ basedOn: 0, fields: { payer: '欧阳**', payee: '示例市第二医院' } });
    const headers = { 'content-type': 'application/json' };
    const answer = await text(`/v1/receipts/${receiptId}/bills/1/corrections`, { method: 'POST', body, headers, key: reviewer });
    expect(CorrectionView.parse(JSON.parse(answer)).fields).toEqual({
      payer: { from: PAYER, to: PAYER },
      payee: { from: '示例市第一医院', to: '示例市第二医院' },
    });
    expect((await unmasked()).at(-1)).toEqual({ target_id: receiptId, detail: { purpose: 'review' } });
    const masked = ReceiptView.parse(JSON.parse(await text(`/v1/receipts/${receiptId}`)));
    expect(masked.corrections[0]!.fields.payer).toEqual({ from: '欧阳**', to: '欧阳**' });
    const review = ReceiptView.parse(JSON.parse(await text(`/v1/receipts/${receiptId}/review`, { method: 'POST', key: reviewer })));
    expect(review.corrections[0]!.fields.payer).toEqual({ from: PAYER, to: PAYER });
  });
});
