import type { ElementName, Reason } from '@app/contracts';
import type { BillFace } from '../bill-face';
import type { Testimony } from '../checks/witnesses';
import type { Candidate } from '../fields/candidate';
import { reason } from './reasons';

/**
 * Lowest confidence a character of a lone element may have. Wide on purpose: one wrong element that passes costs a charged mismatch,
 * one that is shown to a person costs seconds.
 */
export const SURE = 0.98;

/** Lowest confidence when an independent witness says the same: chance agreement of a misread value is all but excluded. */
export const SURE_WITH_WITNESS = 0.6;

/** An alternative reading of a character with at least this confidence is a rival. */
export const RIVAL = 0.02;

/** Letters that many fonts draw exactly like a digit: no confidence of a recogniser tells them apart. */
const DRAWN_LIKE_DIGIT = /[oOQDlI]/u;

/** Witnesses that speak for the whole element and not for a part of it. */
const WHOLE: ReadonlySet<Testimony['witness']> = new Set(['signature', 'text', 'ocr', 'qr', 'amountWords', 'rowSum']);

/** Why one printed element is not certain; empty when it is. */
export function judgeElement(
  element: ElementName,
  values: Candidate[],
  { source, testimony }: { source: BillFace['source']; testimony: Testimony[] },
): Reason[] {
  const [value] = values;
  if (!value) return [reason('element-missing', element)];
  if (!value.wellFormed) return [reason('element-shape', element)];
  if (values.some((other) => other.value !== value.value)) return [reason('element-ambiguous', element)];
  const own = testimony.filter((entry) => entry.element === element);
  const confirmed = own.some((entry) => entry.agrees && WHOLE.has(entry.witness));
  const reasons: Reason[] = [];
  if (value.repaired && !confirmed) reasons.push(reason('element-repaired', element));
  if (value.confidence < (confirmed ? SURE_WITH_WITNESS : SURE)) reasons.push(reason('element-low-confidence', element));
  if (source === 'ocr' && !confirmed && hasRival(element, value)) reasons.push(reason('element-look-alike', element));
  if (needsWitness(element) && !own.some((entry) => entry.agrees)) reasons.push(reason('element-unconfirmed', element));
  return reasons;
}

/** Every bill prints its amount twice and its region, class and year in the code, so their silence is suspicious. */
function needsWitness(element: ElementName): boolean {
  return element === 'totalAmount' || element === 'billCode';
}

function hasRival(element: ElementName, value: Candidate): boolean {
  if (element === 'checkCode' && DRAWN_LIKE_DIGIT.test(value.value)) return true;
  return value.glyphs.some((glyph) =>
    glyph.alternatives.some((other) => other.confidence >= RIVAL && rivals(element, glyph.folded, other.text)),
  );
}

/** In the check code any letter or digit can be the right one; the other elements are figures. */
function rivals(element: ElementName, read: string, other: string): boolean {
  return read !== other && (element === 'checkCode' ? /^[0-9A-Za-z]$/u : /^\d$/u).test(other);
}
