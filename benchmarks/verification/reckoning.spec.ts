import type { ChargePage } from '@app/contracts';
import { isEven, reckon } from './reckoning';

const charge = (state: 'charged' | 'notCharged' | 'unknown') => ({ charge: state }) as ChargePage['items'][number];

describe('the reckoning', () => {
  const ledger = [
    { billNumber: '1', charged: true },
    { billNumber: '2', charged: true },
  ];

  it('is even when the provider charged what we charged', () => {
    const reckoning = reckon(ledger, [charge('charged'), charge('charged')], 0);
    expect(reckoning).toMatchObject({ providerCalls: 2, providerCharged: 2, ourCharges: 2, askedTwice: 0, ourUnknown: 0 });
    expect(isEven(reckoning)).toBe(true);
  });

  it.each([
    ['a charge is missing', reckon(ledger, [charge('charged')], 0)],
    ['a charge is unknown', reckon(ledger, [charge('charged'), charge('charged'), charge('unknown')], 0)],
    ['a bill was asked for twice', reckon([...ledger, { billNumber: '2', charged: false }], [charge('charged'), charge('charged')], 0)],
    ['an error was logged', reckon(ledger, [charge('charged'), charge('charged')], 1)],
  ])('is not when %s', (_what, reckoning) => {
    expect(isEven(reckoning)).toBe(false);
  });
});
