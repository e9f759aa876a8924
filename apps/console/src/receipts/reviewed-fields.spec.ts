import type { BillReading, CorrectionView } from '@app/contracts';
import { bill } from '../testing/made-up-bill';
import { changeDraft, startDraft, toElements, type DraftAction } from '../verification/elements-draft';
import { isOpen, markElements } from './element-marks';
import { isStanding, reviewedFields } from './reviewed-fields';

const { elements } = bill();
const doubtful = bill({
  decision: 'review',
  reasons: [{ code: 'look-alike', field: 'checkCode', message: { 'zh-CN': '形近字符', en: 'Look-alikes' } }],
});
const standing = (fields: CorrectionView['fields']): CorrectionView => ({
  bill: 1,
  version: 3,
  fields,
  by: { id: 'k', name: 'counter 3' },
  at: '2026-07-13T01:03:00.000Z',
});
const formOf = (read: BillReading, correction: CorrectionView | null, ...actions: DraftAction[]) => {
  const draft = actions.reduce(changeDraft, startDraft(read, correction));
  const marks = markElements(read, draft);
  return { draft, marks, ready: marks.some(isOpen) ? null : toElements(draft) };
};

describe('reviewedFields', () => {
  it('are none while a person has said nothing', () => {
    expect(reviewedFields(formOf(doubtful, null), doubtful, null)).toEqual({});
    expect(reviewedFields(formOf(bill(), null), bill(), null)).toEqual({});
  });

  it('are none of a certain reading that was verified as it stands', () => {
    const verified: DraftAction = { type: 'adopt', elements: toElements(startDraft(bill()))! };
    expect(reviewedFields(formOf(bill(), null, verified), bill(), null)).toEqual({});
    const changed = formOf(bill(), null, verified, { type: 'edit', name: 'totalAmount', text: '1.00' });
    expect(reviewedFields(changed, bill(), null)).toEqual({ ...elements, totalAmount: '1.00' });
  });

  it('are what was confirmed or changed, spelled canonically, while a doubt is left', () => {
    const form = formOf(doubtful, null, { type: 'edit', name: 'totalAmount', text: '1,486.2' });
    expect(reviewedFields(form, doubtful, null)).toEqual({ totalAmount: '1486.20' });
  });

  it('leave out what does not have its shape', () => {
    const form = formOf(doubtful, null, { type: 'edit', name: 'billCode', text: '3206' }, { type: 'confirm', name: 'checkCode' });
    expect(reviewedFields(form, doubtful, null)).toEqual({ checkCode: '5d07ea' });
  });

  it('are all five once no doubt is left', () => {
    expect(reviewedFields(formOf(doubtful, null, { type: 'confirm', name: 'checkCode' }), doubtful, null)).toEqual(elements);
  });

  it('begin with what stands, and keep of it what the form does not show', () => {
    const kept = standing({ checkCode: { from: '5d07ea', to: '5do7ea' }, payer: { from: '张三', to: '张山' } });
    const fields = reviewedFields(formOf(doubtful, kept), doubtful, kept);
    expect(fields).toEqual({ ...elements, checkCode: '5do7ea', payer: '张山' });
  });
});

describe('isStanding', () => {
  const kept = standing({ checkCode: { from: '5d07ea', to: '5do7ea' } });

  it.each([
    [{ checkCode: '5do7ea' }, kept, true],
    [{ checkCode: '5d07ea' }, kept, false],
    [{ checkCode: '5do7ea', payer: '张三' }, kept, false],
    [{}, kept, false],
    [{}, null, true],
    [{ checkCode: '5do7ea' }, null, false],
  ])('%j', (fields, correction, expected) => expect(isStanding(fields, correction)).toBe(expected));
});
