import { type BatchColumn, type ElementName, type Elements, yearBefore } from '@app/contracts';
import { Elements as ElementsSchema } from '@app/contracts';
import { normaliseAmount } from './normalise-amount';
import { normaliseDate } from './normalise-date';
import { halfWidth } from './normalise-text';
import type { RowError, RowErrorCode } from './row-error';

/** The cells of one row, as they were given. */
export type GivenRow = Readonly<Record<BatchColumn, string>>;

/** A row after its check: elements that may be asked, or what is wrong with it. */
export interface CheckedRow {
  elements: Elements | null;
  errors: RowError[];
  /** The columns whose text is another than was given. */
  normalised: ElementName[];
}

const MAX_REFERENCE_CHARS = 100;
const SCIENTIFIC = /^-?\d(?:\.\d+)?E[+-]\d+$/i;
const FORMULA_ERROR = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)$/;

type Normalised = { value: string } | { fault: RowErrorCode };

/** Normalises and checks a row. `today` is the day in Shanghai. Nothing is guessed: a digit that is missing is not put back. */
export function checkRow(given: GivenRow, today: string): CheckedRow {
  const found: Record<ElementName, Normalised> = {
    billCode: cell(given.billCode, (text) => digits(text, 8)),
    billNumber: cell(given.billNumber, (text) => digits(text, 10)),
    checkCode: cell(given.checkCode, checkCode),
    issueDate: cell(given.issueDate, (text) => issueDate(text, today)),
    totalAmount: cell(given.totalAmount, totalAmount),
  };
  const errors: RowError[] = [];
  const values: Partial<Record<ElementName, string>> = {};
  for (const [column, each] of Object.entries(found) as [ElementName, Normalised][]) {
    if ('fault' in each) errors.push({ column, code: each.fault });
    else values[column] = each.value;
  }
  if (given.reference.length > MAX_REFERENCE_CHARS) errors.push({ column: 'reference', code: 'referenceTooLong' });
  const names = Object.keys(values) as ElementName[];
  return {
    elements: errors.length > 0 ? null : ElementsSchema.parse(values),
    errors,
    normalised: names.filter((name) => values[name] !== given[name]),
  };
}

function cell(given: string, normalise: (text: string) => Normalised): Normalised {
  const text = halfWidth(given);
  if (text === '') return { fault: 'missing' };
  return FORMULA_ERROR.test(text) ? { fault: 'formulaError' } : normalise(text);
}

function digits(text: string, length: number): Normalised {
  if (SCIENTIFIC.test(text)) return { fault: 'scientific' };
  if (!/^\d+$/.test(text)) return { fault: 'notDigits' };
  if (text.length < length) return { fault: 'tooShort' };
  return text.length > length ? { fault: 'tooLong' } : { value: text };
}

function checkCode(text: string): Normalised {
  if (/^[0-9A-Za-z]{6}$/.test(text)) return { value: text };
  if (SCIENTIFIC.test(text)) return { fault: 'scientific' };
  return { fault: /^\d{1,5}$/.test(text) ? 'tooShort' : 'notAlphanumeric' };
}

function issueDate(text: string, today: string): Normalised {
  const day = normaliseDate(text);
  if (day === null) return { fault: 'notDate' };
  if (day > today) return { fault: 'futureDate' };
  return day < yearBefore(today) ? { fault: 'overWindow' } : { value: day };
}

function totalAmount(text: string): Normalised {
  const normalised = normaliseAmount(text);
  return 'fault' in normalised ? normalised : { value: normalised.amount };
}
