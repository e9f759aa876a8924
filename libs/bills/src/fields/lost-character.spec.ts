import { bill, line, page, replaced } from '../../../../test/support/printed-page';
import type { EvidenceLine } from '../evidence';
import { readBills } from '../read-bills';

/** The payee as read, with everything from a character on moved to the right by so many of its widths. */
function payeeWith(name: string, moved: { from: number; by: number }) {
  const print = line(`收款单位（章）：${name}`, 50, 700);
  const chars = print.chars.map((char, i) => (i < 8 + moved.from ? char : { ...char, x: char.x + moved.by * 30 }));
  const lines: EvidenceLine[] = replaced(bill(), '收款单位', () => [{ ...print, chars }]);
  return readBills({ pages: [page(lines)], today: '2026-11-22' }).bills[0]?.fields.payee;
}

describe('a name with a hole', () => {
  it('is doubted, however sure its characters are', () => {
    expect(payeeWith('虹桥镇卫院', { from: 4, by: 1 })).toMatchObject({ value: '虹桥镇卫院', confidence: 0.5 });
  });

  it.each([
    ['whose steps differ as they do', '虹桥镇卫生院', { from: 4, by: 0.3 }],
    ['too short to tell', '虹院', { from: 1, by: 1 }],
  ])('is not one %s', (_, name, moved) => {
    expect(payeeWith(name, moved)).toMatchObject({ value: name, confidence: 1 });
  });

  it('has lost the one numeral that can be lost whole', () => {
    expect(payeeWith('虹桥镇第医院', { from: 4, by: 1 })).toMatchObject({ value: '虹桥镇第一医院', confidence: 0.9 });
  });
});
