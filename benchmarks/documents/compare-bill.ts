import {
  type BillDecision,
  type BillReading,
  ELEMENT_NAMES,
  type ElementName,
  FieldName,
  type OtherInfo,
  type Source,
} from '@app/contracts';
import { compareRows, type RowsMark } from './compare-rows';
import type { ExpectedBill } from './expected-document';

/** One field of one bill: what is printed and what was read, either of which may be an empty string. */
export interface FieldMark {
  name: FieldName;
  expected: string;
  /** For an element only what the reading gives as such: a malformed proposal is not counted as read. */
  read: string;
  isRight: boolean;
  /** The field with its confidence, where the reading has one at all. */
  field: { isRight: boolean; confidence: number; source: Source } | null;
}

/** How one bill was read; a bill that was not found has no decision, one that is not there nothing expected. */
export interface BillComparison {
  page: number;
  state: 'paired' | 'missed' | 'surplus';
  decision: BillDecision | null;
  /** Those that are printed or were read; what the file does not carry or nobody wrote down is left out. */
  fields: FieldMark[];
  /** Elements that were read, and wrongly: the worst that can happen where the decision is `auto`. */
  wrongElements: ElementName[];
  /** Name and amount in one row. */
  items: RowsMark;
  /** The same with code, unit, quantity and standard. */
  wholeItems: RowsMark;
  other: RowsMark;
}

/** Compares a bill that is printed with one that was read; either may be missing. */
export function compareBill(expected: ExpectedBill | null, bill: BillReading | null, absent: readonly FieldName[] = []): BillComparison {
  const fields = FieldName.options
    .filter((name) => !absent.includes(name) && (expected === null || expected.fields[name] !== undefined))
    .map((name) => compareField(name, expected?.fields[name] ?? '', bill))
    .filter((mark) => mark.expected !== '' || mark.read !== '' || mark.field !== null);
  return {
    page: bill?.page ?? expected?.page ?? 1,
    state: stateOf(expected, bill),
    decision: bill?.decision ?? null,
    fields,
    wrongElements: ELEMENT_NAMES.filter((name) => fields.some((mark) => mark.name === name && mark.read !== '' && !mark.isRight)),
    ...compareLists(expected, bill),
  };
}

function stateOf(expected: ExpectedBill | null, bill: BillReading | null): BillComparison['state'] {
  if (!bill) return 'missed';
  return expected ? 'paired' : 'surplus';
}

function compareField(name: FieldName, expected: string, bill: BillReading | null): FieldMark {
  const field = bill?.fields[name];
  const read = (isElement(name) ? bill?.elements[name] : field?.value) ?? '';
  return {
    name,
    expected,
    read,
    isRight: read === expected,
    field: field ? { isRight: field.value === expected, confidence: field.confidence, source: field.source } : null,
  };
}

/** Whether a field is one of the five. */
export function isElement(name: FieldName): name is ElementName {
  return (ELEMENT_NAMES as readonly FieldName[]).includes(name);
}

function compareLists(expected: ExpectedBill | null, bill: BillReading | null): Pick<BillComparison, 'items' | 'wholeItems' | 'other'> {
  const printed = expected?.items ?? [];
  const items = bill?.items ?? [];
  return {
    items: compareRows(
      printed.map(({ name, amount }) => `${name} ${amount}`),
      items.map(({ itemName, amount }) => `${itemName} ${amount}`),
    ),
    wholeItems: compareRows(
      printed.map(({ code, name, unit, quantity, standard, amount }) => [code, name, unit, quantity, standard, amount].join(' | ')),
      items.map(({ itemCode, itemName, unit, quantity, standard, amount }) =>
        [itemCode, itemName, unit, quantity, standard, amount].join(' | '),
      ),
    ),
    other: compareRows((expected?.other ?? []).map(pairText), withStay(bill?.otherInfo ?? []).map(pairText)),
  };
}

function pairText({ cn, value }: { cn: string; value: string }): string {
  return `${cn}: ${value}`;
}

/** 住院时间 is printed as one value, and given by data as the day of arrival and the day of leaving. */
function withStay(pairs: readonly OtherInfo[]): OtherInfo[] {
  const arrival = pairs.find(({ cn, en }) => en === 'inHospitalDate' && cn !== STAY);
  const leaving = pairs.find(({ en }) => en === 'outHospitalDate');
  if (!arrival || !leaving) return [...pairs];
  const stay = { cn: STAY, en: arrival.en, value: `${arrival.value}-${leaving.value}` };
  return pairs.filter((pair) => pair !== leaving).map((pair) => (pair === arrival ? stay : pair));
}

const STAY = '住院时间';
