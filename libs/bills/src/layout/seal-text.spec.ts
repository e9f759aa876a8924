import { bill, line, page, replaced } from '../../../../test/support/printed-page';
import type { EvidenceLine } from '../evidence';
import { readBills } from '../read-bills';

/** A seal of 200 pixels with this ring. */
const seal = (text: string, x: number, y: number) => ({
  text,
  quad: [
    [x, y],
    [x + 200, y],
    [x + 200, y + 200],
    [x, y + 200],
  ],
});

function read(lines: EvidenceLine[], seals: ReturnType<typeof seal>[]) {
  const [reading] = readBills({ pages: [{ ...page(lines), seals }], today: '2026-11-22' }).bills;
  return reading!;
}

const names = (stray: EvidenceLine, seals: ReturnType<typeof seal>[]) =>
  read([...bill(), stray], seals).items.map(({ itemName }) => itemName);

describe('the text of a seal', () => {
  // The second item's name begins at 910 and ends at 1000.
  it('is no part of the print it stands on: letters of its ring', () => {
    const letters = line('镇卫生', 1030, 330);
    expect(names(letters, [])).toEqual(['检查费', '化验费镇卫生']);
    expect(names(letters, [seal('虹桥镇卫生院', 1000, 300)])).toEqual(['检查费', '化验费']);
  });

  it.each([
    ['您', 0.4],
    ['A7', 0.7],
    ['★', 1],
  ])('is no part of the print it stands on: strokes that look like %s', (strokes, confidence) => {
    const stray = line(strokes, 1030, 330, { confidence });
    expect(names(stray, [])).toEqual(['检查费', `化验费${strokes}`]);
    expect(names(stray, [seal('', 1000, 300)])).toEqual(['检查费', '化验费']);
  });

  it('is not what is printed surely under it, nor figures, nor what lies beside it', () => {
    expect(names(line('您', 1030, 330), [seal('虹桥镇卫生院', 1000, 300)])).toEqual(['检查费', '化验费您']);
    expect(names(line('镇卫生', 1030, 330), [seal('虹桥镇卫生院', 1100, 300)])).toEqual(['检查费', '化验费镇卫生']);
    // Figures are never taken for strokes, however unsure.
    const few = bill({
      rows: [
        ['检查费', '1/次', '1.00'],
        ['化验费', '2/项', '6'],
      ],
    });
    expect(read(few, [seal('6', 1450, 250)]).items[1]?.amount).toBe('6');
  });

  it('is not the end of a word that the seal cuts through', () => {
    const cut = (gap: number) =>
      replaced(bill(), '收款单位', () => [line('收款单位（章）：虹桥镇卫生', 50, 700), line('院', 50 + 13 * 30 + gap, 700)]);
    expect(read(cut(5), [seal('虹桥镇卫生院', 350, 620)]).fields.payee?.value).toBe('虹桥镇卫生院');
    expect(read(cut(40), [seal('虹桥镇卫生院', 380, 620)]).fields.payee?.value).toBe('虹桥镇卫生');
  });

  it('does not run into the payee even where no seal was found', () => {
    const stray = replaced(bill(), '收款单位', (found) => [found, line('金', 500, 700)]);
    expect(read(stray, []).fields.payee?.value).toBe('虹桥镇卫生院');
  });
});
