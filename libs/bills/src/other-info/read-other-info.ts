import type { OtherInfo } from '@app/contracts';
import type { LabelledRow } from '../fields/find-values';
import type { Row } from '../layout/rows';
import { nameOf, trimSpan } from '../layout/span';
import { labelOf } from '../labels/label-lexicon';

const LONGEST_LABEL = 14;

/** A blank of this many text heights stands between a value and the next label. */
const BETWEEN_PAIRS = 0.7;

/** Roles that close the block of 其他信息. */
const CLOSING: ReadonlySet<string> = new Set(['payee', 'reviewer', 'cashier', 'mark', 'totalAmount', 'totalAmountInWords']);

/** Every label:value pair of 其他信息 in printed order; known labels carry their identifier, others are kept as they stand. */
export function readOtherInfo(rows: LabelledRow[]): OtherInfo[] {
  const start = rows.findIndex(({ labels }) => labels.some(({ label }) => label.role === 'otherInfo'));
  if (start < 0) return [];
  const pairs: OtherInfo[] = [];
  for (const entry of rows.slice(start)) {
    if (entry.labels.some(({ label }) => CLOSING.has(label.role))) break;
    const opening = entry.labels.find(({ label }) => label.role === 'otherInfo');
    pairs.push(...pairsOf(entry, opening?.end ?? 0));
  }
  return pairs;
}

interface PairLabel {
  start: number;
  end: number;
  cn: string;
  en: string;
}

function pairsOf(entry: LabelledRow, from: number): OtherInfo[] {
  const labels = pairLabels(entry, from);
  return labels.flatMap((label, i) => {
    const value = trimSpan({ row: entry.row, start: label.end, end: labels[i + 1]?.start ?? entry.row.glyphs.length }, /^[:;,、]$/u);
    return [{ cn: label.cn, en: label.en, value: nameOf(value) }];
  });
}

function pairLabels({ row, labels }: LabelledRow, from: number): PairLabel[] {
  const known = labels
    .filter((found) => found.start >= from && found.label.role === 'info')
    .map((found) => ({ start: found.start, end: found.end, cn: found.label.text, en: found.label.en }));
  const unknown = colons(row, from)
    .filter((colon) => !known.some((label) => colon >= label.start && colon < label.end))
    .flatMap((colon) => unknownLabel(row, colon, Math.max(from, ...known.map((label) => (label.end <= colon ? label.end : 0)))) ?? []);
  return [...known, ...unknown].sort((a, b) => a.start - b.start);
}

function colons(row: Row, from: number): number[] {
  return Array.from(row.text, (char, i) => (char === ':' && i >= from ? i : -1)).filter((i) => i >= 0);
}

/** The words before a colon, back to a blank, a box's start or something that is no word. Digits before a colon are a time of day. */
function unknownLabel(row: Row, colon: number, from: number): PairLabel | null {
  let start = colon;
  while (start > from && colon - start < LONGEST_LABEL && /^[\p{Script=Han}()]$/u.test(row.text.charAt(start - 1))) {
    start -= 1;
    if (row.glyphs[start]?.startsBox || (row.glyphs[start]?.gap ?? 0) > BETWEEN_PAIRS) break;
  }
  const cn = row.text.slice(start, colon);
  return cn.length < 2 ? null : { start, end: colon + 1, cn, en: labelOf(cn)?.en ?? '' };
}
