import type { Quad } from '@app/contracts';
import type { EvidenceSeal } from '../evidence';
import type { BillPrint } from '../read-page';
import { findApproximately } from '../text/edit-distance';

/**
 * Share of a payee's letters that its seal may say otherwise. Of rings on drawn bills one letter in five was misread, while two units of a city
 * differ in a third of their names and more.
 */
const MISREAD = 0.25;

/** Shorter names are not told from others by most of their letters. */
const MIN_LETTERS = 4;

/** The seals of a bill: those of its page, or on a page of several bills those that lie within its outline (shares of the page). */
export function sealsOf({ page, billsOnPage }: BillPrint, outline: Quad): EvidenceSeal[] {
  if (billsOnPage === 1) return page.seals;
  const xs = outline.map((corner) => (corner[0] ?? 0) * page.width);
  const ys = outline.map((corner) => (corner[1] ?? 0) * page.height);
  return page.seals.filter(({ quad }) => {
    const [x, y] = centreOf(quad);
    return x >= Math.min(...xs) && x <= Math.max(...xs) && y >= Math.min(...ys) && y <= Math.max(...ys);
  });
}

function centreOf(quad: Quad): [x: number, y: number] {
  const mean = (axis: 0 | 1) => quad.reduce((sum, corner) => sum + (corner[axis] ?? 0), 0) / quad.length;
  return [mean(0), mean(1)];
}

/** Whether a seal names the payee. A ring that says something else is no contradiction: letters on an arc are too often misread. */
export function isSealedBy(payee: string, seals: readonly EvidenceSeal[]): boolean {
  const name = lettersOf(payee);
  if (name.length < MIN_LETTERS) return false;
  return seals.some(({ text }) => findApproximately(name, lettersOf(text)).distance <= MISREAD * name.length);
}

function lettersOf(text: string): string {
  return Array.from(text.normalize('NFKC'))
    .filter((sign) => /[\p{L}\p{N}]/u.test(sign))
    .join('');
}
