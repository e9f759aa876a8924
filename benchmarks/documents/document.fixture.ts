import { type BillReading, type ElementName, FieldName, type FieldReading, type Reading } from '@app/contracts';
import type { ExpectedBill, ExpectedDocument } from './expected-document';

const FIELDS: ExpectedBill['fields'] = {
  billCode: '32060126',
  billNumber: '0019304458',
  checkCode: '5d07ea',
  issueDate: '2026-04-09',
  totalAmount: '486.20',
  title: '江苏省医疗门诊收费票据（电子）',
  totalAmountInWords: '肆佰捌拾陆元贰角整',
  payer: '张三',
  payerCreditCode: '',
  payee: '示例市第一医院',
  reviewer: '00123',
  cashier: '李四',
};

/** A bill as printed, with an item for each amount. */
export function expectedBill({
  fields = {},
  ...rest
}: Partial<Omit<ExpectedBill, 'fields'>> & { fields?: Partial<ExpectedBill['fields']> } = {}): ExpectedBill {
  const item = { code: '', name: '检查费', quantity: '1', unit: '项', standard: '', amount: '486.20' };
  return { page: 1, fields: { ...FIELDS, ...fields }, items: [item], other: [{ cn: '性别', value: '女' }], ...rest };
}

/** A file as its truth has it. */
export function expectedDocument(rest: Partial<ExpectedDocument> = {}): ExpectedDocument {
  return { path: 'a.jpg', file: 'a.jpg', form: 'img', note: '', expect: 'read', why: '', absent: [], bills: [expectedBill()], ...rest };
}

/** One field as read, from the print and certain. */
export function field(value: string, rest: Partial<FieldReading> = {}): FieldReading {
  return {
    value,
    raw: value,
    confidence: 1,
    source: 'ocr',
    page: 1,
    quad: null,
    confirmedBy: [],
    contradictedBy: [],
    alternatives: [],
    doubts: [],
    ...rest,
  };
}

/** The reading of such a bill without a mistake, but for what is given. */
export function billReading({ fields = {}, ...rest }: Partial<BillReading> = {}): BillReading {
  const expected = expectedBill();
  const read: BillReading['fields'] = {};
  for (const name of FieldName.options) {
    const printed = FIELDS[name];
    if (printed) read[name] = field(printed);
  }
  const all = { ...read, ...fields };
  const element = (name: ElementName) => all[name]?.value ?? null;
  return {
    page: 1,
    outline: [],
    kind: 'medical-outpatient',
    decision: 'auto',
    reasons: [],
    elements: {
      billCode: element('billCode'),
      billNumber: element('billNumber'),
      checkCode: element('checkCode'),
      issueDate: element('issueDate'),
      totalAmount: element('totalAmount'),
    },
    fields: all,
    items: expected.items.map(({ name, code, ...item }) => ({ ...item, itemName: name, itemCode: code, itemRemark: '' })),
    otherInfo: [{ cn: '性别', en: 'gender', value: '女' }],
    seals: [],
    codes: [],
    signatures: [],
    ...rest,
  };
}

/** A reading of these bills, decided as they are. */
export function readingOf(...bills: BillReading[]): Reading {
  const decision = bills.length === 0 ? 'refuse' : bills.every((bill) => bill.decision === 'auto') ? 'auto' : 'review';
  return { decision, refusal: null, pages: [], bills, timings: {} };
}
