import type { BillReading, FieldReading, Quad, ReadPage } from '@app/contracts';
import { DECISION_COLOURS, SOURCE_COLOURS, WRONG_COLOUR } from './colours';
import { outlinedText, textWidth } from './outlined-text';

const LABEL_SIZE = 13;

/** SVG over a page drawn at `scale`: the outline of each bill, and each field's frame with its name, value and confidence above. */
export function pageOverlay(bills: readonly BillReading[], number: number, { width, height }: ReadPage, scale: number): string {
  const outlines = bills
    .filter(({ page }) => page === number)
    .map(({ outline, decision }) =>
      polygon(
        outline.map(([x = 0, y = 0]) => [x * width * scale, y * height * scale]),
        DECISION_COLOURS[decision],
        'stroke-width="5" stroke-dasharray="16 8"',
      ),
    );
  const fields = bills.flatMap((bill) => Object.entries(bill.fields)).filter(([, field]) => field.page === number);
  return [...outlines, ...fields.map(([name, field]) => fieldMarkup(name, field, scale))].join('');
}

function fieldMarkup(name: string, field: FieldReading, scale: number): string {
  if (!field.quad) return '';
  const corners: Quad = field.quad.map(([x = 0, y = 0]) => [x * scale, y * scale]);
  const colour = SOURCE_COLOURS[field.source];
  const contradicted = field.contradictedBy.length > 0 ? WRONG_COLOUR : colour;
  const left = Math.min(...corners.map(([x = 0]) => x));
  const top = Math.min(...corners.map(([, y = 0]) => y));
  return (
    polygon(corners, contradicted, 'stroke-width="2"') + label(`${name} ${field.value} ${field.confidence.toFixed(3)}`, left, top, colour)
  );
}

function label(text: string, left: number, bottom: number, colour: string): string {
  const box = `<rect x="${left}" y="${bottom - LABEL_SIZE - 3}" width="${textWidth(text, LABEL_SIZE) + 4}" height="${LABEL_SIZE + 3}" fill="#fff" fill-opacity="0.8"/>`;
  return box + outlinedText(text, left + 2, bottom - 4, { size: LABEL_SIZE, colour });
}

function polygon(corners: Quad, colour: string, stroke: string): string {
  const points = corners.map((corner) => corner.map((value) => value.toFixed(1)).join(',')).join(' ');
  return `<polygon points="${points}" fill="none" stroke="${colour}" ${stroke}/>`;
}
