import { ELEMENT_NAMES, type BillReading, type ElementName, type FieldReading, type Reason } from '@app/contracts';
import { doubtsIn, type ShownDoubt } from './doubts';
import { canonicalElement, isValidElement } from '../verification/element-check';
import type { ElementsDraft } from '../verification/elements-draft';

/**
 * How an element stands in the form. `doubtful`: a person must look. `missing`: nothing was read and nothing typed.
 * `invalid`: not the element's form. `edited`: a person's value. `confirmed`: a person agreed with the reading.
 */
export type Mark = 'certain' | 'doubtful' | 'missing' | 'invalid' | 'confirmed' | 'edited';

/** One element of the form with everything a person needs in order to judge it. */
export interface ElementMark {
  readonly name: ElementName;
  readonly mark: Mark;
  readonly readValue: string;
  readonly reasons: readonly Reason[];
  /** Other values the evidence allows, without the one that stands in the form. */
  readonly alternatives: readonly string[];
  readonly reading: FieldReading | undefined;
  /** Characters to compare with the page, as they stand in the form; none once a person agreed with the value. */
  readonly doubts: readonly ShownDoubt[];
}

/** Marks of the five elements, in their order. */
export function markElements(bill: BillReading | null, draft: ElementsDraft): ElementMark[] {
  return ELEMENT_NAMES.map((name) => markElement(bill, draft, name));
}

function markElement(bill: BillReading | null, draft: ElementsDraft, name: ElementName): ElementMark {
  const value = canonicalElement(name, draft.values[name]);
  const readValue = bill?.elements[name] ?? '';
  const reading = bill?.fields[name];
  const reasons = bill?.reasons.filter(({ field }) => field === name) ?? [];
  const others = [...new Set([readValue, ...(reading?.alternatives ?? [])])];
  return {
    name,
    mark: markOf({ bill, draft, name, value, readValue }),
    doubts: draft.confirmed.has(name) ? [] : doubtsIn(draft.values[name], reading),
    readValue,
    reasons,
    alternatives: others.filter((other) => other !== value && other !== readValue),
    reading,
  };
}

function markOf(element: { bill: BillReading | null; draft: ElementsDraft; name: ElementName; value: string; readValue: string }): Mark {
  const { bill, draft, name, value, readValue } = element;
  if (value === '') return 'missing';
  if (!isValidElement(name, value)) return 'invalid';
  if (draft.confirmed.has(name)) return value === readValue ? 'confirmed' : 'edited';
  if (value !== readValue) return 'edited';
  return bill && isDoubtful(bill, name) ? 'doubtful' : 'certain';
}

/** The notes of a certain reading are not doubts; in a reading for review each note on an element is one. */
function isDoubtful(bill: BillReading, name: ElementName): boolean {
  if (bill.decision === 'auto') return false;
  return bill.reasons.some(({ field }) => field === name) || (bill.fields[name]?.contradictedBy.length ?? 0) > 0;
}

/** A person still has to do something about this element. */
export function isOpen({ mark }: ElementMark): boolean {
  return mark === 'doubtful' || mark === 'missing' || mark === 'invalid';
}

/** The next element to look at after `from`, round to the first ones, or null when none is open. */
export function nextOpen(marks: readonly ElementMark[], from: ElementName): ElementName | null {
  const at = marks.findIndex(({ name }) => name === from);
  const inTurn = [...marks.slice(at + 1), ...marks.slice(0, at)];
  return inTurn.find(isOpen)?.name ?? null;
}

/** Positions at which two spellings differ, for showing an alternative: every position when the lengths differ. */
export function differingPositions(shown: string, other: string): Set<number> {
  const positions = Array.from(shown, (_, position) => position);
  if (shown.length !== other.length) return new Set(positions);
  return new Set(positions.filter((position) => shown[position] !== other[position]));
}
