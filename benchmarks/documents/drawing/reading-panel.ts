import type { BillReading, Reading } from '@app/contracts';
import { type BillComparison, compareBill } from '../compare-bill';
import type { DocumentMeasure } from '../compare-document';
import type { ExpectedDocument } from '../expected-document';
import { pairBills } from '../pair-bills';
import { DECISION_COLOURS, INK, SOURCE_COLOURS, WRONG_COLOUR } from './colours';
import { outlinedText } from './outlined-text';

const SIZE = 16;
const LINE = 24;
const MARGIN = 16;

export interface PanelLine {
  text: string;
  colour: string;
}

/** Everything a reading says, line by line; what is not so is followed by what is printed. */
export function panelLines(expected: ExpectedDocument, reading: Reading, measure: DocumentMeasure): PanelLine[] {
  const refused = reading.refusal ? `: ${reading.refusal.code}` : '';
  return [
    { text: `${measure.file}  ${measure.note}`, colour: INK },
    {
      text: `${reading.decision}${refused}  (to ${measure.expect})  ${measure.ms.toFixed(0)} ms`,
      colour: DECISION_COLOURS[reading.decision],
    },
    ...pairBills(expected.bills, reading.bills).flatMap((pair) =>
      billLines(compareBill(pair.expected, pair.bill, expected.absent), pair.bill),
    ),
  ];
}

function billLines(comparison: BillComparison, bill: BillReading | null): PanelLine[] {
  const head = { text: '', colour: INK };
  if (!bill) return [head, { text: `page ${comparison.page}: a bill was not found`, colour: WRONG_COLOUR }];
  return [
    head,
    { text: `page ${bill.page}: ${bill.kind}, ${bill.decision}, ${comparison.state}`, colour: DECISION_COLOURS[bill.decision] },
    ...bill.reasons.map(({ code, field }) => ({ text: `  ! ${code} ${field ?? ''}`, colour: DECISION_COLOURS.review })),
    ...fieldLines(comparison, bill),
    ...rowLines(
      'item',
      comparison.items,
      bill.items.map(({ itemName, quantity, unit, amount }) => `${itemName}  ${quantity}${unit}  ${amount}`),
    ),
    ...rowLines(
      'info',
      comparison.other,
      bill.otherInfo.map(({ cn, value }) => `${cn}: ${value}`),
    ),
  ];
}

function fieldLines({ fields }: BillComparison, bill: BillReading): PanelLine[] {
  const read = Object.entries(bill.fields).map(([name, { value, confidence, source, confirmedBy, contradictedBy }]) => ({
    text: `  ${name} ${value} ${confidence.toFixed(3)} ${source}${witnesses('+', confirmedBy)}${witnesses('-', contradictedBy)}`,
    colour: SOURCE_COLOURS[source],
  }));
  const wrong = fields
    .filter(({ isRight }) => !isRight)
    .map(({ name, expected }) => ({ text: `  ${name} is printed as “${expected}”`, colour: WRONG_COLOUR }));
  return [...read, ...wrong];
}

function witnesses(sign: string, names: readonly string[]): string {
  return names.map((name) => ` ${sign}${name}`).join('');
}

function rowLines(what: string, { missed }: BillComparison['items'], read: readonly string[]): PanelLine[] {
  return [
    ...read.map((text) => ({ text: `  ${what} ${text}`, colour: INK })),
    ...missed.map((text) => ({ text: `  ${what} is printed: ${text}`, colour: WRONG_COLOUR })),
  ];
}

/** How high a panel of so many lines is. */
export function panelHeight(lines: readonly PanelLine[]): number {
  return lines.length * LINE + 2 * MARGIN;
}

/** SVG of the lines, from `left` on. */
export function panelMarkup(lines: readonly PanelLine[], left: number): string {
  return lines
    .map(({ text, colour }, index) => outlinedText(text, left + MARGIN, MARGIN + (index + 0.8) * LINE, { size: SIZE, colour }))
    .join('');
}
