import type { FieldName } from '@app/contracts';
import { candidate, type Candidate } from '../fields/candidate';
import { spanAfter, type LabelledRow } from '../fields/find-values';
import { SHAPES } from '../fields/shapes';
import type { FoundLabel } from '../labels/find-labels';
import type { PlacedLine } from '../layout/placed-line';
import type { Layout } from '../layout/rows';
import type { Span } from '../layout/span';
import { DETAIL_WORDS, type Party, type PartyDetail } from './party';
import { partyBlocks } from './party-blocks';
import { findHeadings, type PartyHeading } from './party-headings';

const FIELDS: Record<Party, Record<PartyDetail, Exclude<FieldName, 'title'>>> = {
  payer: { name: 'payer', account: 'payerAccount', bank: 'payerBank' },
  payee: { name: 'payeeAccountName', account: 'payeeAccount', bank: 'payeeBank' },
};

/** A slip has two headings and six labels; a page with more than these is made to keep its reader busy. */
const MOST = 60;

/** Names, accounts and banks of both parties of a payment slip, whose rows are labelled as on one. What may be either party's is no one's. */
export function readParties(rows: LabelledRow[], lines: readonly PlacedLine[], layout: Layout): Candidate[] {
  const headings = findHeadings(rows, lines, layout);
  const count = rows.flatMap(({ labels }) => labels.filter(({ label }) => DETAIL_WORDS.has(label.text))).length;
  if (Math.max(headings.length, count) > MOST) return [];
  const found = partyBlocks(rows, headings, layout).flatMap(({ block, party }) =>
    party === null ? [] : block.labels.flatMap(({ found: label }) => valueOf(party, label, rows, headings)),
  );
  return found.filter(({ field, value }) => found.every((other) => other.field !== field || other.value === value));
}

function valueOf(party: Party, label: FoundLabel, rows: LabelledRow[], headings: readonly PartyHeading[]): Candidate[] {
  const detail = DETAIL_WORDS.get(label.label.text);
  if (!detail) return [];
  const field = FIELDS[party][detail];
  const shaped = SHAPES[field](beforeHeading(spanAfter(label, rows), headings));
  return shaped ? [candidate(field, shaped, true)] : [];
}

/** The span up to the first heading in it. */
function beforeHeading(span: Span, headings: readonly PartyHeading[]): Span {
  const starts = headings.flatMap(({ inRow, lines }) => [
    ...(inRow?.row === span.row ? [inRow.start] : []),
    ...span.row.glyphs.flatMap(({ placed }, at) => (lines.includes(placed) ? [at] : [])),
  ]);
  return { ...span, end: Math.min(span.end, ...starts.filter((start) => start >= span.start)) };
}
