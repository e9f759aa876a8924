import type { ElementName, Reason } from '@app/contracts';
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
const RIVAL = 0.02;

/** Letters that stand for digits in a badly printed or badly read check code, each with what it is mistaken for. */
const LOOK_ALIKES: readonly string[] = ['0oOQD', '1lIi', 'b6G', '5sS', '8B', 'q9g', '2zZ'];

/** Letters that look like a digit: alone, they are as likely a misread digit. `b` is common in check codes and unlike 6 in print. */
const DIGIT_LIKE = /[oOQDlIiGsSBqgzZ]/u;

/** Witnesses that speak for the whole element and not for a part of it. */
const WHOLE: ReadonlySet<Testimony['witness']> = new Set(['qr', 'amountWords', 'rowSum']);

/** Why one printed element is not certain; empty when it is. */
export function judgeElement(element: ElementName, values: Candidate[], testimony: Testimony[]): Reason[] {
  const [value] = values;
  if (!value) return [reason('element-missing', element)];
  if (!value.wellFormed) return [reason('element-shape', element)];
  if (values.some((other) => other.value !== value.value)) return [reason('element-ambiguous', element)];
  const own = testimony.filter((entry) => entry.element === element);
  const confirmed = own.some((entry) => entry.agrees && WHOLE.has(entry.witness));
  const reasons: Reason[] = [];
  if (value.repaired && !confirmed) reasons.push(reason('element-repaired', element));
  if (value.confidence < (confirmed ? SURE_WITH_WITNESS : SURE)) reasons.push(reason('element-low-confidence', element));
  if (!confirmed && hasRival(element, value)) reasons.push(reason('element-look-alike', element));
  if (needsWitness(element) && !own.some((entry) => entry.agrees)) reasons.push(reason('element-unconfirmed', element));
  return reasons;
}

/** Every bill prints its amount twice and its region, class and year in the code, so their silence is suspicious. */
function needsWitness(element: ElementName): boolean {
  return element === 'totalAmount' || element === 'billCode';
}

function hasRival(element: ElementName, value: Candidate): boolean {
  if (element === 'checkCode' && DIGIT_LIKE.test(value.value)) return true;
  return value.glyphs.some((glyph) =>
    glyph.alternatives.some((other) => other.confidence >= RIVAL && rivals(element, glyph.folded, other.text)),
  );
}

/** In the check code a look-alike letter is a rival; in the other elements another digit is. */
function rivals(element: ElementName, read: string, other: string): boolean {
  if (read === other) return false;
  if (element !== 'checkCode') return /^\d$/u.test(other) && /^\d$/u.test(read);
  return /^[0-9A-Za-z]$/u.test(other) || LOOK_ALIKES.some((group) => group.includes(read) && group.includes(other));
}
