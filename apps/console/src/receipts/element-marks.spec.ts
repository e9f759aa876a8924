import type { BillReading, ElementName, Reason } from '@app/contracts';
import { bill, field } from '../testing/made-up-bill';
import { changeDraft, startDraft, type DraftAction } from '../verification/elements-draft';
import { differingPositions, isOpen, markElements, nextOpen, type ElementMark } from './element-marks';

const lookAlike: Reason = {
  code: 'look-alike',
  field: 'checkCode',
  message: { 'zh-CN': '校验码含形近字符', en: 'The check code holds look-alikes' },
};
const doubtful = bill({
  decision: 'review',
  reasons: [lookAlike],
  elements: { ...bill().elements, issueDate: null },
  fields: { checkCode: field('5d07ea', { alternatives: ['5do7ea', '5d07ea'] }) },
});
const marksOf = (read: BillReading, ...actions: DraftAction[]): ElementMark[] =>
  markElements(read, actions.reduce(changeDraft, startDraft(read)));
const markOf = (marks: ElementMark[], name: ElementName): ElementMark => marks.find((mark) => mark.name === name)!;

describe('markElements', () => {
  it('trusts every element of a certain reading, whatever its notes', () => {
    const marks = marksOf(bill({ reasons: [lookAlike] }));
    expect(marks.map(({ mark }) => mark)).toEqual(['certain', 'certain', 'certain', 'certain', 'certain']);
    expect(markOf(marks, 'checkCode').reasons).toEqual([lookAlike]);
  });

  it('marks what a reason names, with the other values it could be', () => {
    const checkCode = markOf(marksOf(doubtful), 'checkCode');
    expect(checkCode).toMatchObject({ mark: 'doubtful', reasons: [lookAlike], alternatives: ['5do7ea'] });
  });

  it('shows which characters are in doubt, until a person agrees with the value', () => {
    const doubts = [{ index: 2, alternatives: [{ text: 'o', confidence: 0.3 }] }];
    const read = bill({ decision: 'review', reasons: [lookAlike], fields: { checkCode: field('5d07ea', { doubts }) } });
    expect(markOf(marksOf(read), 'checkCode').doubts).toEqual([{ ...doubts[0], character: '0' }]);
    expect(markOf(marksOf(read, { type: 'confirm', name: 'checkCode' }), 'checkCode').doubts).toEqual([]);
  });

  it('marks what another source contradicts', () => {
    const read = bill({ decision: 'review', fields: { billCode: field('32060126', { contradictedBy: ['qr'] }) } });
    expect(markOf(marksOf(read), 'billCode').mark).toBe('doubtful');
  });

  it('marks what was not read', () => {
    expect(markOf(marksOf(doubtful), 'issueDate').mark).toBe('missing');
  });

  it.each<[string, DraftAction[], string]>([
    ['confirmed as read', [{ type: 'confirm', name: 'checkCode' }], 'confirmed'],
    ['changed', [{ type: 'edit', name: 'checkCode', text: '5do7ea' }], 'edited'],
    ['changed to a wrong form', [{ type: 'edit', name: 'checkCode', text: '5do' }], 'invalid'],
    ['typed again in another spelling', [{ type: 'edit', name: 'checkCode', text: ' 5d07ea' }], 'doubtful'],
    ['emptied', [{ type: 'edit', name: 'checkCode', text: '' }], 'missing'],
    [
      'changed and changed back',
      [
        { type: 'edit', name: 'checkCode', text: '5do7ea' },
        { type: 'edit', name: 'checkCode', text: '5d07ea' },
      ],
      'doubtful',
    ],
  ])('knows an element that was %s', (_case, actions, expected) => {
    expect(markOf(marksOf(doubtful, ...actions), 'checkCode').mark).toBe(expected);
  });
});

describe('nextOpen', () => {
  it('goes to the next open element and round to the first', () => {
    const marks = marksOf(doubtful);
    expect(marks.filter(isOpen).map(({ name }) => name)).toEqual(['checkCode', 'issueDate']);
    expect(nextOpen(marks, 'billCode')).toBe('checkCode');
    expect(nextOpen(marks, 'checkCode')).toBe('issueDate');
    expect(nextOpen(marks, 'totalAmount')).toBe('checkCode');
  });

  it('ends when only the present one is open, or none', () => {
    const rest = marksOf(doubtful, { type: 'edit', name: 'issueDate', text: '2026-04-09' });
    expect(nextOpen(rest, 'checkCode')).toBeNull();
    expect(nextOpen(marksOf(bill()), 'billCode')).toBeNull();
  });
});

describe('differingPositions', () => {
  it('finds the characters in question', () => {
    expect(differingPositions('5do7ea', '5d07ea')).toEqual(new Set([2]));
  });

  it('finds every character when one was lost', () => {
    expect(differingPositions('123', '1234')).toEqual(new Set([0, 1, 2]));
  });
});
