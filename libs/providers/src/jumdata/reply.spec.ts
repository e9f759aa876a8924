import { decodeJumdataReply } from './reply';

const raw = (text: string, httpStatus = 200) =>
  decodeJumdataReply({ httpStatus, contentType: 'application/json', body: Buffer.from(text) });
const json = (value: unknown) => raw(JSON.stringify(value));

const bill = {
  fpdm: '42050126',
  fphm: '0007315520',
  jkrnsrsbh: '**************7T23',
  jym: '90d3f1',
  jkr: '示例科技有限公司',
  kprq: '2026-05-12',
  skdw: '示例省慈善总会',
  pjmc: '公益事业捐赠统一票据(电子)',
  jehj: '12605.50',
  ch: '01',
  chrq: '',
  xmqd: [{ xmxh: 0, xmbh: '', xmmc: '货币捐赠', je: null }],
  xmmx: [],
  qtxx: [{ en: 'ywlsh', cn: '业务流水号', value: '31770026' }],
  detailUrl: 'http://einvoice.example/finance/callback/T',
};

describe('decodeJumdataReply, codes and charge', () => {
  const table = [
    ['200', 'MATCH', 'charged'],
    ['201', 'NOT_FOUND', 'charged'],
    ['202', 'MISMATCH', 'charged'],
    ['203', 'DAILY_LIMIT', 'notCharged'],
    ['204', 'BATCH_QTY', 'notCharged'],
    ['205', 'OVER_WINDOW', 'notCharged'],
    ['206', 'IN_PROGRESS', 'notCharged'],
    ['207', 'REGION_UNSUPPORTED', 'notCharged'],
    ['400', 'BAD_PARAM', 'notCharged'],
    ['404', 'TYPE_ERROR', 'notCharged'],
    ['411', 'IRREGULAR', 'notCharged'],
    ['412', 'FUTURE_DATE', 'notCharged'],
    ['500', 'PROVIDER_ERROR', 'notCharged'],
    ['502', 'NETWORK_TIMEOUT', 'unknown'],
    ['601', 'ACCOUNT', 'notCharged'],
    ['602', 'ACCOUNT', 'notCharged'],
    ['603', 'ACCOUNT', 'notCharged'],
    ['604', 'ACCOUNT', 'notCharged'],
    ['606', 'RATE', 'notCharged'],
    ['607', 'ACCOUNT', 'notCharged'],
    ['609', 'RATE', 'notCharged'],
    ['610', 'NETWORK_TIMEOUT', 'unknown'],
    ['999', 'PROVIDER_ERROR', 'notCharged'],
    ['777', 'UNKNOWN_CODE', 'unknown'],
  ] as const;

  it.each(table)('reads %s, as number and as text, as %s with charge %s by code', (code, outcome, charge) => {
    expect(json({ code: Number(code), msg: 'm' })).toMatchObject({ outcome, charge, providerCode: code });
    expect(json({ code, msg: 'm' })).toMatchObject({ outcome, charge, providerCode: code });
  });

  it.each(table)('believes the boolean of %s over the table', (code, _outcome, byCode) => {
    for (const [charge, expected] of [
      [true, 'charged'],
      [false, 'notCharged'],
    ] as const) {
      const result = json({ code: Number(code), charge });
      expect(result.charge).toBe(expected);
      expect(result.alerts.includes('chargeContradictsCode')).toBe(byCode !== 'unknown' && byCode !== expected);
    }
  });

  it('does not guess from a charge it cannot read', () => {
    for (const charge of ['perhaps', 1, 0, 'TRUE', {}, []])
      expect(json({ code: 203, charge })).toMatchObject({ charge: 'unknown', alerts: ['unreadableCharge'] });
    for (const charge of [null, '']) expect(json({ code: 203, charge })).toMatchObject({ charge: 'notCharged', alerts: [] });
  });

  it.each([
    ['发票编号不能为空', 'MISSING_PARAM'],
    ['校验码长度不正确', 'BAD_LENGTH'],
    ['参数错误', 'BAD_PARAM'],
    [undefined, 'BAD_PARAM'],
  ])('tells the causes of code 400 apart by %j', (msg, outcome) => {
    expect(json({ code: 400, msg, charge: false })).toMatchObject({ outcome, charge: 'notCharged', providerTaskNumber: null });
  });

  it.each(['12345678901234567890', '123456789012345678901234'])('keeps task number %s, quoted or not', (taskNo) => {
    expect(json({ code: 201, taskNo }).providerTaskNumber).toBe(taskNo);
    expect(raw(`{"code":201,"taskNo":${taskNo}}`).providerTaskNumber).toBe(taskNo);
  });

  it('takes a refusal from an error, and no match', () => {
    expect(raw('{"code":603,"charge":false}', 500)).toMatchObject({
      outcome: 'ACCOUNT',
      charge: 'notCharged',
      alerts: ['unexpectedHttpStatus'],
    });
    expect(raw('{"code":200,"charge":true}', 500)).toMatchObject({ outcome: 'PROVIDER_ERROR', charge: 'unknown' });
  });

  it.each([301, 302, 307])('believes no redirect (%d), whatever stands in it', (httpStatus) => {
    expect(raw('{"code":200,"charge":true}', httpStatus)).toMatchObject({ outcome: 'PROVIDER_ERROR', charge: 'unknown' });
  });

  it('gives the bill type on a miss, and no face', () => {
    expect(json({ code: 201, charge: true, data: { fplx: '101' } })).toMatchObject({ providerBillType: '101', face: null });
  });

  it.each([
    '',
    '<html>',
    '{"code":200',
    '[]',
    '{}',
    '"200"',
    '200',
    'x'.repeat(1_048_576),
    '{"code":202,"code":200}',
    '{"code":200,"charge":true,"charge":false}',
  ])('takes %j for an unreadable reply whose charge is unknown', (text) => {
    expect(raw(text)).toMatchObject({ outcome: 'PROVIDER_ERROR', charge: 'unknown', alerts: ['unreadableReply'] });
  });
});

