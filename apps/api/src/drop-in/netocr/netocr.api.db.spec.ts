import type { Elements, ProviderFace } from '@app/contracts';
import { NETOCR_PATH } from '@app/providers';
import type { NewClientCredential } from '@app/tenancy';
import { type ApiBench, createApiBench } from '../../../../../test/support/api-bench';
import { closeCircuits } from '../../../../../test/support/drop-in-clients/close-circuits';
import { heldBack } from '../../../../../test/support/drop-in-clients/held-back';
import { jumdataAnswered } from '../../../../../test/support/drop-in-clients/jumdata-answers';
import { NETOCR_CLIENTS, type NetocrAccount } from '../../../../../test/support/drop-in-clients/netocr-clients';
import { rawCall, type RawReply } from '../../../../../test/support/drop-in-clients/raw-call';
import { eventuallyStates } from '../../../../../test/support/drop-in-clients/verification-states';
import { answered, lost, newElements, notSent, type Script } from '../../../../../test/support/verification-bench';

const FORM = 'application/x-www-form-urlencoded';
const TOP_LEVEL_FIELDS = [
  ...['checkNum', 'administrativeDivisionName', 'invoiceCode', 'invoiceNumber', 'billingDate', 'totalAmount', 'checkCode', 'amountTax'],
  ...['purchaserName', 'purchaserTaxNo', 'salesName', 'salesTaxNo', 'totalTax', 'amountTaxCN', 'receiverName', 'recheckName', 'remarks'],
  ...['entryTag', 'printTag', 'redTag', 'redDate', 'redTime', 'redReason', 'financeSeal', 'financeSealNo', 'invoiceType'],
  ...['invoiceLists', 'invoiceDetails', 'otherInfos'],
].sort();

interface Reply {
  code: number;
  msg: string;
  data?: Record<string, unknown>;
}

