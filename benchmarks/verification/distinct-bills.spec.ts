import { Elements } from '@app/contracts';
import { distinctBill, knownBills } from './distinct-bills';

describe('made-up bills', () => {
  it('are possible ones, and no two the same', () => {
    const bills = Array.from({ length: 3_000 }, (_, number) => distinctBill(number, '2026-05-20'));
    for (const bill of bills) expect(Elements.safeParse(bill).success).toBe(true);
    expect(new Set(bills.map(({ billNumber }) => billNumber)).size).toBe(bills.length);
    expect(distinctBill(7, '2026-05-20')).toEqual(bills[7]);
  });

  it('are known to the provider one in five', () => {
    expect(knownBills(100, '2026-05-20').map(({ elements }) => elements)).toEqual(
      Array.from({ length: 20 }, (_, index) => distinctBill(index * 5, '2026-05-20')),
    );
  });
});