describe('decodeJumdataReply, face', () => {
  const faceOf = (change: Record<string, unknown>) => json({ code: 200, charge: true, data: { ...bill, ...change } });

  it('maps the documented fields; what jumdata does not give is null', () => {
    const result = faceOf({});
    expect(result.detailUrl).toBe(bill.detailUrl);
    expect(result.face).toMatchObject({
      billCode: '42050126',
      issueDate: '2026-05-12',
      totalAmount: '12605.50',
      reversed: false,
      reversedDate: null,
      accounted: null,
      printed: null,
      verificationCount: null,
      items: [{ sequence: '0', itemName: '货币捐赠', itemCode: null, amount: null }],
      otherInfo: [{ en: 'ywlsh', cn: '业务流水号', value: '31770026' }],
    });
  });

  it.each([
    ['01', false],
    ['02', true],
    ['', null],
    [null, null],
    [undefined, null],
  ])('reads ch %j as %j', (ch, reversed) => {
    const result = faceOf({ ch });
    expect(result.face?.reversed).toBe(reversed);
    expect(result.alerts).toEqual([]);
  });

  it.each(['1', 1, '2', '0', '001', '正常', true, false, {}])('gives no reversal state for ch %j, and raises an alert', (ch) => {
    expect(faceOf({ ch })).toMatchObject({ face: { reversed: null }, alerts: ['unknownReversedFlag'] });
  });

  it('reads row amounts as number or text, lists as text, and the compact day', () => {
    const result = faceOf({ kprq: '20260512', xmqd: '[{"je":12605.5}]', xmmx: [{ je: '1.1' }], qtxx: null });
    expect(result.face).toMatchObject({
      issueDate: '2026-05-12',
      items: [{ amount: '12605.50' }],
      itemDetails: [{ amount: '1.10' }],
      otherInfo: [],
    });
  });
});
