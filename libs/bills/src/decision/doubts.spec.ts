import type { FieldName } from '@app/contracts';
import { bill, doubtful, page, replaced } from '../../../../test/support/printed-page';
import { readBills } from '../read-bills';

type Change = Parameters<typeof doubtful>[2];

/** The doubts of a field after one character of the line that begins with its label was changed. */
function doubts(field: FieldName, label: string, index: number, change: Change, printed: Parameters<typeof bill>[0] = {}) {
  const lines = replaced(bill(printed), label, (found) => [doubtful(found, index, change)]);
  return readBills({ pages: [page(lines)], today: '2026-11-22' }).bills[0]?.fields[field]?.doubts;
}

const rival = (text: string, confidence = 0.3) => ({ confidence: 0.6, alternatives: [{ text, confidence }] });

describe('doubtsOf', () => {
  it('points at the character of the value and says what else it may be', () => {
    expect(doubts('checkCode', '校验码', 4, rival('6'))).toEqual([{ index: 0, alternatives: [{ text: '6', confidence: 0.3 }] }]);
    expect(doubts('billNumber', '票据号码', 8, rival('8'))).toEqual([{ index: 3, alternatives: [{ text: '8', confidence: 0.3 }] }]);
  });

  it('points at a faint character that nothing else is likely for', () => {
    expect(doubts('payer', '交款人：', 5, { confidence: 0.7 })).toEqual([{ index: 1, alternatives: [] }]);
  });

  it('leaves out what cannot stand there, and rivals that are hardly possible', () => {
    expect(doubts('billNumber', '票据号码', 8, { confidence: 1, alternatives: [{ text: 'B', confidence: 0.3 }] })).toEqual([]);
    expect(doubts('checkCode', '校验码', 4, { confidence: 0.99, alternatives: [{ text: '6', confidence: 0.01 }] })).toEqual([]);
  });

  it('finds its place in a value whose print has separators', () => {
    const printed = { figures: '12,486.20', words: '壹万贰仟肆佰捌拾陆元贰角整', rows: [] };
    expect(doubts('totalAmount', '（小写）', 7, rival('1'), printed)).toEqual([
      { index: 2, alternatives: [{ text: '1', confidence: 0.3 }] },
    ]);
    const date = { issueDate: '2026年04月09日' };
    expect(doubts('issueDate', '开票日期', 14, rival('6'), date)).toEqual([{ index: 9, alternatives: [{ text: '6', confidence: 0.3 }] }]);
  });

  it('points at nothing in a value that has other signs than its print', () => {
    expect(doubts('issueDate', '开票日期', 10, rival('6'), { issueDate: '2026年4月9日' })).toEqual([]);
  });

  it('gives what was read as the first alternative of what was put in its place', () => {
    const found = doubts('billNumber', '票据号码', 6, { confidence: 0.7 }, { billNumber: '0O19304458' });
    expect(found).toEqual([{ index: 1, alternatives: [{ text: 'O', confidence: 0.7 }] }]);
  });
});
