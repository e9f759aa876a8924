import { bill, line, page, replaced, type BillText } from '../../../../test/support/printed-page';
import type { EvidenceLine } from '../evidence';
import { readBills } from '../read-bills';

const itemsOf = (lines: EvidenceLine[]) => readBills({ pages: [page(lines)], today: '2026-11-22' }).bills[0]!.items;
const short = (lines: EvidenceLine[]) => itemsOf(lines).map(({ itemName, quantity, unit, amount }) => [itemName, quantity, unit, amount]);
const withRows = (...rows: BillText['rows']) => bill({ rows });

describe('medical items in two groups of columns', () => {
  it('are read row by row, each group by its own headers', () => {
    expect(short(withRows(['检查费', '1/次', '300.00'], ['化验费', '2/项', '100.00'], ['西药费', '3/盒', '86.20']))).toEqual([
      ['检查费', '1', '次', '300.00'],
      ['化验费', '2', '项', '100.00'],
      ['西药费', '3', '盒', '86.20'],
    ]);
  });

  it('may leave the second group empty', () =>
    expect(short(withRows(['检查费', '1/次', '486.20']))).toEqual([['检查费', '1', '次', '486.20']]));

  it('keep small amounts in the amount column', () =>
    expect(short(withRows(['工本费', '1/次', '1.00']))).toEqual([['工本费', '1', '次', '1.00']]));

  it('may have no amounts, and then no sum is claimed', () => {
    const lines = withRows(['检查费', '1/次', ''], ['化验费', '2/项', '']);
    expect(short(lines)).toEqual([
      ['检查费', '1', '次', ''],
      ['化验费', '2', '项', ''],
    ]);
    expect(readBills({ pages: [page(lines)], today: '2026-11-22' }).bills[0]?.fields.totalAmount?.confirmedBy).toEqual(['amountWords']);
  });

  it('survive a lost slash', () => expect(short(withRows(['检查费', '3次', '486.20']))).toEqual([['检查费', '3', '次', '486.20']]));

  it('join a name that wraps, and ignore strokes of a seal', () => {
    const lines = withRows(['检查费', '1/次', '486.20']);
    expect(short([...lines, line('（含造影）', 60, 380)])).toEqual([['检查费（含造影）', '1', '次', '486.20']]);
    expect(short([...lines, line('医院', 230, 380)])).toEqual([['检查费', '1', '次', '486.20']]);
  });
});

describe('items with codes, units and standards', () => {
  const headers = ['项目编码', '项目名称', '单位', '数量', '标准', '金额（元）', '备注'];
  const columns = [80, 350, 700, 850, 1000, 1250, 1550];
  const table = replaced(bill({ rows: [] }), '项目名称', () => [])
    .filter(({ text }) => !/^(数量|金额（元|备注)/u.test(text))
    .concat(headers.map((header, i) => line(header, columns[i] ?? 0, 280)))
    .concat(['103042701', '专利收费', '件', '0.3', '2,000.00', '600.00'].map((cell, i) => line(cell, (columns[i] ?? 0) + 5, 330)));

  it('are read by their headers', () => {
    expect(itemsOf(table)).toEqual([
      { itemCode: '103042701', itemName: '专利收费', unit: '件', quantity: '0.3', standard: '2000.00', amount: '600.00', itemRemark: '' },
    ]);
  });

  it('are split where two cells were read as one box', () => {
    const merged = table
      .filter(({ text }) => text !== '2,000.00' && text !== '600.00')
      .concat(line('2,000.00            600.00', 1000, 330));
    expect(itemsOf(merged)[0]).toMatchObject({ standard: '2000.00', amount: '600.00' });
  });
});
