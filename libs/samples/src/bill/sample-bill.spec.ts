import { Elements } from '@app/contracts';
import { amountInWords } from './money';
import { sampleBill, type SampleBill } from './sample-bill';
import { SAMPLE_KINDS } from './sample-kind';

const TODAY = '2026-11-22';

function fen(decimal: string): bigint {
  return BigInt(decimal.replace('.', ''));
}

function other(bill: SampleBill, en: string): bigint {
  const found = bill.otherInfo.find((info) => info.en === en);
  if (!found) throw new Error(`${bill.title} has no ${en}`);
  return fen(found.value);
}

describe.each(SAMPLE_KINDS)('a made-up %s bill', (kind) => {
  const bills = Array.from({ length: 40 }, (_, seed) => sampleBill(seed, { kind, today: TODAY }));

  it('has five elements of the right form, issued within the last year', () => {
    for (const { elements } of bills) {
      expect(Elements.parse(elements)).toEqual(elements);
      expect(elements.issueDate < TODAY && elements.issueDate > '2025-11-23').toBe(true);
    }
  });

  it('has a code whose region fits the title and whose year fits the date', () => {
    for (const { elements, region, title } of bills) {
      expect(title.startsWith(region.name)).toBe(true);
      expect(elements.billCode.slice(0, 2)).toBe(region.prefix);
      expect(elements.billCode.slice(6)).toBe(elements.issueDate.slice(2, 4));
    }
  });

  it('has rows that sum to the total, and words that say the same', () => {
    for (const { elements, items, totalAmountInWords } of bills) {
      const sum = items.reduce((total, item) => total + fen(item.amount), 0n);
      expect(fen(elements.totalAmount)).toBe(sum);
      expect(totalAmountInWords).toBe(amountInWords(sum));
    }
  });
});

describe('sampleBill', () => {
  it('splits a medical total into the parts that paid it', () => {
    for (const kind of ['medical-outpatient', 'medical-inpatient'] as const) {
      const bill = sampleBill(11, { kind, today: TODAY });
      const parts = ['fundPayAmount', 'otherPayAmount', 'accountPayAmount', 'ownPayAmount'].map((en) => other(bill, en));
      expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(fen(bill.elements.totalAmount));
    }
  });

  it('multiplies quantity and standard to the amount of a general row', () => {
    for (const item of sampleBill(12, { kind: 'non-tax', today: TODAY }).items) {
      expect(fen(item.standard) * BigInt(item.quantity)).toBe(fen(item.amount));
    }
  });

  it('invents the same bill for the same seed', () => {
    expect(sampleBill(5, { today: TODAY })).toEqual(sampleBill(5, { today: TODAY }));
    expect(sampleBill(5, { today: TODAY })).not.toEqual(sampleBill(6, { today: TODAY }));
  });
});
