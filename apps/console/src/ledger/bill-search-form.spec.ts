import { BillFilter, BillKind, BillState } from '@app/contracts';
import { type BillSearchForm, EMPTY_SEARCH, billFilter, isNarrowed, searchFaults, settledSearch, sortOf } from './bill-search-form';

const search = (changes: Partial<BillSearchForm>): BillSearchForm => settledSearch({ ...EMPTY_SEARCH, ...changes });

describe('billFilter', () => {
  it('asks for everything when nothing is given', () => {
    expect(billFilter(EMPTY_SEARCH)).toEqual({});
    expect(isNarrowed(EMPTY_SEARCH)).toBe(false);
  });

  it('leaves out blanks and choices that stay open', () => {
    expect(billFilter(search({ q: '  市一医院 ', billCode: ' ', booked: 'false' }))).toEqual({ q: '市一医院', booked: false });
  });

  it('spells what was typed or pasted as the API wants it', () => {
    const typed = search({
      billNumber: '００１９ ３０４４５８',
      issuedFrom: '2026年4月9日',
      issuedTo: '20260430',
      amountFrom: '￥1,234.5',
    });
    expect(billFilter(typed)).toEqual({
      billNumber: '0019304458',
      issuedFrom: '2026-04-09',
      issuedTo: '2026-04-30',
      amountFrom: '1234.50',
    });
    expect(searchFaults(typed)).toEqual({});
  });

  it('gives every state and kind at once in a form that the API takes', () => {
    const all = search({ state: BillState.options, kind: BillKind.options, duplicate: 'true' });
    expect(BillFilter.parse(billFilter(all))).toEqual({ state: BillState.options, kind: BillKind.options, duplicate: true });
  });
});

describe('searchFaults', () => {
  it.each<[Partial<BillSearchForm>, ReturnType<typeof searchFaults>]>([
    [{ q: '%%%' }, { q: 'words' }],
    [{ q: '票'.repeat(101) }, { q: 'words' }],
    [{ billCode: '3206O126' }, { billCode: 'digits' }],
    [{ issuedFrom: '2026-02-30' }, { issuedFrom: 'date' }],
    [{ amountTo: 'a lot' }, { amountTo: 'amount' }],
    [
      { billNumber: 'x', amountFrom: '-1' },
      { billNumber: 'digits', amountFrom: 'amount' },
    ],
    [{ issuedFrom: '2026-04-10', issuedTo: '2026-04-09' }, { issuedTo: 'range' }],
    [{ amountFrom: '100', amountTo: '99.99' }, { amountTo: 'range' }],
  ])('of %p are %p', (changes, faults) => {
    expect(searchFaults(search(changes))).toEqual(faults);
  });

  it('lets a range be one day and one amount, and compares amounts as amounts', () => {
    const one = { issuedFrom: '2026-04-09', issuedTo: '2026-04-09', amountFrom: '9.00', amountTo: '10.00' };
    expect(searchFaults(search(one))).toEqual({});
  });
});

describe('sortOf', () => {
  it.each<[Partial<BillSearchForm>, string]>([
    [{}, 'newest'],
    [{ q: '医院' }, 'newest'],
    [{ issuedTo: '2026-04-09', amountFrom: '1' }, 'issueDate'],
    [{ amountTo: '1' }, 'amount'],
  ])('of %p is %s unless a person chose', (changes, sort) => {
    expect(sortOf(search(changes), null)).toBe(sort);
    expect(sortOf(search(changes), 'newest')).toBe('newest');
  });
});
