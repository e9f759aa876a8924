import { ELEMENT_NAMES, type Elements, ProblemError } from '@app/contracts';
import type { ReadingForVerification } from '@app/receipts';
import { elementsToVerify, type GivenWords } from './receipt-elements';

const elements: Elements = {
  billCode: '99060126',
  billNumber: '0000012345',
  checkCode: '1e9030',
  issueDate: '2026-07-12',
  totalAmount: '486.20',
};

/** A receipt of one bill. */
function receipt(decision: 'auto' | 'review', bill: Partial<ReadingForVerification['bills'][number]> = {}): ReadingForVerification {
  return { state: 'read', decision, bills: [{ decision, elements, fields: {}, items: [], reviewed: [], ...bill }] };
}
const outcomeOf = (read: ReadingForVerification | null, given: GivenWords = {}): unknown => {
  try {
    return elementsToVerify(read, given);
  } catch (error) {
    return error instanceof ProblemError ? error.code : error;
  }
};

describe('elementsToVerify', () => {
  it('takes the word of the request before any other', () => {
    const given = { ...elements, totalAmount: '1.00' };
    expect(outcomeOf(receipt('review'), { elements: given })).toMatchObject({ elements: given, source: 'request', bill: 1 });
  });

  it('takes a certain reading as it stands', () => {
    expect(outcomeOf(receipt('auto'))).toMatchObject({ elements, source: 'reading', bill: 1 });
  });

  it('takes what a person corrected, and says that it was a person', () => {
    expect(outcomeOf(receipt('auto', { reviewed: ['totalAmount'] }))).toMatchObject({ elements, source: 'manual' });
    expect(outcomeOf(receipt('review', { reviewed: [...ELEMENT_NAMES] }))).toMatchObject({ elements, source: 'manual' });
  });

  it.each(ELEMENT_NAMES)('sends nothing of a doubtful reading while nobody vouches for %s', (left) => {
    const reviewed = ELEMENT_NAMES.filter((name) => name !== left);
    expect(outcomeOf(receipt('review', { reviewed }))).toBe('receipt-needs-review');
  });

  it('sends nothing that does not have its shape', () => {
    expect(outcomeOf(receipt('auto', { elements: { ...elements, checkCode: null } }))).toBe('receipt-needs-review');
    expect(outcomeOf({ state: 'read', decision: 'auto', bills: [] })).toBe('receipt-needs-review');
  });

  it('asks which bill is meant where there are several', () => {
    const [bill] = receipt('auto', { reviewed: [...ELEMENT_NAMES] }).bills;
    expect(outcomeOf({ state: 'read', decision: 'auto', bills: [bill!, bill!] })).toBe('receipt-needs-review');
  });

  it('takes the bill that is named, and what else stands on it', () => {
    const first = receipt('review').bills[0]!;
    const second = {
      ...receipt('auto').bills[0]!,
      elements: { ...elements, totalAmount: '7.00' },
      fields: { payer: '张三', operator: '李四' },
    };
    const read: ReadingForVerification = { state: 'read', decision: 'review', bills: [first, second] };
    expect(outcomeOf(read, { bill: 2 })).toEqual({
      elements: second.elements,
      source: 'reading',
      bill: 2,
      readFace: { fields: { payer: '张三' }, items: [] },
    });
    expect(outcomeOf(read, { bill: 1 })).toBe('receipt-needs-review');
    expect(outcomeOf(read, { bill: 3 })).toBe('invalid-field');
    expect(outcomeOf(read, { elements })).toMatchObject({ elements, bill: null, readFace: null });
  });

  it.each<[string, ReadingForVerification | null, string]>([
    ['nobody has', null, 'not-found'],
    ['was not read yet', { state: 'queued', decision: null, bills: [] }, 'receipt-not-read'],
    ['could not be read', { state: 'failed', decision: null, bills: [] }, 'receipt-not-read'],
    ['is no fiscal bill', { state: 'read', decision: 'refuse', bills: [] }, 'receipt-refused'],
  ])('verifies no receipt that %s', (_what, read, code) => {
    expect(outcomeOf(read)).toBe(code);
  });
});
