import { bookingRequest, undoRequest } from './booking-request';

const draft = { voucher: ' 记-2026-0412 ', reason: ' 已电话核实 ', isOverridden: true };

describe('bookingRequest', () => {
  it('books a sound bill without override, whatever else was said', () => {
    expect(bookingRequest(draft, false)).toEqual({ voucher: '记-2026-0412', override: false });
  });

  it('overrides with the reason where the bill needs it', () => {
    expect(bookingRequest(draft, true)).toEqual({ voucher: '记-2026-0412', override: true, reason: '已电话核实' });
  });

  it.each([
    ['a voucher', { voucher: ' ' }, false],
    ['a person’s word', { isOverridden: false }, true],
    ['a reason', { reason: '  ' }, true],
    ['a voucher of one line', { voucher: '记\n1' }, false],
    ['a voucher of a bearable length', { voucher: '1'.repeat(101) }, false],
  ])('is not made without %s', (_what, changes, needsOverride) => {
    expect(bookingRequest({ ...draft, ...changes }, needsOverride)).toBeNull();
  });
});

describe('undoRequest', () => {
  it('needs a reason', () => {
    expect(undoRequest(' ')).toBeNull();
    expect(undoRequest(' 凭证作废 ')).toEqual({ reason: '凭证作废' });
  });
});
