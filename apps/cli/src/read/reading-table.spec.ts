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
  const bills = [{ kind: 'donation', elements, fields: {}, items: [], reasons: [], ...bill } as unknown as BillReading];
  return { decision: 'review', refusal: null, pages: [], bills, timings: { totalMs: 812 } };
}

describe('formatReading', () => {
  it('shows an element with its source and what confirmed it, and a missing one as missing', () => {
    const shown = formatReading({ file: 'a.jpg', ...reading({ fields: { billCode: field('32060126', 0.9996) } }) });
    expect(shown).toContain('a.jpg  review  812 ms');
    expect(shown).toMatch(/票据代码 │ 32060126 +│ ocr +│ 0\.999 +│ qr/);
    expect(shown).toMatch(/票据号码 │ — +│ — +│ — /);
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
