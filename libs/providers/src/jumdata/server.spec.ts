import { emptyFace } from '../face';
import { decodeJumdataReply } from './reply';
import { encodeJumdataRequest } from './request';
import { formatJumdataReply, isJumdataCallSigned, JUMDATA_SKEW_MS, parseJumdataCall } from './server';

const elements = { billCode: '42050126', billNumber: '0007315520', checkCode: '90d3f1', issueDate: '2026-05-12', totalAmount: '12605.50' };
const now = new Date('2026-05-20T02:15:30Z');
const form = 'application/x-www-form-urlencoded';

describe('parseJumdataCall', () => {
  const request = encodeJumdataRequest({ appId: 'a', appSecret: 's', dateParameter: 'kqrq' }, elements, now);
  const call = parseJumdataCall({ query: '', body: request.body, contentType: form });

  it('reads what our own encoder writes, and verifies its signature', () => {
    expect(call).toMatchObject({
      fpdm: '42050126',
      fphm: '0007315520',
      jym: '90d3f1',
      kqrq: '2026-05-12',
      je: '12605.50',
      unknownFields: 0,
    });
    expect(isJumdataCallSigned(call, 's', now)).toBe(true);
  });

  it('refuses another secret, an old signature and a timestamp in seconds', () => {
    expect(isJumdataCallSigned(call, 't', now)).toBe(false);
    expect(isJumdataCallSigned(call, 's', new Date(now.getTime() + JUMDATA_SKEW_MS + 1))).toBe(false);
    expect(isJumdataCallSigned({ ...call, timestamp: '1779243330' }, 's', now)).toBe(false);
  });

  it('takes the query as well, lets the body win, and knows kprq as an alias', () => {
    expect(parseJumdataCall({ query: 'je=1.00&fpdm=1', body: Buffer.from('je=2.00'), contentType: form })).toMatchObject({
      je: '2.00',
      fpdm: '1',
    });
    expect(parseJumdataCall({ query: 'kprq=2026-05-12', body: Buffer.alloc(0), contentType: '' }).kqrq).toBe('2026-05-12');
    expect(() => parseJumdataCall({ query: 'kprq=2026-05-12&kqrq=2026-05-13', body: Buffer.alloc(0), contentType: '' })).toThrow(
      'malformed',
    );
  });
});

describe('formatJumdataReply', () => {
  const taskNumber = '20260520101530004417';

  it('is read back by our own decoder', () => {
    const face = {
      ...emptyFace(),
      ...elements,
      reversed: false,
      payer: '甲**',
      otherInfo: [{ cn: '业务流水号', en: 'ywlsh', value: '1' }],
    };
    const body = formatJumdataReply({ code: '200', charge: true, taskNumber, face, detailUrl: 'http://einvoice.example/x' });
    expect(decodeJumdataReply({ httpStatus: 200, contentType: 'application/json', body })).toMatchObject({
      outcome: 'MATCH',
      charge: 'charged',
      providerTaskNumber: taskNumber,
      detailUrl: 'http://einvoice.example/x',
      face,
    });
  });

  it('writes the failing replies as documented', () => {
    const written = (code: string, charge: boolean) => JSON.parse(formatJumdataReply({ code, charge, taskNumber }).toString()) as unknown;
    expect(written('201', true)).toEqual({ code: 201, msg: '查无此票', taskNo: taskNumber, charge: true, data: { fplx: '101' } });
    expect(written('400', false)).toEqual({ code: 400, msg: '参数错误', charge: false });
  });

  it('never claims a reversal state that is not known', () => {
    const body = JSON.parse(formatJumdataReply({ code: '200', charge: true, taskNumber, face: emptyFace() }).toString()) as {
      data: object;
    };
    expect(body.data).toMatchObject({ ch: '', xmqd: [], detailUrl: '' });
  });
});
