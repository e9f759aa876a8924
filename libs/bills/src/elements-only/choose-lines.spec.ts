import type { EvidenceLine } from '../evidence';
import { bill, line } from '../../../../test/support/printed-page';
import { chooseLines } from './choose-lines';

const rows = Array.from({ length: 16 }, (_, i): [string, string, string] => [`检查费${i}`, '1/次', `${i + 10}.00`]);

/** Reads as the engine does: what is named, until nothing is. Gives the lines that were read. */
function readChosen(lines: EvidenceLine[]): EvidenceLine[] {
  const read: EvidenceLine[] = [];
  for (;;) {
    const unread = lines.filter((each) => !read.includes(each)).map(({ quad }) => quad);
    const wave = chooseLines(read, unread);
    if (wave.length === 0) return read;
    read.push(...lines.filter(({ quad }) => wave.includes(quad)));
  }
}

/** A long bill: its rows reach far below the others' places. */
function longBill(): EvidenceLine[] {
  const [head, foot] = [bill({ rows }), 250];
  const isFoot = (each: EvidenceLine) => /^(金额合计|（小写）|其他信息|业务流水号|收款单位|复核人|收款人)/u.test(each.text);
  return head.map((each) => (isFoot(each) ? { ...each, quad: each.quad.map(([x = 0, y = 0]) => [x, y + foot]) } : each));
}

describe('chooseLines', () => {
  it('reads the head, the beginning of each row and the total, and little of the rows', () => {
    const read = readChosen(longBill()).map(({ text }) => text);
    for (const label of ['票据代码', '票据号码', '校验码', '开票日期', '金额合计', '（小写）']) {
      expect(read.some((text) => text.startsWith(label))).toBe(true);
    }
    expect(read.filter((text) => /^\d+\.00$/u.test(text)).length).toBeLessThan(rows.length / 2);
  });

  it('reads a tilted page as it reads a straight one', () => {
    const tilt = (each: EvidenceLine) => ({ ...each, quad: each.quad.map(([x = 0, y = 0]) => [x - 0.05 * y, y + 0.05 * x]) });
    expect(readChosen(longBill().map(tilt)).map(({ text }) => text)).toEqual(readChosen(longBill()).map(({ text }) => text));
  });

  it.each([
    ['below one another', 0, 1000],
    ['side by side', 1800, 0],
    ['side by side, one lower', 1800, 600],
  ])('reads everything where two bills stand %s', (_, left, top) => {
    const lines = [...bill({ rows }), ...bill({ rows, billNumber: '0019304459' }, 50 + left, 20 + top)];
    expect(readChosen(lines)).toHaveLength(lines.length);
  });

  it('ends where nothing is written, and where nothing is known', () => {
    expect(chooseLines([], [])).toEqual([]);
    expect(readChosen([line('hello', 0, 0)])).toHaveLength(1);
  });
});
