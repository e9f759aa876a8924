import { isWithinLimit, settlementLimit } from './settlement-limit';

describe('what one person may settle by hand in a day', () => {
  it('is the tenant’s own limit, and never more than the installation’s', () => {
    expect(settlementLimit(null, 1_000_000n)).toBe(1_000_000n);
    expect(settlementLimit(5_000n, 1_000_000n)).toBe(5_000n);
    expect(settlementLimit(2_000_000n, 1_000_000n)).toBe(1_000_000n);
    expect(settlementLimit(0n, 1_000_000n)).toBe(0n);
  });

  it('takes the call itself in, and is reached but not passed', () => {
    expect(isWithinLimit(5_000n, 5_000n, 10_000n)).toBe(true);
    expect(isWithinLimit(5_001n, 5_000n, 10_000n)).toBe(false);
  });

  it('is nothing at all at zero, not even a call that is free', () => {
    expect(isWithinLimit(0n, 0n, 0n)).toBe(false);
  });
});
