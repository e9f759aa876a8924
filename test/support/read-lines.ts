import { type EvidenceLine, readBills } from '@app/bills';
import type { BillReading, Reading } from '@app/contracts';
import { bill, page, replaced } from './printed-page';

/** The day on which made-up prints are read. */
export const TODAY = '2026-11-22';
/** The code on the bill of `bill()`. */
export const QR = 'CZ-EI-32,32060126,0019304458,5d07ea,20260409,486.20';

/** What is made of one page with these lines and codes. */
export function readLines(lines: EvidenceLine[], qrTexts: string[] = []): Omit<Reading, 'timings'> {
  return readBills({ pages: [page(lines, qrTexts)], today: TODAY });
}

/** The one bill of the page. */
export function onlyBill(lines: EvidenceLine[], qrTexts: string[] = []): BillReading {
  const [reading, ...others] = readLines(lines, qrTexts).bills;
  expect(others).toEqual([]);
  return reading!;
}

/** Why the one bill of the page goes to a person: codes, with their fields. */
export function reasonsOf(lines: EvidenceLine[], qrTexts: string[] = []): string[] {
  return onlyBill(lines, qrTexts).reasons.map(({ code, field }) => (field === null ? code : `${code} ${field}`));
}

/** The bill of `bill()` with other lines in place of the one that begins so. */
export function swapped(start: string, ...by: EvidenceLine[]): EvidenceLine[] {
  return replaced(bill(), start, () => by);
}
