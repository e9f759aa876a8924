import { decodeNetocrReply } from './reply';

const json = (value: unknown, httpStatus = 200) => raw(JSON.stringify(value), httpStatus);
const raw = (text: string | Uint8Array, httpStatus = 200, contentType = 'application/json;charset=UTF-8') =>
  decodeNetocrReply({ httpStatus, contentType, body: typeof text === 'string' ? Buffer.from(text) : text });

const bill = {
  checkNum: '3',
  administrativeDivisionName: '浙江省',
  invoiceType: '财政医疗票据',
  invoiceCode: '33060126',
  invoiceNumber: '0041207735',
  billingDate: '2026-04-09',
  checkCode: '7be20c',
  totalAmount: '999.99',
  amountTax: '486.20',
  purchaserName: '甲**',
  salesName: '示例市第一医院',
  remarks: '',
  entryTag: '0',
  printTag: '1',
  redTag: '0',
  invoiceLists: [{ serialNo: '1', commodityName: '检查费', unit: '次', quantity: '1', amount: '1,320.5' }],
  invoiceDetails: [],
  otherInfos: [{ fieldEn: 'ywlsh', fieldCn: '业务流水号', fieldValue: '20260409007713' }],
};

describe('decodeNetocrReply, codes', () => {
  it.each([
    ['0', 'MATCH', 'charged'],
    ['-30000', 'FAILED_LIMIT', 'charged'],
    ['-30001', 'MISMATCH', 'charged'],
    ['-30002', 'NOT_FOUND', 'charged'],
    ['-30003', 'DAILY_LIMIT', 'notCharged'],
    ['-30004', 'IRREGULAR', 'notCharged'],
    ['-30005', 'MISSING_PARAM', 'notCharged'],
    ['-30008', 'BAD_LENGTH', 'notCharged'],
    ['-30010', 'PROVIDER_ERROR', 'notCharged'],
    ['-30015', 'TYPE_ERROR', 'notCharged'],
    ['-30017', 'BAD_PARAM', 'notCharged'],
    ['-30020', 'PROVIDER_ERROR', 'notCharged'],
    ['-30021', 'OVER_WINDOW', 'notCharged'],
    ['-30007', 'OVER_WINDOW', 'notCharged'],
    ['-30009', 'BATCH_QTY', 'notCharged'],
    ['-30014', 'PROVIDER_ERROR', 'notCharged'],
  ])('reads %s, as number and as text, as %s and %s', (code, outcome, charge) => {
    expect(json({ code: Number(code), msg: 'm' })).toMatchObject({ outcome, charge, providerCode: code, providerMessage: 'm' });
    expect(json({ code, message: 'm' })).toMatchObject({ outcome, charge, providerCode: code, providerMessage: 'm' });
  });

  it('keeps an invented code as UNKNOWN_CODE with unknown charge and an alert', () => {
    expect(json({ code: -39999, msg: '?' })).toMatchObject({
      outcome: 'UNKNOWN_CODE',
      charge: 'unknown',
      providerCode: '-39999',
      alerts: ['unknownCode'],
    });
  });

  it.each(['00', '0.0', '-0', 'toString', '__proto__'])('does not take the code %j for a verdict', (code) => {
    expect(json({ code })).toMatchObject({ outcome: 'UNKNOWN_CODE', charge: 'unknown' });
  });

  it('hints at a bill of the same day', () => {
    expect(json({ code: -30006 })).toMatchObject({ outcome: 'UNKNOWN_CODE', charge: 'unknown', alerts: ['sameDayBill'] });
  });
});

