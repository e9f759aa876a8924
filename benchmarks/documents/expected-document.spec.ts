import { parseExpectations } from './expected-document';

const BILL = {
  title: '江苏省医疗门诊收费票据（电子）',
  code: '32060126',
  number: '0019304458',
  checkCode: '5d07ea',
  issueDate: '2026-04-09',
  amount: '486.20',
  amountCN: '肆佰捌拾陆元贰角整',
  payer: '张三',
  payerCreditCode: '',
  payee: '示例市第一医院',
  reviewer: '00123',
  cashier: '李四',
  items: [{ name: '检查费', amount: '486.20' }],
  other: [],
};

describe('parseExpectations', () => {
  it('reads a row of documents, its fields under the names of a reading', () => {
    const row = {
      file: 'a.xml',
      form: 'xml',
      note: 'GBK',
      expect: 'read',
      why: '',
      absent: ['amountCN', 'qr'],
      bills: [{ ...BILL, page: 2 }],
    };
    const [document] = parseExpectations('data', [row]);
    expect(document).toMatchObject({ path: 'data/a.xml', form: 'xml', note: 'GBK', expect: 'read', absent: ['totalAmountInWords'] });
    expect(document?.bills).toMatchObject([{ page: 2, fields: { billCode: '32060126', totalAmount: '486.20' }, items: [{ unit: '' }] }]);
  });

  it('reads a receipt as a document of one bill', () => {
    const [document] = parseExpectations('data', [{ ...BILL, file: 'a.png', mode: 'scan' }]);
    expect(document).toMatchObject({ form: 'receipt-scan', expect: 'read', absent: [], bills: [{ page: 1, fields: { payer: '张三' } }] });
  });

  it('takes the fields that few bills have where they are named', () => {
    const bills = [BILL, { ...BILL, payCode: '3200002600', operator: '' }];
    const [document] = parseExpectations('data', [{ file: 'a.pdf', form: 'pdf', expect: 'read', bills }]);
    expect(document?.bills[0]?.fields).not.toHaveProperty('payCode');
    expect(document?.bills[1]?.fields).toMatchObject({ payCode: '3200002600', operator: '' });
  });

  it('does not take a file without an expectation', () => {
    expect(() => parseExpectations('data', [{ file: 'a.png', form: 'img', bills: [] }])).toThrow();
  });
});
