import { unfoundElements } from './unfound-elements';

const ELEMENTS = { billCode: '32060126', billNumber: '0019304458', checkCode: '5d07ea', issueDate: '2026-04-09', totalAmount: '1486.20' };

describe('unfoundElements', () => {
  it('knows elements however they are written', () => {
    expect(unfoundElements(ELEMENTS, ['32060126', '00193044 58', '5d07ea', '2026年4月9日', '￥1,486.20'])).toEqual([]);
    expect(unfoundElements(ELEMENTS, ['票据代码：32060126票据号码：0019304458校验码：5d07ea', '20260409', '1486.2'])).toEqual([]);
  });

  it('names what the texts do not say, and what is missing', () => {
    const texts = ['32060126 0019304458 5D07EA 2026-04-19', '1486.30'];
    expect(unfoundElements(ELEMENTS, texts)).toEqual(['checkCode 5d07ea', 'issueDate 2026-04-09', 'totalAmount 1486.20']);
    expect(unfoundElements({ ...ELEMENTS, billCode: null }, ['0019304458 5d07ea 20260409 1486.20'])).toEqual(['billCode missing']);
  });
});
