import type { Elements } from '@app/contracts';
import { compareFace } from './face-comparison';
import { GenericDescription } from './generic/description';
import { genericDialect } from './generic/dialect';
import { decodeJumdataReply } from './jumdata/reply';
import { decodeNetocrReply } from './netocr/reply';
import { normalizeAmount } from './wire/text';

const ASKED: Elements = {
  billCode: '33060126',
  billNumber: '0041207735',
  checkCode: '7be20c',
  issueDate: '2026-04-09',
  totalAmount: '486.20',
};
const NETOCR_BILL = {
  ...{ invoiceCode: '33060126', invoiceNumber: '0041207735', checkCode: '7be20c', billingDate: '2026-04-09' },
  ...{ amountTax: '486.20', redTag: '0' },
};
const JUMDATA_BILL = { fpdm: '33060126', fphm: '0041207735', jym: '7be20c', kprq: '20260409', jehj: '486.20', ch: '01' };

const bytes = (value: unknown) => ({ httpStatus: 200, contentType: 'application/json', body: Buffer.from(JSON.stringify(value)) });
const netocr = (value: unknown) => decodeNetocrReply(bytes(value));
const jumdata = (value: unknown) => decodeJumdataReply(bytes(value));
/** Whether the reply would show a green light for what was asked. */
const isGreen = ({ outcome, face }: ReturnType<typeof netocr>): boolean =>
  outcome === 'MATCH' && face?.reversed === false && compareFace(ASKED, face).length === 0;

describe('a reply that means to match', () => {
  it('is green in the plain form of either provider: what follows is dark for its own reason', () => {
    expect(isGreen(netocr({ code: 0, data: NETOCR_BILL }))).toBe(true);
    expect(isGreen(jumdata({ code: 200, data: JUMDATA_BILL }))).toBe(true);
  });

  it.each([
    ['beside it', { code: 0, status: '-30002', data: NETOCR_BILL }],
    ['in the oldest envelope', { code: 0, messageString: { status: '-30001' }, data: NETOCR_BILL }],
    ['within its data, as a gateway wraps it', { code: 0, data: { ...NETOCR_BILL, code: '-30002' } }],
    ['within a list', { code: 0, data: [{ invoice: NETOCR_BILL, status: -30001 }] }],
  ])('is none where another code stands %s, and may have been charged', (_where, reply) => {
    expect(netocr(reply)).toMatchObject({ outcome: 'PROVIDER_ERROR', charge: 'unknown', face: null, alerts: ['unreadableReply'] });
  });

  it('is one all the same beside a status of the transport', () => {
    expect(isGreen(netocr({ code: 0, status: 200, data: NETOCR_BILL }))).toBe(true);
  });

  it('tells of several bills, and nobody knows which was asked about', () => {
    const reversed = { ...NETOCR_BILL, redTag: '1' };
    for (const data of [
      [{ invoice: NETOCR_BILL }, { invoice: reversed }],
      [NETOCR_BILL, NETOCR_BILL],
    ]) {
      expect(netocr({ code: 0, data })).toMatchObject({ outcome: 'MATCH', charge: 'charged', face: null, alerts: ['matchWithoutFace'] });
    }
    const veritem = [{ desc: '冲红标识', content: '0' }];
    expect(netocr({ code: 0, infoList: [{ veritem }, { veritem }] }).face).toBeNull();
  });

  it.each([
    ['by label', '冲红标识'],
    ['by label and by name', 'redTag'],
  ])('says two things under one name, %s: in the oldest envelope names are values, and no parser sees it', (_how, desc) => {
    const veritem = [
      { desc: '冲红标识', content: '1' },
      { desc, content: '0' },
    ];
    expect(netocr({ code: 0, infoList: [{ veritem }] })).toMatchObject({ face: null, alerts: ['matchWithoutFace'] });
    const twice = [...veritem.slice(1), ...veritem.slice(1)];
    expect(netocr({ code: 0, infoList: [{ veritem: twice }] }).face?.reversed).toBe(false);
  });

  it('names the day of a reversal, and says that there was none', () => {
    const told = { alerts: ['contradictoryReversal'], face: { reversed: null } };
    expect(netocr({ code: 0, data: { ...NETOCR_BILL, redDate: '2026-05-01' } })).toMatchObject(told);
    expect(netocr({ code: 0, data: { ...NETOCR_BILL, redTime: '10:15:00' } })).toMatchObject(told);
    expect(jumdata({ code: 200, data: { ...JUMDATA_BILL, chrq: '20260501' } })).toMatchObject(told);
    // Nothing, in the ways in which systems write it.
    for (const redDate of ['', '0', '0000-00-00', '-', '无'])
      expect(isGreen(netocr({ code: 0, data: { ...NETOCR_BILL, redDate } }))).toBe(true);
    expect(netocr({ code: 0, data: { ...NETOCR_BILL, redTag: '1', redDate: '2026-05-01' } })).toMatchObject({
      alerts: [],
      face: { reversed: true },
    });
  });

  it.each([
    ['another number', { invoiceNumber: '0041207736' }],
    ['a number without its zeros', { invoiceNumber: 41207735 }],
    ['a list for a number', { invoiceNumber: ['0041207736'] }],
    ['an object for a code', { invoiceCode: { value: '99060126' } }],
    ['a boolean for a check code', { checkCode: true }],
    ['an amount with more than two decimals', { amountTax: '486.205' }],
    ['an amount in full-width digits of another sum', { amountTax: '４８６．２１' }],
    ['an amount that a comma cuts elsewhere', { amountTax: '4,86.20' }],
    ['an amount of a hundred digits', { amountTax: `${'9'.repeat(100)}.20` }],
    ['an amount that a parser of numbers would round to it', { amountTax: '486.20000000000000001' }],
    ['a negative amount', { amountTax: '-486.20' }],
    ['the day after', { billingDate: '20260410' }],
  ])('answers for %s', (_what, changes) => {
    expect(isGreen(netocr({ code: 0, data: { ...NETOCR_BILL, ...changes } }))).toBe(false);
  });

  it.each(['486.2', '486.2000', '￥486.20', ' 486.20 ', 486.2])('answers with the same amount in another shape: %j', (amountTax) => {
    expect(isGreen(netocr({ code: 0, data: { ...NETOCR_BILL, amountTax } }))).toBe(true);
  });
});

