import { ELEMENT_NAMES } from '@app/contracts';
import { bill } from '../testing/made-up-bill';
import { changeDraft, isSameAs, startDraft, toElements } from './elements-draft';

describe('the draft of the five elements', () => {
  it('begins with what was read, and empty where nothing was', () => {
    const { values, confirmed } = startDraft(bill({ elements: { ...bill().elements, checkCode: null } }));
    expect(values).toEqual({ ...bill().elements, checkCode: '' });
    expect(confirmed.size).toBe(0);
  });

  it('begins with what a person corrected or confirmed before', () => {
    const fields = { checkCode: { from: '5d07ea', to: '5do7ea' }, billCode: { from: '32060126', to: '32060126' } };
    const correction = { bill: 1, version: 1, fields, by: { id: 'k', name: 'k' }, at: '2026-07-13T01:03:00.000Z' };
    const { values, confirmed } = startDraft(bill(), correction);
    expect(values).toEqual({ ...bill().elements, checkCode: '5do7ea' });
    expect([...confirmed].sort()).toEqual(['billCode', 'checkCode']);
  });

  it('begins empty without a reading', () => {
    expect(ELEMENT_NAMES.every((name) => startDraft(null).values[name] === '')).toBe(true);
  });

  it('takes a confirmation back when the value changes', () => {
    const confirmed = changeDraft(startDraft(bill()), { type: 'confirm', name: 'checkCode' });
    expect(confirmed.confirmed).toContain('checkCode');
    expect(changeDraft(confirmed, { type: 'edit', name: 'checkCode', text: '5d07eb' }).confirmed).not.toContain('checkCode');
  });

  it('does not confirm a value of the wrong form', () => {
    const wrong = changeDraft(startDraft(bill()), { type: 'edit', name: 'billCode', text: '3206' });
    expect(changeDraft(wrong, { type: 'confirm', name: 'billCode' }).confirmed.size).toBe(0);
  });

  it('keeps keystrokes as typed and spells the value when the field is left', () => {
    const typed = changeDraft(startDraft(null), { type: 'edit', name: 'totalAmount', text: '1,486.2' });
    expect(typed.values.totalAmount).toBe('1,486.2');
    expect(changeDraft(typed, { type: 'settle', name: 'totalAmount' }).values.totalAmount).toBe('1486.20');
  });

  it('starts anew for another bill', () => {
    const edited = changeDraft(startDraft(bill()), { type: 'edit', name: 'billCode', text: '1' });
    expect(changeDraft(edited, { type: 'start', bill: bill() })).toEqual(startDraft(bill()));
  });
});

describe('toElements', () => {
  it('gives the five elements and nothing else', () => {
    expect(toElements(startDraft(bill()))).toEqual(bill().elements);
  });

  it('spells a value that was typed and not yet left', () => {
    const draft = changeDraft(startDraft(bill()), { type: 'edit', name: 'issueDate', text: '2026年4月9日' });
    expect(toElements(draft)?.issueDate).toBe('2026-04-09');
  });

  it('gives nothing while one is missing', () => {
    expect(toElements(startDraft(bill({ elements: { ...bill().elements, issueDate: null } })))).toBeNull();
  });
});

describe('isSameAs', () => {
  const verified = { ...bill().elements, checkCode: '5do7ea' };

  it('knows whether an outcome still speaks of what stands in the form', () => {
    const draft = changeDraft(startDraft(bill()), { type: 'adopt', elements: toElements(startDraft(bill({ elements: verified })))! });
    expect(isSameAs(draft, toElements(draft)!)).toBe(true);
    expect(isSameAs(changeDraft(draft, { type: 'edit', name: 'checkCode', text: '5d07ea' }), toElements(draft)!)).toBe(false);
  });
});
