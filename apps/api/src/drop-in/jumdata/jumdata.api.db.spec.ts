import type { Elements, ProviderFace } from '@app/contracts';
import { JUMDATA_PATH } from '@app/providers';
import type { NewClientCredential } from '@app/tenancy';
import { type ApiBench, createApiBench } from '../../../../../test/support/api-bench';
import { closeCircuits } from '../../../../../test/support/drop-in-clients/close-circuits';
import { heldBack } from '../../../../../test/support/drop-in-clients/held-back';
import { jumdataAnswered } from '../../../../../test/support/drop-in-clients/jumdata-answers';
import {
  byForm,
  byQuery,
  JUMDATA_CLIENTS,
  type JumdataAccount,
  parametersOf,
  signatureOf,
} from '../../../../../test/support/drop-in-clients/jumdata-clients';
import { rawCall, type RawReply } from '../../../../../test/support/drop-in-clients/raw-call';
import { eventuallyStates } from '../../../../../test/support/drop-in-clients/verification-states';
import { answered, lost, newElements, notSent, type Script } from '../../../../../test/support/verification-bench';

const MINUTE_MS = 60_000;
const TASK_NUMBER = /^\d{30,37}$/;

interface Reply {
  code: number;
  msg: string;
  taskNo?: string;
  charge: boolean;
  data?: Record<string, unknown>;
}

