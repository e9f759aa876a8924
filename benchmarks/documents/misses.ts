import { isWhole } from './accuracy-table';
import type { BillComparison } from './compare-bill';
import { type DocumentMeasure, isDecidedRight } from './compare-document';

/** Every file that is not wholly right, with what is printed and what was read. */
export function misses(measures: readonly DocumentMeasure[]): string[] {
  return measures.flatMap((measure) => {
    const lines = measure.bills.filter((bill) => !isWhole(bill)).flatMap((bill) => billLines(bill, measure.bills.indexOf(bill) + 1));
    return lines.length === 0 && isDecidedRight(measure) ? [] : [heading(measure), ...lines];
  });
}

function heading({ file, note, expect, why, decision, refusal, reasons }: DocumentMeasure): string {
  const because = [refusal, ...new Set(reasons)].filter((reason) => reason !== null).join(', ');
  const called = expect === 'read' ? '' : `, to ${expect}: ${why}`;
  return `- ${file} (${note}): ${decision}${because === '' ? '' : ` [${because}]`}${called}`;
}

function billLines({ page, state, fields, items, other }: BillComparison, number: number): string[] {
  const at = `  - bill ${number}, page ${page}`;
  if (state === 'missed') return [`${at}: not found`];
  const wrong = fields.filter(({ isRight }) => !isRight);
  return [
    ...(state === 'surplus' ? [`${at}: is not there`] : []),
    ...wrong.map(({ name, expected, read, field }) => `${at}: ${name} “${expected}” read “${read}”${field ? sureness(field) : ''}`),
    ...items.missed.map((item) => `${at}: item “${item}” not read`),
    ...items.surplus.map((item) => `${at}: item “${item}” is not there`),
    ...(items.missed.length + items.surplus.length === 0 && !items.isInOrder ? [`${at}: items out of order`] : []),
    ...other.missed.map((pair) => `${at}: info “${pair}” not read`),
    ...other.surplus.map((pair) => `${at}: info “${pair}” is not there`),
  ];
}

function sureness({ confidence, source }: { confidence: number; source: string }): string {
  return ` (${source} ${confidence.toFixed(3)})`;
}
