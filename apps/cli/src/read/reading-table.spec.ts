import type { BillReading, FieldReading, Reading } from '@app/contracts';
import { formatReading } from './reading-table';

const field = (value: string, confidence: number): FieldReading => ({
  value,
  raw: value,
  confidence,
  source: 'ocr',
  page: 1,
  quad: null,
  confirmedBy: ['qr'],
  contradictedBy: [],
  alternatives: [],
  doubts: [],
});

function reading(bill: Partial<BillReading>): Reading {
  const elements = { billCode: '32060126', billNumber: null, checkCode: null, issueDate: null, totalAmount: null };
  const empty = { page: 1, kind: 'donation', elements, fields: {}, items: [], otherInfo: [], signatures: [], reasons: [] };
  const bills = [{ ...empty, ...bill } as unknown as BillReading];
  return { decision: 'review', refusal: null, pages: [], bills, timings: { totalMs: 812 } };
}

describe('formatReading', () => {
  it('shows an element with its source and what confirmed it, and a missing one as missing', () => {
    const shown = formatReading({ file: 'a.jpg', ...reading({ fields: { billCode: field('32060126', 0.9996) } }) });
    expect(shown).toContain('a.jpg  review  812 ms');
    expect(shown).toMatch(/票据代码 │ 32060126 +│ ocr +│ 0\.999 +│ qr/);
    expect(shown).toMatch(/票据号码 │ — +│ — +│ — /);
  });

  it('shows the other fields, rows and pairs that the bill has', () => {
    const items = [{ itemName: '检查费', amount: '320.00' }] as BillReading['items'];
    const otherInfo = [{ cn: '门诊号', en: 'patientNumber', value: '5512' }];
    const shown = formatReading({ file: 'a.jpg', ...reading({ fields: { payer: field('林晓青', 1) }, items, otherInfo }) });
    expect(shown).toMatch(/交款人 +│ 林晓青/);
    expect(shown).toContain('· 检查费 320.00');
    expect(shown).toContain('门诊号：5512');
    expect(shown).not.toContain('复核人');
  });

  it('names the characters in doubt, and what contradicts', () => {
    const doubts = [{ index: 2, alternatives: [{ text: 'o', confidence: 0.3 }] }];
    const checkCode = { ...field('5d07ea', 0.6), contradictedBy: ['text'], doubts };
    expect(formatReading({ file: 'a.jpg', ...reading({ fields: { checkCode } }) })).toMatch(/校验码.*qr ≠text +│ 3: 0\/o/);
  });

  it('gives the reasons in words with their code', () => {
    const message = { 'zh-CN': '未找到票据号码', en: 'no bill number' };
    const shown = formatReading({ file: 'a.jpg', ...reading({ reasons: [{ code: 'element-missing', field: 'billNumber', message }] }) });
    expect(shown).toContain('! 未找到票据号码 [element-missing]');
  });

  it('says what a refused document is, and why a file could not be opened', () => {
    const refusal = { code: 'tax-invoice', message: { 'zh-CN': '这是发票', en: 'a tax invoice' } };
    expect(formatReading({ file: 'b.jpg', ...reading({}), decision: 'refuse', refusal, bills: [] })).toContain('这是发票 (a tax invoice)');
    expect(formatReading({ file: 'c.jpg', error: 'no such file' })).toBe('c.jpg\n  failed: no such file');
  });
});