describe('POST /verapi/v2/verFinancial.do', () => {
  let bench: ApiBench;
  let account: NetocrAccount;
  beforeAll(async () => {
    bench = await createApiBench();
    account = await accountOf(bench);
  });
  afterEach(() => closeCircuits(bench));
  afterAll(() => bench.close());

  async function accountOf(of: ApiBench, wanted: Partial<NewClientCredential> = {}, tenant: 0 | 1 = 0): Promise<NetocrAccount> {
    const { publicId: key, secret } = await of.newClient({ dialect: 'netocr', ...wanted }, tenant);
    return { url: `${of.url}${NETOCR_PATH}`, key, secret };
  }

  const fields = (elements: Elements, changes: Record<string, string> = {}, of = account): Record<string, string> => ({
    key: of.key,
    secret: of.secret,
    typeId: '3017',
    invoiceCode: elements.billCode,
    invoiceNumber: elements.billNumber,
    checkCode: elements.checkCode,
    billingDate: elements.issueDate,
    amountTax: elements.totalAmount,
    ...changes,
  });
  const post = (form: Record<string, string>, url = account.url): Promise<RawReply> =>
    rawCall(url, { headers: { 'content-type': FORM }, body: new URLSearchParams(form).toString() });
  const verify = async (elements: Elements, changes: Record<string, string> = {}, of = account): Promise<Reply> =>
    replyOf(await post(fields(elements, changes, of), of.url));
  const replyOf = ({ text }: RawReply): Reply => JSON.parse(text) as Reply;
  const sentFor = ({ billNumber }: Elements) => bench.egress.posts.filter(({ elements }) => elements.billNumber === billNumber);

  describe.each(NETOCR_CLIENTS)('as a client sees it that was written in $name', (client) => {
    it('a bill that matches', async () => {
      const elements = newElements();
      bench.egress.willSay(answered('0', { ...elements, reversed: false }));
      const reply = await client.verify(account, elements);
      if (client.looksAtStatus) expect(reply.status).toBe(200);
      expect(replyOf(reply)).toMatchObject({ code: 0, msg: '查验成功发票一致', data: { invoiceNumber: elements.billNumber, redTag: '0' } });
      expect(sentFor(elements).map((call) => call.elements)).toEqual([elements]);
    });

    it('a bill that does not', async () => {
      bench.egress.willSay(answered('-30001'));
      const reply = await client.verify(account, newElements());
      if (client.looksAtStatus) expect(reply.status).toBe(200);
      expect(replyOf(reply)).toEqual({ code: -30001, msg: '发票信息不一致' });
    });
  });

  it.each<[string, Script, number, string]>([
    ['a match', answered('0', { reversed: false }), 0, 'charged'],
    ['a mismatch', answered('-30001'), -30001, 'charged'],
    ['a bill that does not exist', answered('-30002'), -30002, 'charged'],
    ['too many failures at the provider', answered('-30000'), -30000, 'charged'],
    ['a limit of the provider', answered('-30003'), -30003, 'notCharged'],
    ['an irregular query', answered('-30004'), -30004, 'notCharged'],
    ['an empty parameter, as the provider says', answered('-30005'), -30005, 'notCharged'],
    ['a wrong length, as the provider says', answered('-30008'), -30008, 'notCharged'],
    ['a wrong parameter, as the provider says', answered('-30017'), -30017, 'notCharged'],
    ['a wrong type of ours', answered('-30015'), -30010, 'notCharged'],
    ['a bill that is too old, as the provider says', answered('-30021'), -30021, 'notCharged'],
    ['a code that nobody knows', answered('-31999'), -30010, 'unknown'],
    ['a lost reply', lost, -30010, 'unknown'],
  ])('answers %s in its own words', async (_what, script, code, charge) => {
    bench.egress.willSay(script);
    const { status, headers, text } = await post(fields(newElements()));
    expect([status, (JSON.parse(text) as Reply).code]).toEqual([200, code]);
    expect(headers['content-type']).toBe('application/json;charset=UTF-8');
    expect(headers).toMatchObject({
      'x-piaoyan-origin': 'upstream',
      'x-piaoyan-provider': 'netocr',
      'x-piaoyan-charge': charge,
      'x-piaoyan-attempt': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      'cache-control': 'no-store',
    });
    if (code !== 0) expect(JSON.parse(text)).not.toHaveProperty('data');
  });

  it.each([
    [{ invoiceCode: '' }, -30005],
    [{ checkCode: ' ' }, -30005],
    [{ invoiceNumber: '123' }, -30008],
    [{ billingDate: '20260409' }, -30008],
    [{ invoiceCode: 'ABCDEFGH' }, -30017],
    [{ billingDate: '2026-02-30' }, -30017],
    [{ amountTax: 'much' }, -30017],
    [{ amountTax: '0.00' }, -30017],
    [{ billingDate: '2999-01-01' }, -30017],
    [{ billingDate: '2019-01-01' }, -30021],
    [{ typeId: '3005' }, -30015],
    [{ typeId: '' }, -30015],
  ])('answers %j itself with %i, and asks nobody', async (changes, code) => {
    const elements = newElements();
    const { status, headers, text } = await post(fields(elements, changes));
    expect([status, (JSON.parse(text) as Reply).code]).toEqual([200, code]);
    expect(headers).toMatchObject({ 'x-piaoyan-origin': 'local', 'x-piaoyan-charge': 'notCharged' });
    expect(headers).not.toHaveProperty('x-piaoyan-provider');
    expect(sentFor(elements)).toEqual([]);
  });

  it.each([
    ['486.2', '486.20'],
    ['486', '486.00'],
    ['9007199254740993.1', null],
    ['90071992547.31', '90071992547.31'],
  ])('asks for the amount %j as %j', async (sent, asked) => {
    bench.egress.willSay(answered('-30001'));
    const elements = newElements();
    await verify(elements, { amountTax: sent });
    expect(sentFor(elements).map((call) => call.elements.totalAmount)).toEqual(asked === null ? [] : [asked]);
  });

  it('stops the sixth call of a day itself, with the code that says it cost nothing', async () => {
    bench.egress.willSay(answered('-30002'));
    const bill = newElements();
    for (const amount of [1, 2, 3, 4, 5]) await verify(bill, { amountTax: `${amount}.00` });
    const { headers, text } = await post(fields(bill, { amountTax: '6.00' }));
    expect(JSON.parse(text)).toEqual({ code: -30003, msg: '超过该张票当天查验次数(请于次日再次查验)' });
    expect(headers).toMatchObject({ 'x-piaoyan-origin': 'local', 'x-piaoyan-charge': 'notCharged' });
    expect(sentFor(bill)).toHaveLength(5);
  });

  it('leaves the last try of a bill that did not match to a person', async () => {
    bench.egress.willSay(answered('-30001'));
    const bill = newElements();
    for (const amount of [1, 2, 3, 4]) await verify(bill, { amountTax: `${amount}.00` });
    const { headers, text } = await post(fields(bill, { amountTax: '5.00' }));
    expect([(JSON.parse(text) as Reply).code, headers['x-piaoyan-origin']]).toEqual([-30003, 'local']);
    expect(sentFor(bill)).toHaveLength(4);
  });

  it('tells the tenant’s own quota as a limit that costs nothing', async () => {
    const other = await createApiBench({}, { withWorker: false });
    try {
      const its = await accountOf(other);
      await other.rows(
        `insert into verification_policy (tenant_id, failover, daily_quota, on_implausible, updated_at) select id, 'off', 0, 'warn', now() from tenant`,
      );
      expect(await verify(newElements(), {}, its)).toMatchObject({ code: -30003 });
    } finally {
      await other.close();
    }
  });

  it('tells a limit that was charged once as one that costs nothing when it is told again', async () => {
    bench.egress.willSay(answered('-30000'));
    const elements = newElements();
    expect((await verify(elements)).code).toBe(-30000);
    const again = await post(fields(elements));
    expect([replyOf(again).code, again.headers['x-piaoyan-charge']]).toEqual([-30003, 'notCharged']);
  });

  describe('of a match', () => {
    const face: Partial<ProviderFace> = {
      payer: '张三丰',
      payerCreditCode: '330102199001010021',
      payee: '示例市第一医院',
      reversed: false,
      otherInfo: [{ cn: '门诊号', en: 'patientNumber', value: '88120435' }],
    };

    it('gives every field of the document, all texts, and masks the payer', async () => {
      const elements = newElements();
      bench.egress.willSay(answered('0', { ...face, ...elements, verificationCount: 2, printed: true, accounted: null }));
      const { data } = await verify(elements);
      expect(Object.keys(data!).sort()).toEqual(TOP_LEVEL_FIELDS);
      expect(data).toMatchObject({
        ...{ checkNum: '2', redTag: '0', printTag: '1', entryTag: '', amountTax: elements.totalAmount, totalAmount: '', totalTax: '' },
        ...{ purchaserName: '张**', purchaserTaxNo: '**************0021', salesName: '示例市第一医院' },
        otherInfos: [{ fieldEn: 'patientNumber', fieldCn: '门诊号', fieldValue: '***' }],
      });
    });

    it('shows the payer to a credential that may see it', async () => {
      const trusted = await accountOf(bench, { scopes: ['face.unmasked'] });
      bench.egress.willSay(answered('0', face));
      expect((await verify(newElements(), {}, trusted)).data).toMatchObject({
        ...{ purchaserName: '张三丰', purchaserTaxNo: '330102199001010021' },
        otherInfos: [{ fieldValue: '88120435' }],
      });
    });

    it('stays a match when the bill was reversed, and says so where clients look for it', async () => {
      bench.egress.willSay(answered('0', { ...face, reversed: true, reversedDate: '2026-05-01', reversedReason: '开票有误' }));
      expect(await verify(newElements())).toMatchObject({ code: 0, data: { redTag: '1', redDate: '2026-05-01', redReason: '开票有误' } });
    });

    it('never claims a flag that nobody gave', async () => {
      bench.egress.willSay(answered('0'));
      expect((await verify(newElements())).data).toMatchObject({ redTag: '', entryTag: '', printTag: '', checkNum: '' });
    });
  });

  describe('when the same is asked again', () => {
    it('gives the stored answer, and nobody is asked twice', async () => {
      bench.egress.willSay(answered('0', { reversed: false }));
      const elements = newElements();
      const first = await post(fields(elements));
      const second = await post(fields(elements, { amountTax: elements.totalAmount.slice(0, -1) }));
      expect(second.text).toBe(first.text);
      expect([first, second].map(({ headers }) => [headers['x-piaoyan-origin'], headers['x-piaoyan-charge']])).toEqual([
        ['upstream', 'charged'],
        ['cache', 'notCharged'],
      ]);
      expect(second.headers['x-piaoyan-attempt']).toBe(first.headers['x-piaoyan-attempt']);
      expect(sentFor(elements)).toHaveLength(1);
    });

    it('at the same time, shares one call', async () => {
      const elements = newElements();
      const { script, release } = heldBack(answered('0', { reversed: false }));
      bench.egress.willSay(script);
      const calls = Promise.all([post(fields(elements)), post(fields(elements)), post(fields(elements))]);
      await eventuallyStates(bench, elements, ['queued', 'queued', 'queued']);
      release();
      const replies = await calls;
      expect(replies.map((reply) => replyOf(reply).code)).toEqual([0, 0, 0]);
      expect(replies.map(({ headers }) => headers['x-piaoyan-origin']).sort()).toEqual(['joined', 'joined', 'upstream']);
      expect(replies.filter(({ headers }) => headers['x-piaoyan-charge'] === 'charged')).toHaveLength(1);
      expect(sentFor(elements)).toHaveLength(1);
    });

    it('after a lost reply, does not ask again until somebody knows what it cost', async () => {
      bench.egress.willSay(lost, answered('0', { reversed: false }));
      const elements = newElements();
      expect((await verify(elements)).code).toBe(-30010);
      const again = await post(fields(elements));
      expect([replyOf(again).code, again.headers['x-piaoyan-charge']]).toEqual([-30010, 'notCharged']);
      expect(sentFor(elements)).toHaveLength(1);
      await bench.rows(`update verification set charge = 'notCharged' where bill_number = $1 and origin = 'upstream'`, [
        elements.billNumber,
      ]);
      expect((await verify(elements)).code).toBe(0);
      expect(sentFor(elements)).toHaveLength(2);
    });
  });

  it('keeps two tenants apart: each pays for its own call, and no key opens the other', async () => {
    const other = await accountOf(bench, {}, 1);
    bench.egress.willSay(answered('0', { reversed: false, payee: '甲' }), answered('-30002'));
    const elements = newElements();
    expect((await verify(elements)).code).toBe(0);
    expect((await verify(elements, {}, other)).code).toBe(-30002);
    expect((await verify(elements, { secret: other.secret })).code).toBe(-30017);
    const owners = await bench.rows('select distinct tenant_id from verification where bill_number = $1', [elements.billNumber]);
    expect(owners).toHaveLength(2);
  });

  it('records who asked, as it does for the native API', async () => {
    bench.egress.willSay(answered('-30002'));
    const elements = newElements();
    await verify(elements);
    const [row] = await bench.rows<{ actor_type: string; actor_name: string; action: string }>(
      `select a.actor_type, a.actor_name, a.action from audit_entry a join verification v on v.id::text = a.target_id
       where v.bill_number = $1 order by a.recorded_at`,
      [elements.billNumber],
    );
    expect(row).toEqual({ actor_type: 'client', actor_name: 'spec', action: 'verification.request' });
  });

  describe('refuses', () => {
    const multipart = (parts: string): Promise<RawReply> =>
      rawCall(account.url, { headers: { 'content-type': 'multipart/form-data; boundary=b' }, body: `${parts}--b--\r\n` });
    const part = (name: string, value: string, more = ''): string =>
      `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
    const allParts = (elements: Elements): string =>
      Object.entries(fields(elements))
        .map(([name, value]) => part(name, value))
        .join('');

    it.each([
      ['an unknown key', { key: 'x'.repeat(22) }],
      ['a wrong secret', { secret: 'x'.repeat(22) }],
      ['no key at all', { key: '', secret: '' }],
    ])('%s with 401, always in the same words', async (_what, changes) => {
      const elements = newElements();
      const { status, text, headers } = await post(fields(elements, changes));
      expect([status, text]).toEqual([401, '{"code":-30017,"msg":"传入参数不正确: key 或 secret 无效"}']);
      expect(headers).not.toHaveProperty('www-authenticate');
      expect(sentFor(elements)).toEqual([]);
    });

    it('a credential that has ended, and one used from elsewhere, with 403', async () => {
      const ended = await accountOf(bench, { expiresAt: new Date(Date.now() - 1_000) });
      expect(await post(fields(newElements(), {}, ended))).toMatchObject({ status: 403, text: expect.stringContaining('停用') as string });
      const bound = await accountOf(bench, { allowedNetworks: ['10.0.0.0/8'] });
      expect(await post(fields(newElements(), {}, bound))).toMatchObject({
        status: 403,
        text: expect.stringContaining('白名单') as string,
      });
    });

    it('an API key, which is no credential here', async () => {
      const response = await bench.fetch(NETOCR_PATH, { method: 'POST', body: new URLSearchParams({ key: bench.keys[0] }) });
      expect(response.status).toBe(401);
    });

    it.each([
      ['small', 'JPEG bytes'],
      ['of 300 kB', 'J'.repeat(300_000)],
    ])('a file that is %s with 415, whatever stands before it, and keeps nothing of it', async (_what, bytes) => {
      const elements = newElements();
      const file = part('image', bytes, '; filename="bill.jpg"\r\nContent-Type: image/jpeg');
      for (const body of [`${file}${allParts(elements)}`, `${allParts(elements)}${file}`]) {
        expect(await multipart(body)).toMatchObject({ status: 415, text: '{"code":-30017,"msg":"传入参数不正确: 不接受文件"}' });
      }
      expect(sentFor(elements)).toEqual([]);
      expect(await bench.storedFiles()).toEqual([]);
    });

    it.each([
      ['JSON', { 'content-type': 'application/json' }, '{"key":"k"}', 415, -30017],
      ['broken JSON', { 'content-type': 'application/json' }, '{"key', 400, -30017],
      ['a picture', { 'content-type': 'image/jpeg' }, 'JPEG', 415, -30017],
      ['text', { 'content-type': 'text/plain' }, 'key=k', 415, -30017],
      ['a form that is too large', { 'content-type': FORM }, `key=${'k'.repeat(20_000)}`, 413, -30017],
      ['a value of 257 bytes', { 'content-type': FORM }, `key=${'k'.repeat(257)}`, 400, -30008],
      ['33 fields', { 'content-type': FORM }, Array.from({ length: 33 }, (_, at) => `f${at}=1`).join('&'), 400, -30017],
      ['half a form', { 'content-type': 'multipart/form-data; boundary=b' }, '--b\r\nContent-Disposition: form-data', 400, -30017],
      ['a form without a boundary', { 'content-type': 'multipart/form-data' }, '--b--', 400, -30017],
    ])('%s in its own words', async (_what, headers, body, status, code) => {
      const reply = await rawCall(account.url, { headers, body });
      expect([reply.status, replyOf(reply).code]).toEqual([status, code]);
      expect(reply.headers['content-type']).toBe('application/json;charset=UTF-8');
    });

    it('another method and another address in its own words, too', async () => {
      const got = await rawCall(account.url, { method: 'GET' });
      expect([got.status, replyOf(got).code, got.headers.allow]).toEqual([405, -30015, 'POST']);
      // The C++ and Android samples of the document post to the VAT service.
      const vat = await rawCall(account.url.replace('verFinancial', 'verInvoice'), { headers: { 'content-type': FORM }, body: 'a=b' });
      expect([vat.status, replyOf(vat).code]).toEqual([404, -30015]);
    });
  });

  it('speaks for jumdata as well, and leaves empty what jumdata does not give', async () => {
    const other = await createApiBench({ PIAOYAN_DEFAULT_PROVIDER: 'jumdata', PIAOYAN_DROP_IN_WAIT_SECONDS: 5 });
    try {
      const jumdata = await accountOf(other);
      const ask = async (script: Script): Promise<RawReply> => {
        await closeCircuits(other);
        other.egress.willSay(script);
        return post(fields(newElements(), {}, jumdata), jumdata.url);
      };
      const match = await ask(
        jumdataAnswered('200', { face: { reversed: false, payee: '示例省慈善总会', title: '湖北省公益事业捐赠统一票据' } }),
      );
      expect(replyOf(match)).toMatchObject({
        code: 0,
        data: { redTag: '0', salesName: '示例省慈善总会', checkNum: '', entryTag: '', printTag: '', invoiceType: '' },
      });
      expect(match.headers['x-piaoyan-provider']).toBe('jumdata');
      // 204 and 999 surely cost nothing and are tried again, later than this client waits.
      const table = { 201: -30002, 202: -30001, 203: -30003, 205: -30021, 207: -30020, 411: -30004, 412: -30017, 601: -30010 };
      for (const [code, expected] of Object.entries({ ...table, 204: -30020, 999: -30020 })) {
        expect([code, replyOf(await ask(jumdataAnswered(code))).code]).toEqual([code, expected]);
      }
    } finally {
      await other.close();
    }
  });

  it('writes what older scripts read when it is told to', async () => {
    const other = await createApiBench({ PIAOYAN_DROP_IN_NETOCR_MIRROR_STATUS: true, PIAOYAN_DROP_IN_NETOCR_LISTS_AS_STRING: true });
    try {
      other.egress.willSay(answered('0', { otherInfo: [{ cn: '门诊号', en: '', value: '1' }] }));
      const its = await accountOf(other);
      expect(await verify(newElements(), {}, its)).toMatchObject({
        ...{ code: 0, status: '0', message: '查验成功发票一致' },
        data: { otherInfos: '[{"fieldEn":"","fieldCn":"门诊号","fieldValue":"***"}]', invoiceLists: '[]' },
      });
    } finally {
      await other.close();
    }
  });

  it('tells a client that calls too often, and only that one', async () => {
    const other = await createApiBench({ PIAOYAN_DROP_IN_CALLS_PER_SECOND: 1 }, { withWorker: false });
    try {
      const [hasty, calm] = [await accountOf(other), await accountOf(other)];
      const statuses = [];
      for (let at = 0; at < 4; at += 1) statuses.push((await post(fields(newElements(), { invoiceCode: '' }, hasty), hasty.url)).status);
      expect(statuses.slice(0, 2)).toEqual([200, 200]);
      expect(statuses).toContain(429);
      expect((await post(fields(newElements(), { invoiceCode: '' }, calm), calm.url)).status).toBe(200);
    } finally {
      await other.close();
    }
  });

  describe('when the wait runs out', () => {
    let hurried: ApiBench;
    let its: NetocrAccount;
    beforeAll(async () => {
      hurried = await createApiBench({ PIAOYAN_DROP_IN_WAIT_SECONDS: 0 });
      its = await accountOf(hurried);
    });
    afterAll(() => hurried.close());

    it('says that it goes on, and gives the result of the same call to whoever asks again', async () => {
      const elements = newElements();
      const { script, release } = heldBack(answered('0', { reversed: false }));
      hurried.egress.willSay(script);
      const first = await post(fields(elements, {}, its), its.url);
      expect(replyOf(first)).toEqual({ code: -30020, msg: '查验失败: 正在查验中,请稍后以相同要素再次查验' });
      const second = await post(fields(elements, {}, its), its.url);
      expect([replyOf(second).code, second.headers['x-piaoyan-origin']]).toEqual([-30020, 'joined']);
      release();
      await eventuallyStates(hurried, elements, ['answered', 'answered']);
      const third = await post(fields(elements, {}, its), its.url);
      expect([replyOf(third).code, third.headers['x-piaoyan-origin'], third.headers['x-piaoyan-charge']]).toEqual([
        0,
        'cache',
        'notCharged',
      ]);
      expect(third.headers['x-piaoyan-attempt']).toBe(first.headers['x-piaoyan-attempt']);
      expect(hurried.egress.upstreamCalls).toHaveLength(1);
    });

    it('says so of a call that surely cost nothing and is tried again by itself', async () => {
      hurried.egress.willSay(notSent);
      const elements = newElements();
      await post(fields(elements, {}, its), its.url);
      await eventuallyStates(hurried, elements, ['waiting']);
      const again = await post(fields(elements, {}, its), its.url);
      expect([replyOf(again).code, again.headers['x-piaoyan-charge']]).toEqual([-30020, 'notCharged']);
    });
  });
});
