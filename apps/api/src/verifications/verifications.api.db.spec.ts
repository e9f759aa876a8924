import { ChargePage, Problem, ProviderList, ReceiptView, VerificationPolicyView, VerificationView } from '@app/contracts';
import sharp from 'sharp';
import { type ApiBench, createApiBench } from '../../../../test/support/api-bench';
import { madeUpReading } from '../../../../test/support/made-up-reading';
import { answered, lost, newElements, notSent } from '../../../../test/support/verification-bench';

const NOWHERE = '019ab1c2-0000-7000-8000-000000000000';

describe('verifying over HTTP', () => {
  let bench: ApiBench;
  beforeAll(async () => {
    bench = await createApiBench();
  });
  afterAll(() => bench.close());

  const post = (body: unknown, headers: Record<string, string> = {}, key = bench.keys[0]): Promise<Response> =>
    bench.fetch('/v1/verifications', {
      method: 'POST',
      key,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  const verify = async (body: object, headers: Record<string, string> = {}): Promise<VerificationView> => {
    const response = await post(body, { prefer: 'wait=20', ...headers });
    expect(response.status).toBe(201);
    return VerificationView.parse(await response.json());
  };
  const problem = async (answer: Promise<Response>): Promise<Problem> => {
    const response = await answer;
    const body = Problem.parse(await response.json());
    expect(response.status).toBe(body.status);
    return body;
  };

  async function receiptRead(...reading: Parameters<typeof madeUpReading>): Promise<string> {
    bench.reader.script = () => madeUpReading(...reading);
    const image = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    const headers = { 'content-type': 'image/png', prefer: 'wait=20' };
    const response = await bench.fetch('/v1/receipts', { method: 'POST', body: new Uint8Array(image), headers });
    return ReceiptView.parse(await response.json()).id;
  }

  it('shows a match, its light, its face and its charge', async () => {
    bench.egress.willSay(answered('0', { reversed: false, payer: '张三丰' }));
    const elements = newElements();
    const verification = await verify({ elements });
    expect(verification).toMatchObject({
      state: 'answered',
      verdict: 'valid',
      outcome: 'MATCH',
      origin: 'upstream',
      charge: 'charged',
      elements,
    });
    expect(verification.face?.payer).toBe('张**');
    expect(verification.attempts).toMatchObject([{ number: 1, state: 'answered', charge: 'charged', providerCode: '0' }]);
    const again = await bench.fetch(`/v1/verifications/${verification.id}`);
    expect(await again.json()).toEqual({ ...verification, bases: [] });
  });

  it.each([
    ['a reversed bill', answered('0', { reversed: true }), { verdict: 'reversed', outcome: 'MATCH' }],
    ['a match without the reversal state', answered('0'), { verdict: 'reversalNotProvided', outcome: 'MATCH' }],
    ['a match whose face is of another bill', answered('0', { reversed: false, billNumber: '9999999999' }), { verdict: 'unknown' }],
    ['a mismatch', answered('-30001'), { verdict: 'mismatch', charge: 'charged' }],
    ['a bill that does not exist', answered('-30002'), { verdict: 'notFound', charge: 'charged' }],
    ['a lost answer', lost, { state: 'unknown', verdict: 'unknown', charge: 'unknown' }],
    ['a code nobody knows', answered('-31999'), { state: 'unknown', outcome: 'UNKNOWN_CODE', verdict: 'unknown', charge: 'unknown' }],
  ])('never shows green for %s', async (_what, script, expected) => {
    bench.egress.willSay(script);
    const verification = await verify({ elements: newElements() });
    expect(verification).toMatchObject(expected);
    expect(verification.verdict).not.toBe('valid');
  });

  it('says that it waits while an uncharged failure is to be tried again', async () => {
    bench.egress.willSay(notSent);
    const response = await post({ elements: newElements() }, { prefer: 'wait=1' });
    const verification = VerificationView.parse(await response.json());
    expect(response.status).toBe(202);
    expect(verification).toMatchObject({ state: 'waiting', verdict: 'none', charge: 'notCharged' });
    expect(verification.message.en).toContain('tried again');
    expect(Date.parse(verification.nextAttemptAt!)).toBeGreaterThan(Date.now());
  });

  it('answers at once, 202 and its place, when nobody asks to wait', async () => {
    bench.egress.willSay(answered('0', { reversed: false }));
    const response = await post({ elements: newElements() });
    const { id } = VerificationView.parse(await response.json());
    expect([response.status, response.headers.get('location')]).toEqual([202, `/v1/verifications/${id}`]);
  });

  it('says which guard refused, and in both languages from when it can be asked', async () => {
    const issueDate = new Date(Date.now() + 40 * 3_600_000).toISOString().slice(0, 10);
    const verification = await verify({ elements: newElements({ issueDate }) });
    expect(verification.refusal).toEqual({ code: 'future-date', passesAt: new Date(`${issueDate}T00:00:00+08:00`).toISOString() });
    expect([verification.message['zh-CN'], verification.message.en].every((text) => text.includes(`${issueDate} 00:00`))).toBe(true);
    expect(verification).toMatchObject({ state: 'refused', origin: 'local', charge: 'notCharged', hold: null });
  });

  it('warns of odd elements, and asks for a confirmation of the last try', async () => {
    bench.egress.willSay(answered('-30001'));
    const elements = newElements();
    const triesLeft: (number | null)[] = [];
    for (const totalAmount of ['1.00', '2.00', '3.00', '4.00']) {
      const verification = await verify({ elements: { ...elements, totalAmount } });
      expect(verification.warnings.map(({ code }) => code)).toContain('code-region');
      triesLeft.push(verification.triesLeft);
    }
    expect(triesLeft).toEqual([null, 3, 2, 1]);
    expect(await problem(post({ elements }))).toMatchObject({ status: 409, code: 'last-try-unconfirmed' });
    expect(await verify({ elements, confirmLastTry: true })).toMatchObject({ outcome: 'MISMATCH', triesLeft: 0 });
    expect((await verify({ elements: { ...elements, totalAmount: '9.00' } })).refusal?.code).toBe('daily-limit');
  });

  it("shows the tenant's policy and whether the providers may be called", async () => {
    const policy = VerificationPolicyView.parse(await (await bench.fetch('/v1/verification-policy')).json());
    expect(policy).toEqual({
      provider: 'netocr',
      failover: 'off',
      dailyQuota: null,
      monthlyBudgetYuan: null,
      settlementLimitYuan: null,
      onImplausible: 'warn',
      version: 0,
    });
    const { items } = ProviderList.parse(await (await bench.fetch('/v1/providers')).json());
    expect(items.map(({ provider, state, reason }) => [provider, state, reason])).toEqual([
      ['generic', 'closed', null],
      ['jumdata', 'closed', null],
      ['netocr', 'closed', null],
    ]);
  });

  describe('of a receipt', () => {
    beforeEach(() => bench.egress.willSay(answered('0', { reversed: false })));

    it('takes the elements of a certain reading', async () => {
      const elements = newElements();
      const receiptId = await receiptRead(elements);
      expect(await verify({ receiptId })).toMatchObject({ receiptId, elements, verdict: 'valid' });
    });

    it('sends an uncertain reading only as a person confirmed it', async () => {
      const elements = newElements();
      const receiptId = await receiptRead({ ...elements, checkCode: null }, { decision: 'review' });
      expect(await problem(post({ receiptId }))).toMatchObject({ status: 422, code: 'receipt-needs-review' });
      expect(await verify({ receiptId, elements })).toMatchObject({ receiptId, elements, verdict: 'valid' });
    });

    it('does not choose among several bills', async () => {
      const receiptId = await receiptRead(newElements(), { bills: 2 });
      expect(await problem(post({ receiptId }))).toMatchObject({ code: 'receipt-needs-review' });
    });

    it('takes the bill that is named of several', async () => {
      const elements = newElements();
      const receiptId = await receiptRead(elements, { bills: 2 });
      expect(await verify({ receiptId, bill: 2 })).toMatchObject({ receiptId, bill: 2, elements, verdict: 'valid' });
      expect(await problem(post({ receiptId, bill: 3 }))).toMatchObject({ status: 422, code: 'invalid-field', field: 'bill' });
      expect(await problem(post({ elements, bill: 1 }))).toMatchObject({ status: 422, code: 'invalid-field', field: 'bill' });
    });

    it("shows what was read beside the provider's face, and no green light for another payer", async () => {
      const receiptId = await receiptRead(newElements(), { fields: { payer: '张三', cashier: '甲' } });
      bench.egress.willSay(answered('0', { reversed: false, payer: '李四', cashier: '甲' }));
      const verification = await verify({ receiptId });
      expect(verification).toMatchObject({ bill: 1, outcome: 'MATCH', verdict: 'unknown', reviewNeeded: true });
      expect(verification.evidence).toEqual([
        { field: 'payer', read: '张*', told: '李*', agrees: false },
        { field: 'cashier', read: '甲', told: '甲', agrees: true },
      ]);
    });

    it('refuses what is no fiscal bill, whatever elements are given', async () => {
      const receiptId = await receiptRead(newElements(), { decision: 'refuse' });
      for (const body of [{ receiptId }, { receiptId, elements: newElements() }]) {
        expect(await problem(post(body))).toMatchObject({ status: 422, code: 'receipt-refused' });
      }
    });

    it('finds a foreign receipt as little as a missing one', async () => {
      const receiptId = await receiptRead(newElements());
      const [foreign, missing] = await Promise.all([receiptId, NOWHERE].map((id) => problem(post({ receiptId: id }, {}, bench.keys[1]))));
      expect({ ...foreign, id: '' }).toEqual({ ...missing, id: '' });
      expect(foreign).toMatchObject({ status: 404, code: 'not-found' });
    });
  });

  describe('with a malformed request', () => {
    const five = { billCode: '99060126', billNumber: '0000012345', checkCode: '1e9030', issueDate: '2026-07-12', totalAmount: '486.20' };

    it.each([
      ['billCode', '9906012'],
      ['billNumber', 12345],
      ['checkCode', '1e903'],
      ['issueDate', '2026-02-30'],
      ['totalAmount', '1,486.20'],
      ['totalAmount', '77.5'],
    ])('names %s', async (name, value) => {
      const answer = await problem(post({ elements: { ...five, [name]: value } }));
      expect(answer).toMatchObject({ status: 422, code: 'invalid-field', field: `elements.${name}` });
      expect(JSON.stringify(answer)).not.toContain(String(value));
    });

    it('names every element that is missing', async () => {
      const { errors } = await problem(post({ elements: { billCode: five.billCode } }));
      expect(errors.map(({ field }) => field)).toEqual(
        ['billNumber', 'checkCode', 'issueDate', 'totalAmount'].map((name) => `elements.${name}`),
      );
    });

    it('refuses a sixth element', async () => {
      const answer = await problem(post({ elements: { ...five, payer: 'x' } }));
      expect(answer).toMatchObject({ status: 422, field: 'elements.payer' });
    });

    it('asks for elements or a receipt', async () => {
      expect(await problem(post({}))).toMatchObject({ status: 422, field: 'elements' });
      expect(await problem(post({ receiptId: 'abc' }))).toMatchObject({ status: 422, field: 'receiptId' });
    });

    it.each([['not json'], ['[]'], ['"text"'], ['']])('refuses the body %j', async (body) => {
      expect(await problem(post(body))).toMatchObject({ status: 400, code: 'invalid-request' });
    });

    it('refuses a body that is far too large for five elements', async () => {
      expect(await problem(post({ elements: five, more: 'x'.repeat(100_000) }))).toMatchObject({ status: 400, code: 'invalid-request' });
    });

    it('refuses an unusable idempotency key', async () => {
      expect(await problem(post({ elements: five }, { 'idempotency-key': 'x'.repeat(256) }))).toMatchObject({
        status: 422,
        field: 'Idempotency-Key',
      });
    });
  });

  it('gives one verification for one idempotency key, and refuses it for another request', async () => {
    bench.egress.willSay(answered('0', { reversed: false }));
    const key = { 'idempotency-key': 'order-4711' };
    const elements = newElements();
    const first = await verify({ elements }, key);
    const before = bench.egress.posts.length;
    expect(await verify({ elements }, key)).toEqual(first);
    expect(bench.egress.posts).toHaveLength(before);
    expect(await problem(post({ elements: newElements() }, key))).toMatchObject({ status: 422, code: 'idempotency-key-reused' });
  });

  it('answers alike for foreign, missing and impossible ids', async () => {
    const { id } = await verify({ elements: newElements() });
    const answers = await Promise.all(
      [id, NOWHERE, 'abc'].map((wanted) => problem(bench.fetch(`/v1/verifications/${wanted}`, { key: bench.keys[1] }))),
    );
    expect(new Set(answers.map((answer) => JSON.stringify({ ...answer, id: '' }))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 404, code: 'not-found' });
  });

  it('lists what the own attempts cost, in yuan as text', async () => {
    const page = ChargePage.parse(await bench.fetch('/v1/charges?limit=3').then((answer) => answer.json()));
    expect(page.items).toHaveLength(3);
    expect(page.items[0]).toMatchObject({ provider: 'netocr', priceYuan: '0.50' });
    const foreign = ChargePage.parse(await bench.fetch('/v1/charges', { key: bench.keys[1] }).then((answer) => answer.json()));
    expect(foreign).toEqual({ items: [], next: null });
  });
});
