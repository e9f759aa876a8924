import { ledgerBill } from '../testing/made-up-ledger-bill';
import { withChanged, withMore, type BillRows } from './bill-rows';

const [first, second, third] = ['1', '2', '3'].map((end) => ledgerBill({ id: `0199a6b0-0000-7000-8000-00000000000${end}` }));
const rows: BillRows = { query: 'q=a', items: [first!, second!], next: 'c' };

describe('withMore', () => {
  it('adds the page and drops what moved onto it', () => {
    expect(withMore(rows, rows, { items: [second!, third!], next: null })).toEqual({ ...rows, items: [first, second, third], next: null });
  });

  it.each([
    ['another search', { ...rows, query: 'q=b' }],
    ['a reload', { ...rows, next: 'd' }],
    ['nothing', null],
  ])('leaves %s alone', (_what, shown) => {
    expect(withMore(shown, rows, { items: [third!], next: null })).toBe(shown);
  });
});

describe('withChanged', () => {
  it('changes the one row', () => {
    const changed = { ...second!, state: 'match' as const };
    expect(withChanged(rows, changed)?.items).toEqual([first, changed]);
  });
});