it('is as hard to get from a provider that a file describes', () => {
  const reply = {
    ...{ code: 'code', codes: { '0': { outcome: 'MATCH', charge: 'charged' } }, data: 'bill' },
    face: { billNumber: 'number', totalAmount: 'amount', reversedDate: 'reversedOn' },
    flags: { reversed: { at: 'reversed', yes: ['Y'], no: ['N'] } },
  };
  const request = {
    ...{ path: '/verify', body: 'form', secret: { in: 'field', name: 'key' } },
    elements: { billCode: 'dm', billNumber: 'hm', checkCode: 'jym', issueDate: 'rq', totalAmount: 'je' },
  };
  const dialect = genericDialect(GenericDescription.parse({ request, reply }));
  const told = (changes: object) =>
    dialect.decodeReply(bytes({ code: '0', bill: { number: ASKED.billNumber, amount: '486.20', reversed: 'N', ...changes } }));
  expect(isGreen(told({}))).toBe(true);
  expect(isGreen(told({ number: [ASKED.billNumber] }))).toBe(false);
  expect(isGreen(told({ amount: '4,86.20' }))).toBe(false);
  expect(told({ reversedOn: '2026-05-01' })).toMatchObject({ alerts: ['contradictoryReversal'], face: { reversed: null } });
});

describe('an amount of the wire', () => {
  it.each([
    ['486,20', '486,20'],
    ['4,8620.00', '4,8620.00'],
    ['48,6.20', '48,6.20'],
    ['48 620.00', '48 620.00'],
    ['4¥86.20', '4¥86.20'],
    [',486.20', ',486.20'],
    ['1,320.5', '1320.50'],
    ['12，605.50', '12605.50'],
    ['￥1,234,567.80', '1234567.80'],
    ['¥ 486.2', '486.20'],
    ['-1,320.50', '-1320.50'],
    ['000486.20', '486.20'],
    [`${'0'.repeat(500_000)}x`, `${'0'.repeat(500_000)}x`],
  ])('is read only as it is written: %.20s is %.20s', (wire, read) => {
    expect(normalizeAmount(wire)).toBe(read);
  });
});
