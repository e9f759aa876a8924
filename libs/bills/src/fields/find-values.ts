import type { FieldName } from '@app/contracts';
import type { FoundLabel } from '../labels/find-labels';
import type { LabelRole } from '../labels/label-lexicon';
import { offsetAlong } from '../layout/placed-line';
import type { Layout, Row } from '../layout/rows';
import { foldedOf, trimSpan, type Span } from '../layout/span';
import { candidate, type Candidate } from './candidate';
import { SHAPES } from './shapes';

/** A blank wider than this many text heights inside a value ends it. */
const WIDEST_BLANK_IN_VALUE = 4;

/** A value under its label begins within this many label heights. */
const BELOW = 3;

/** Fields whose shape is strict enough to take a value from under the label, where the neighbour may be anything. */
const STRICT: ReadonlySet<LabelRole> = new Set(['billCode', 'billNumber', 'checkCode', 'issueDate', 'totalAmount']);

/** A page's rows with the labels found in each. */
export interface LabelledRow {
  row: Row;
  labels: FoundLabel[];
}

/** Every value that stands right of, or under, a label of a field. */
export function findValues(rows: LabelledRow[], layout: Layout): Candidate[] {
  return rows.flatMap(({ labels }) =>
    labels.flatMap((label) => {
      const field = fieldOf(label.label.role);
      return field === null ? [] : valueOf(field, label, rows, layout);
    }),
  );
}

function fieldOf(role: LabelRole): Exclude<FieldName, 'title'> | null {
  return role in SHAPES ? (role as Exclude<FieldName, 'title'>) : null;
}

function valueOf(field: Exclude<FieldName, 'title'>, label: FoundLabel, rows: LabelledRow[], layout: Layout): Candidate[] {
  const beside = spanAfter(label, rows);
  const shaped = SHAPES[field](beside);
  if (shaped) return [candidate(field, shaped, true)];
  const under = STRICT.has(label.label.role) ? spansUnder(label, rows, layout) : [];
  for (const span of under) {
    const below = SHAPES[field](span);
    if (below) return [candidate(field, below, true)];
  }
  const left = trimSpan(beside, /^[:;.,\-_(]$/u);
  return left.end > left.start && isWorthShowing(field)
    ? [candidate(field, { value: foldedOf(left), span: left, repaired: false }, false)]
    : [];
}

/** Misshapen numbers of other things are noise, but a misshapen element must be seen by a person. */
function isWorthShowing(field: FieldName): boolean {
  return field !== 'payerCreditCode' && field !== 'payeeCode' && field !== 'payCode';
}

/** The print after a label, up to the next label, a wide blank after the value has begun, or the row's end. */
export function spanAfter(label: FoundLabel, rows: LabelledRow[]): Span {
  const { row, end } = label;
  const labels = rows.find((entry) => entry.row === row)?.labels ?? [];
  const next = labels.find((other) => other.start >= end);
  const limit = unknownLabel({ row, start: end, end: next?.start ?? row.glyphs.length });
  let stop = end;
  while (stop < limit && (stop === end || (row.glyphs[stop]?.gap ?? 0) < WIDEST_BLANK_IN_VALUE)) stop += 1;
  return { row, start: end, end: stop };
}

/** Where a later box of the span opens with a label of its own that nobody knows, which ends a value as a known one would; else the span's end. */
function unknownLabel({ row, start, end }: Span): number {
  for (let at = start + 1; at < end; at += 1) {
    if (row.glyphs[at]?.startsBox && /^\p{Script=Han}{2,12}:/u.test(row.text.slice(at, end))) return at;
  }
  return end;
}

function spansUnder(label: FoundLabel, rows: LabelledRow[], layout: Layout): Span[] {
  const placed = label.row.glyphs[label.start]?.placed;
  if (!placed) return [];
  return rows
    .flatMap(({ row, labels }) => boxSpans(row).filter((span) => !labels.some((other) => other.start < span.end && other.end > span.start)))
    .flatMap((span) => {
      const box = span.row.glyphs[span.start]?.placed;
      if (!box || box === placed) return [];
      const { along, across } = offsetAlong(placed.left, box.left, layout.skew(placed.centre.x, placed.centre.y));
      const overlaps = along < placed.width && along + box.width > 0;
      return overlaps && across > 0.5 * placed.height && across < BELOW * placed.height ? [{ span, across }] : [];
    })
    .sort((a, b) => a.across - b.across)
    .map(({ span }) => span);
}

/** Each box of a row as a span of its own. */
export function boxSpans(row: Row): Span[] {
  const starts = row.glyphs.flatMap((glyph, i) => (glyph.startsBox ? [i] : []));
  return starts.map((start, i) => ({ row, start, end: starts[i + 1] ?? row.glyphs.length }));
}
