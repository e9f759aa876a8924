import { compareBooks, type OurLine, type TheirLine } from './accounts';

const BILL = { provider: 'netocr', billCode: '33060126', billNumber: '0041207735' } as const;
const our = (line: Partial<OurLine>): OurLine => ({
  ...BILL,
  attemptId: 'a',
  state: 'answered',
  charge: 'charged',
  createdAt: '',
  ...line,
});
const their = (line: Partial<TheirLine> = {}): TheirLine => ({ ...BILL, charged: true, at: '', ...line });

describe('compareBooks', () => {
  it('finds equal books equal', () => {
    const ours = [
      our({}),
      our({ state: 'notSent', charge: 'notCharged' }),
      our({ billNumber: '1', state: 'unknown', charge: 'notCharged' }),
    ];
    expect(compareBooks(ours, [their()])).toEqual({
      ...{ attempts: 3, calls: 1, charged: 1, unfinished: 0, unknown: 0 },
      ...{ chargesThatDiffer: [], callsThatDiffer: [] },
    });
  });

  it.each([
    ['a call that is in no book of ours', [], [their()]],
    ['a second call for one attempt', [our({})], [their(), their({ charged: false })]],
    ['a call for an attempt that was not sent', [our({ state: 'notSent', charge: 'notCharged' })], [their({ charged: false })]],
    ['an answer that nobody gave', [our({ charge: 'notCharged' })], []],
  ])('notices %s', (_, ours, theirs) => expect(compareBooks(ours, theirs).callsThatDiffer).toHaveLength(1));

  it.each([
    ['a charge we lost', [our({ charge: 'notCharged' })], [their()]],
    ['a charge we invented', [our({})], [their({ charged: false })]],
    ['a charge at the other provider', [our({})], [their({ provider: 'jumdata' })]],
  ])('notices %s', (_, ours, theirs) => expect(compareBooks(ours, theirs).chargesThatDiffer.length).toBeGreaterThan(0));

  it('takes a call that was turned away at the door for that of an answered attempt', () => {
    const atDoor = their({ billCode: '', billNumber: '', charged: false });
    const ours = [our({ charge: 'notCharged' })];
    expect(compareBooks(ours, [atDoor]).callsThatDiffer).toEqual([]);
    expect(compareBooks(ours, [atDoor, atDoor]).callsThatDiffer).toHaveLength(1);
    expect(compareBooks(ours, [{ ...atDoor, charged: true }]).chargesThatDiffer).toHaveLength(1);
  });

  it('counts what is not finished or not known', () => {
    const books = compareBooks(
      [our({ state: 'intended', charge: null }), our({ state: 'unknown', charge: 'unknown' })],
      [their(), their()],
    );
    expect(books).toMatchObject({ unfinished: 1, unknown: 1 });
  });
});