describe('decodeNetocrReply, envelopes', () => {
  const expected = { outcome: 'MATCH', charge: 'charged', face: { billCode: '33060126', totalAmount: '486.20', reversed: false } };

  it.each([
    ['code, msg and data', { code: 0, msg: 'ok', data: bill }],
    ['data as a list of invoices', { code: '0', msg: 'ok', data: [{ invoice: bill, dataMsg: '' }] }],
    ['data as JSON text', { code: 0, data: JSON.stringify(bill) }],
    ['a top-level status as text', { status: '0', message: 'ok', data: bill }],
    [
      'messageString and infoList by field name',
      {
        messageString: { status: '0', value: 'ok' },
        infoList: [{ veritem: Object.entries(bill).map(([desc, content]) => ({ desc, content })) }],
      },
    ],
    [
      'messageString and infoList by label',
      {
        messageString: { status: 0, value: 'ok' },
        infoList: [
          {
            veritem: [
              { desc: '发票代码', content: '33060126' },
              { desc: '票面金额', content: '486.20' },
              { desc: '冲红标识', content: '0' },
            ],
          },
        ],
      },
    ],
  ])('reads %s', (_name, envelope) => {
    expect(json(envelope)).toMatchObject(expected);
  });

  it.each([
    ['an HTML page', '<html><body>502 Bad Gateway</body></html>'],
    ['an empty body', ''],
    ['truncated JSON', '{"code":0,"msg":"查验成功'],
    ['a bare list', '[]'],
    ['JSON without a code', '{"msg":"ok"}'],
    ['a null code', '{"code":null}'],
    ['a hostile depth', `{"code":0,"data":${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
    ['one megabyte of text', 'x'.repeat(1_048_576)],
    ['a list of replies', '[{"code":0}]'],
    ['a bare text', '"0"'],
    ['a bare number', '0'],
    ['a boolean code', '{"code":true}'],
    ['two codes', '{"code":-30001,"msg":"m","code":0}'],
    ['two codes, one written in escapes', '{"code":-30001,"c\\u006fde":0}'],
    ['two states of reversal', '{"code":0,"data":{"redTag":"1","redTag":"0"}}'],
  ])('takes %s for an unreadable reply whose charge is unknown', (_name, text) => {
    expect(raw(text)).toMatchObject({
      outcome: 'PROVIDER_ERROR',
      charge: 'unknown',
      providerCode: null,
      face: null,
      alerts: ['unreadableReply'],
    });
  });

  it('reads a name that stands twice with one value', () => {
    expect(raw('{"code":-30001,"msg":"m","code": -30001 }')).toMatchObject({ outcome: 'MISMATCH', providerCode: '-30001' });
  });

  it.each([
    [
      'a string of JSON as messageString and infoList',
      { messageString: '{"status":"0"}', infoList: JSON.stringify([{ veritem: [] }]) },
      'MATCH',
    ],
    ['an empty code beside a status', { code: '', status: '-30002' }, 'NOT_FOUND'],
    ['an invoice as JSON text', { code: 0, data: [{ invoice: JSON.stringify(bill) }] }, 'MATCH'],
    ['an empty list', { code: 0, data: [] }, 'MATCH'],
    ['no data on a failure', { code: -30001 }, 'MISMATCH'],
    ['null data on a failure', { code: -30001, data: null }, 'MISMATCH'],
    ['empty data on a failure', { code: -30001, data: '' }, 'MISMATCH'],
  ])('reads %s', (_name, envelope, outcome) => {
    expect(json(envelope).outcome).toBe(outcome);
  });

  it.each([301, 302, 307])('believes no redirect (%d), whatever stands in it', (httpStatus) => {
    expect(json({ code: 0, data: bill }, httpStatus)).toMatchObject({ outcome: 'PROVIDER_ERROR', charge: 'unknown', face: null });
  });

  it.each(['text/html', 'text/plain;charset=UTF-8', 'application/octet-stream', ''])('reads JSON that claims to be %j', (contentType) => {
    expect(raw(JSON.stringify({ code: -30002 }), 200, contentType).outcome).toBe('NOT_FOUND');
  });

  it('shows the documented text of a code whose reply has none', () => {
    expect(json({ code: -30001 }).providerMessage).toBe('发票信息不一致');
  });

  it('takes a match without a bill for a match without a face', () => {
    expect(json({ code: 0, data: null })).toMatchObject({ outcome: 'MATCH', face: null, alerts: ['matchWithoutFace'] });
    expect(json({ code: 0, data: '{"redTag":"0"' })).toMatchObject({ outcome: 'MATCH', face: null, alerts: ['matchWithoutFace'] });
  });

  it('gives no face on a failure, whatever stands in data', () => {
    expect(json({ code: -30001, data: bill }).face).toBeNull();
  });

  it('reports an HTTP status that does not go with the body', () => {
    expect(json({ code: -30001 }, 500)).toMatchObject({ outcome: 'MISMATCH', alerts: ['unexpectedHttpStatus'] });
  });

  it.each([400, 429, 500, 502, 503])('takes no match from an error (%d)', (httpStatus) => {
    expect(json({ code: 0, data: bill }, httpStatus)).toMatchObject({ outcome: 'PROVIDER_ERROR', charge: 'unknown', face: null });
  });

  it('reads the charset that the reply names', () => {
    const gbk = Uint8Array.from([...Buffer.from('{"code":-30002,"msg":"'), 0xce, 0xde, ...Buffer.from('"}')]);
    expect(raw(gbk, 200, 'application/json; charset=GBK').providerMessage).toBe('无');
    expect(raw(gbk, 200, 'application/json').providerMessage).toBe('无');
    expect(raw('{"code":-30002,"msg":"无"}', 200, 'application/json; charset=nonsense').providerMessage).toBe('无');
  });
});

describe('decodeNetocrReply, face', () => {
  const faceOf = (change: Record<string, unknown>) => json({ code: 0, data: { ...bill, ...change } });

  it('takes the amount of the bill from amountTax, never from totalAmount', () => {
    expect(faceOf({ totalAmount: '1.00', amountTax: '￥12,226.24' }).face?.totalAmount).toBe('12226.24');
  });

  it('maps rows, other information, count and empty texts', () => {
    expect(faceOf({}).face).toMatchObject({
      payer: '甲**',
      remark: null,
      verificationCount: 3,
      accounted: false,
      printed: true,
      items: [{ sequence: '1', itemName: '检查费', unit: '次', quantity: '1', amount: '1320.50', itemCode: null }],
      itemDetails: [],
      otherInfo: [{ en: 'ywlsh', cn: '业务流水号', value: '20260409007713' }],
    });
  });

  it.each([
    ['0', false],
    ['1', true],
    [0, false],
    [1, true],
    ['', null],
    [null, null],
    [undefined, null],
  ])('reads redTag %j as %j', (redTag, reversed) => {
    const result = faceOf({ redTag });
    expect(result.face?.reversed).toBe(reversed);
    expect(result.alerts).toEqual([]);
  });

  it.each(['01', '02', '00', '2', 'true', '否', '1.0', true, false, {}, []])(
    'gives no reversal state for redTag %j, and raises an alert',
    (redTag) => {
      expect(faceOf({ redTag })).toMatchObject({ face: { reversed: null }, alerts: ['unknownReversedFlag'] });
    },
  );

  it('raises alerts for the other flags and the count', () => {
    expect(faceOf({ entryTag: '2', printTag: 'Y', checkNum: 'many' })).toMatchObject({
      face: { accounted: null, printed: null, verificationCount: null },
      alerts: ['unknownAccountedFlag', 'unknownPrintedFlag', 'unreadableVerificationCount'],
    });
  });

  it.each([
    ['JSON text', '[{"commodityName":"西药费","amount":166.2}]', [{ itemName: '西药费', amount: '166.20' }], []],
    ['empty text', '', [], []],
    ['null', null, [], []],
    ['broken JSON text', '[{"commodityName":', [], ['unreadableList']],
    ['an object', { a: 1 }, [], ['unreadableList']],
  ])('reads a list given as %s', (_name, invoiceLists, items, alerts) => {
    const result = faceOf({ invoiceLists });
    expect(result.face?.items).toMatchObject(items);
    expect(result.alerts).toEqual(alerts);
  });

  it('reads the day in either form', () => {
    expect(faceOf({ billingDate: '20260409' }).face?.issueDate).toBe('2026-04-09');
  });
});