describe('/invoice/validate/fiscal', () => {
  let bench: ApiBench;
  let account: JumdataAccount;
  beforeAll(async () => {
    bench = await createApiBench({ PIAOYAN_DEFAULT_PROVIDER: 'jumdata', PIAOYAN_DROP_IN_WAIT_SECONDS: 5 });
    account = await accountOf(bench);
  });
  afterEach(() => closeCircuits(bench));
  afterAll(() => bench.close());

  async function accountOf(of: ApiBench, wanted: Partial<NewClientCredential> = {}, tenant: 0 | 1 = 0): Promise<JumdataAccount> {
    const { publicId: appId, secret: appSecret } = await of.newClient({ dialect: 'jumdata', ...wanted }, tenant);
    return { url: `${of.url}${JUMDATA_PATH}`, appId, appSecret };
  }

  const replyOf = ({ text }: RawReply): Reply => JSON.parse(text) as Reply;
  const post = (elements: Elements, changes: Record<string, string> = {}, of = account): Promise<RawReply> =>
    byForm(of.url, parametersOf(of, elements, changes));
  const verify = async (...asked: Parameters<typeof post>): Promise<Reply> => replyOf(await post(...asked));
  const sentFor = ({ billNumber }: Elements) => bench.egress.posts.filter(({ elements }) => elements.billNumber === billNumber);

  describe.each(JUMDATA_CLIENTS)('as a client sees it that uses $name', (client) => {
    it('a bill that matches, and one that does not', async () => {
      const elements = newElements();
      bench.egress.willSay(jumdataAnswered('200', { face: { ...elements, reversed: false } }), jumdataAnswered('202'));
      const match = replyOf(await client.verify(account, elements));
      expect(match).toMatchObject({ code: 200, msg: '成功', charge: true, data: { fphm: elements.billNumber, ch: '01' } });
      expect(match.taskNo).toMatch(TASK_NUMBER);
      expect(sentFor(elements).map((call) => call.elements)).toEqual([elements]);
      const { taskNo, ...mismatch } = replyOf(await client.verify(account, newElements()));
      expect(mismatch).toEqual({ code: 202, msg: '不一致', charge: true, data: { fplx: '101' } });
      expect(taskNo).not.toBe(match.taskNo);
    });
  });

  it.each<[string, Script, number, boolean, string]>([
    ['a match', jumdataAnswered('200', { face: { reversed: false } }), 200, true, 'charged'],
    ['a bill that does not exist', jumdataAnswered('201'), 201, true, 'charged'],
    ['a mismatch', jumdataAnswered('202'), 202, true, 'charged'],
    ['a match that the provider did not charge', jumdataAnswered('200', { charge: false }), 200, false, 'notCharged'],
    ['a limit of the provider', jumdataAnswered('203'), 203, false, 'notCharged'],
    ['a used-up volume, tried again later', jumdataAnswered('204'), 206, false, 'notCharged'],
    ['a bill that is too old, as the provider says', jumdataAnswered('205'), 205, false, 'notCharged'],
    ['a region that is not offered', jumdataAnswered('207'), 207, false, 'notCharged'],
    ['a wrong parameter, as the provider says', jumdataAnswered('400'), 400, false, 'notCharged'],
    ['an irregular query', jumdataAnswered('411'), 411, false, 'notCharged'],
    ['a day that is not yet, as the provider says', jumdataAnswered('412'), 412, false, 'notCharged'],
    ['a wrong address of ours', jumdataAnswered('404'), 500, false, 'notCharged'],
    ['an account of ours that is blocked', jumdataAnswered('602'), 500, false, 'notCharged'],
    ['a failure of the provider, tried again later', jumdataAnswered('500'), 206, false, 'notCharged'],
    ['a failure of the provider that was charged', jumdataAnswered('500', { charge: true }), 500, true, 'charged'],
    ['a code that nobody knows, said to cost nothing', jumdataAnswered('877'), 999, false, 'notCharged'],
    ['a lost reply', lost, 502, false, 'unknown'],
    ['a gateway that did not get through, tried again later', notSent, 206, false, 'notCharged'],
  ])('answers %s in its own words', async (_what, script, code, charge, told) => {
    bench.egress.willSay(script);
    const { status, headers, text } = await post(newElements());
    const reply = JSON.parse(text) as Reply;
    expect([status, reply.code, reply.charge]).toEqual([200, code, charge]);
    expect(headers['content-type']).toBe('application/json;charset=UTF-8');
    expect(headers).toMatchObject({ 'x-piaoyan-origin': 'upstream', 'x-piaoyan-provider': 'jumdata', 'x-piaoyan-charge': told });
    if (code === 400) expect(reply).not.toHaveProperty('taskNo');
    else expect(reply.taskNo).toMatch(TASK_NUMBER);
    if (![200, 201, 202].includes(code)) expect(reply).not.toHaveProperty('data');
  });

  it.each([
    [{ fpdm: '' }, 400, '参数不能为空: fpdm'],
    [{ fphm: '1' }, 400, '参数长度不正确: fphm'],
    [{ jym: '7be2-c' }, 400, '参数错误: jym'],
    [{ kqrq: '2026-02-30' }, 400, '参数错误: kqrq'],
    [{ je: '1e3' }, 400, '参数错误: je'],
  ])('answers %j itself, names the parameter and asks nobody', async (changes, code, msg) => {
    const elements = newElements();
    const { status, headers, text } = await post(elements, changes);
    expect([status, JSON.parse(text)]).toEqual([200, { code, msg, charge: false }]);
    expect(headers).toMatchObject({ 'x-piaoyan-origin': 'local', 'x-piaoyan-charge': 'notCharged' });
    expect(sentFor(elements)).toEqual([]);
  });

  it.each([
    [{ je: '0.00' }, 400],
    [{ kqrq: '29990101' }, 412],
    [{ kqrq: '2019-01-01' }, 205],
  ])('answers %j by its own guards', async (changes, code) => {
    const elements = newElements();
    expect(await verify(elements, changes)).toMatchObject({ code, charge: false });
    expect(sentFor(elements)).toEqual([]);
  });

  it('stops the sixth call of a day itself, and charges nothing', async () => {
    bench.egress.willSay(jumdataAnswered('201'));
    const bill = newElements();
    for (const amount of [1, 2, 3, 4, 5]) await verify(bill, { je: `${amount}` });
    expect(await verify(bill, { je: '6' })).toMatchObject({ code: 203, msg: '超过该张票当天查验次数', charge: false });
    expect(sentFor(bill)).toHaveLength(5);
  });

  it('takes the five elements for the same however they are written', async () => {
    bench.egress.willSay(jumdataAnswered('202'));
    const elements = newElements({ totalAmount: '486.00' });
    await verify(elements, { je: '486' });
    await verify(elements, { je: '486.0', kqrq: elements.issueDate.replaceAll('-', '') });
    expect(sentFor(elements)).toHaveLength(1);
  });

  describe('of a match', () => {
    const face: Partial<ProviderFace> = {
      payer: '示例科技有限公司',
      payerCreditCode: '91420100MA4K0X7T23',
      title: '湖北省公益事业捐赠统一票据(电子)',
      otherInfo: [{ cn: '业务流水号', en: 'ywlsh', value: '31770026' }],
    };

    it('masks what names a person, and no organisation, and passes no link to the bill on', async () => {
      bench.egress.willSay(jumdataAnswered('200', { face, detailUrl: 'http://einvoice.example/callback/TOKEN' }));
      const { data } = await verify(newElements());
      expect(data).toMatchObject({
        jkr: '示例科技有限公司',
        jkrnsrsbh: '**************7T23',
        pjmc: face.title,
        detailUrl: '',
        xmqd: [],
        xmmx: [],
      });
      expect(data!.qtxx).toEqual([{ en: 'ywlsh', cn: '业务流水号', value: '***' }]);
    });

    it('shows the payer to a credential that may see it, and still no link', async () => {
      const trusted = await accountOf(bench, { scopes: ['face.unmasked'] });
      bench.egress.willSay(jumdataAnswered('200', { face, detailUrl: 'http://einvoice.example/callback/TOKEN' }));
      const { data } = await verify(newElements(), {}, trusted);
      expect(data).toMatchObject({ jkr: face.payer, jkrnsrsbh: face.payerCreditCode, qtxx: face.otherInfo, detailUrl: '' });
    });

    it.each([
      [true, '02'],
      [false, '01'],
      [null, ''],
    ])('says of a bill whose reversal is %s: ch is %j', async (reversed, ch) => {
      bench.egress.willSay(jumdataAnswered('200', { face: { reversed } }));
      expect(await verify(newElements())).toMatchObject({ code: 200, data: { ch } });
    });
  });

  describe('when the same is asked again', () => {
    it('gives the stored answer under the same task number, and charges nothing', async () => {
      bench.egress.willSay(jumdataAnswered('202'));
      const elements = newElements();
      const first = await verify(elements);
      const second = await post(elements);
      expect(replyOf(second)).toEqual({ ...first, charge: false });
      expect([first.charge, second.headers['x-piaoyan-origin']]).toEqual([true, 'cache']);
      expect(sentFor(elements)).toHaveLength(1);
    });

    it('at the same time, shares one call; one of the two is charged', async () => {
      const elements = newElements();
      const { script, release } = heldBack(jumdataAnswered('200'));
      bench.egress.willSay(script);
      const calls = Promise.all([verify(elements), verify(elements)]);
      await eventuallyStates(bench, elements, ['queued', 'queued']);
      release();
      const replies = await calls;
      expect(replies.map(({ code }) => code)).toEqual([200, 200]);
      expect(replies.filter(({ charge }) => charge)).toHaveLength(1);
      expect(new Set(replies.map(({ taskNo }) => taskNo)).size).toBe(1);
      expect(sentFor(elements)).toHaveLength(1);
    });

    it.each([
      ['a lost reply', lost, 502],
      ['a failure that was charged', jumdataAnswered('500', { charge: true }), 500],
      ['a code that nobody knows, said to be charged', jumdataAnswered('877', { charge: true }), 999],
    ])('after %s, makes no second call', async (_what, script, code) => {
      bench.egress.willSay(script, jumdataAnswered('200'));
      const elements = newElements();
      const first = await verify(elements);
      expect(await verify(elements)).toEqual({ ...first, charge: false });
      expect([first.code, sentFor(elements).length]).toEqual([code, 1]);
    });
  });

  it('keeps two tenants apart', async () => {
    const other = await accountOf(bench, {}, 1);
    bench.egress.willSay(jumdataAnswered('200'), jumdataAnswered('201'));
    const elements = newElements();
    expect([(await verify(elements)).code, (await verify(elements, {}, other)).code]).toEqual([200, 201]);
  });

  it('speaks for netocr as well, and leaves empty what netocr does not give', async () => {
    const other = await createApiBench();
    try {
      const its = await accountOf(other);
      other.egress.willSay(answered('0', { payee: '示例市第一医院', reversed: true, accounted: true, verificationCount: 3 }));
      const { headers, text } = await post(newElements(), {}, its);
      expect(JSON.parse(text)).toMatchObject({
        code: 200,
        charge: true,
        data: { skdw: '示例市第一医院', ch: '02', pjmc: '', detailUrl: '' },
      });
      expect(headers['x-piaoyan-provider']).toBe('netocr');
      for (const [code, expected] of Object.entries({ '-30001': 202, '-30002': 201, '-30000': 203, '-30003': 203, '-30021': 205 })) {
        other.egress.willSay(answered(code));
        expect([code, (await verify(newElements(), {}, its)).code]).toEqual([code, expected]);
      }
      // A limit that netocr charges: the code says nothing of it, the boolean does.
      other.egress.willSay(answered('-30000'));
      expect(await verify(newElements(), {}, its)).toMatchObject({ code: 203, charge: true });
    } finally {
      await other.close();
    }
  });

  describe('refuses', () => {
    const refused = { status: 401, text: '{"code":400,"msg":"参数错误: appId 或 sign 无效","charge":false}' };

    it.each([
      ['an unknown appId', { appId: 'x'.repeat(22) }],
      ['an appId that is none', { appId: "a\0' or 1=1" }],
      ['a wrong signature', { sign: '0'.repeat(64) }],
      ['half a signature', { sign: 'abc' }],
      ['no signature', { sign: '' }],
      ['a timestamp in seconds', { timestamp: '1779243330' }],
    ])('%s with 401, always in the same words', async (_what, changes) => {
      const elements = newElements();
      expect(await post(elements, changes)).toMatchObject(refused);
      expect(sentFor(elements)).toEqual([]);
    });

    it.each([
      [-5.2, false],
      [-4.8, true],
      [4.8, true],
      [5.2, false],
    ])('a signature whose time is %d minutes away: %s', async (minutes, isAccepted) => {
      bench.egress.willSay(jumdataAnswered('202'));
      const timestamp = String(Date.now() + Math.round(minutes * MINUTE_MS));
      const { status } = await post(newElements(), { timestamp, sign: signatureOf(account, timestamp) });
      expect(status).toBe(isAccepted ? 200 : 401);
    });

    it('the secret of another credential', async () => {
      const other = await accountOf(bench);
      const timestamp = String(Date.now());
      const forged = signatureOf({ ...account, appSecret: other.appSecret }, timestamp);
      expect(await post(newElements(), { timestamp, sign: forged })).toMatchObject(refused);
    });

    it('a credential that has ended with 602, and one used from elsewhere with 607', async () => {
      const ended = await accountOf(bench, { expiresAt: new Date(Date.now() - 1_000) });
      const bound = await accountOf(bench, { allowedNetworks: ['10.0.0.0/8'] });
      const replies = [await post(newElements(), {}, ended), await post(newElements(), {}, bound)];
      expect(replies.map((reply) => [reply.status, replyOf(reply)])).toEqual([
        [403, { code: 602, msg: '账号停用', charge: false }],
        [403, { code: 607, msg: 'IP不在白名单', charge: false }],
      ]);
    });

    it('two days that differ', async () => {
      const reply = await post(newElements(), { kprq: '2026-01-01' });
      expect([reply.status, replyOf(reply).code, replyOf(reply).charge]).toEqual([400, 400, false]);
    });

    it('a file, JSON, another method and another path in its own words', async () => {
      const file = `--b\r\nContent-Disposition: form-data; name="f"; filename="a.ofd"\r\n\r\nOFD\r\n--b--\r\n`;
      const json = { 'content-type': 'application/json' };
      const replies = [
        await rawCall(account.url, { headers: { 'content-type': 'multipart/form-data; boundary=b' }, body: file }),
        await rawCall(account.url, { headers: json, body: '{}' }),
        await rawCall(account.url, { method: 'PUT' }),
        await rawCall(account.url.replace('fiscal', 'file'), { method: 'GET' }),
      ];
      expect(replies.map((reply) => [reply.status, replyOf(reply).code])).toEqual([
        [415, 400],
        [415, 400],
        [405, 404],
        [404, 404],
      ]);
    });

    it('a HEAD, which spends nothing', async () => {
      const elements = newElements();
      expect((await byQuery(account.url, parametersOf(account, elements), 'HEAD')).status).toBe(405);
      expect(sentFor(elements)).toEqual([]);
    });
  });

  it('can be kept from being asked by GET', async () => {
    const other = await createApiBench({ PIAOYAN_DROP_IN_JUMDATA_GET: false });
    try {
      const its = await accountOf(other);
      const got = await byQuery(its.url, parametersOf(its, newElements()));
      expect([got.status, replyOf(got), got.headers.allow]).toEqual([405, { code: 404, msg: '请求方法不正确', charge: false }, 'POST']);
      expect((await verify(newElements(), {}, its)).code).toBe(200);
    } finally {
      await other.close();
    }
  });

  it('believes a proxy it trusts, and no other, on where a call comes from', async () => {
    const behindProxy = await createApiBench({ PIAOYAN_TRUSTED_PROXIES: ['127.0.0.1'] }, { withWorker: false });
    try {
      for (const [from, expected] of [
        [behindProxy, 400],
        [bench, 607],
      ] as const) {
        const its = await accountOf(from, { allowedNetworks: ['10.1.0.0/16'] });
        const body = new URLSearchParams(parametersOf(its, newElements(), { fpdm: '' })).toString();
        const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': '10.1.2.3' };
        expect(replyOf(await rawCall(its.url, { headers, body })).code).toBe(expected);
      }
    } finally {
      await behindProxy.close();
    }
  });

  it('tells a client that calls too often with 609', async () => {
    const other = await createApiBench({ PIAOYAN_DROP_IN_CALLS_PER_SECOND: 1 }, { withWorker: false });
    try {
      const its = await accountOf(other);
      const replies = [];
      for (let at = 0; at < 5; at += 1) replies.push(await post(newElements(), { fpdm: '' }, its));
      const tooFast = replies.find(({ status }) => status === 429);
      expect(tooFast?.text).toBe('{"code":609,"msg":"请求过于频繁","charge":false}');
    } finally {
      await other.close();
    }
  });
});
