import type { BillReading, Reading } from '@app/contracts';
import type { ReceiptTruth } from '../ocr/truth';
import { compare } from './compare';

const truth: ReceiptTruth = {
  file: 'a.png',
  mode: 'clean',
  code: '32060126',
  number: '0019304458',
  checkCode: '5d07ea',
  issueDate: '2026-04-09',
  amount: '486.20',
  amountCN: '肆佰捌拾陆元贰角整',
  payer: '张三',
  payee: '示例市第一医院',
  items: [{ name: '检查费', amount: '320.00' }],
};

function reading(elements: Partial<BillReading['elements']>): Reading {
  const bill = {
    elements: {
      billCode: '32060126',
      billNumber: '0019304458',
      checkCode: '5d07ea',
      issueDate: '2026-04-09',
      totalAmount: '486.20',
      ...elements,
    },
    fields: {},
    items: [{ itemName: '检查费', amount: '320.00' }],
  } as unknown as BillReading;
  return { decision: 'auto', refusal: null, pages: [], bills: [bill], timings: {} };
}

describe('compare', () => {
  it('finds all five elements and the items right', () => {
    expect(compare(reading({}), truth)).toMatchObject({ allElements: true, wrong: [], itemsRight: 1 });
  });

  it('tells an element read wrongly from one not read', () => {
    expect(compare(reading({ checkCode: '5do7ea' }), truth)).toMatchObject({ allElements: false, wrong: ['checkCode'] });
    expect(compare(reading({ checkCode: null }), truth)).toMatchObject({ allElements: false, wrong: [] });
  });
});
