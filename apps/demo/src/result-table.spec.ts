import { resultTable } from './result-table';
import { sampleResult } from './sample-result.fixture';

/** Columns a terminal gives a text: two for each Chinese character. */
function columns(line: string): number {
  return Array.from(line).reduce((sum, char) => sum + (/[\u2e80-\u9fff\uff00-\uff60]/.test(char) ? 2 : 1), 0);
}

describe('resultTable', () => {
  it('shows file, kind, decision, elements with their sources, outcome, charge and times', () => {
    const text = resultTable([sampleResult()]);
    for (const part of [
      '1-match.png',
      'medical-outpatient',
      'auto',
      '32060126',
      '0012345678',
      'a1b2c3',
      '2026-04-09',
      '486.20',
      'qr+ocr',
      'MATCH (valid)',
      'netocr, upstream',
      'yes',
      '412',
      '689',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('shows what was not found as a dash, and why nothing was sent', () => {
    const text = resultTable([
      sampleResult({ elements: { checkCode: null }, decision: 'review', end: { notSent: 'receipt-needs-review' } }),
    ]);
    expect(text).toContain('–');
    expect(text).toContain('receipt-needs-review');
    expect(text).not.toContain('MATCH');
  });

  it('lines up, Chinese names included', () => {
    const chinese = sampleResult();
    chinese.sample = { ...chinese.sample, file: '门诊票据.png' };
    const lines = resultTable([sampleResult(), chinese]).split('\n');
    expect(new Set(lines.map(columns)).size).toBe(1);
  });
});
