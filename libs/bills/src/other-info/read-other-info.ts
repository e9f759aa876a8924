import type { OtherInfo } from '@app/contracts';
import type { LabelledRow } from '../fields/find-values';
import type { Row } from '../layout/rows';
import { nameOf, trimSpan } from '../layout/span';
import { isInfo, type Label, labelOf, LABELS } from '../labels/label-lexicon';
import { infoValue } from './info-values';

const LONGEST_LABEL = 14;

/** A blank of this many text heights stands between a value and the next label. */
const BETWEEN_PAIRS = 0.7;

/** Roles that close the block of 其他信息. */
const CLOSING: ReadonlySet<string> = new Set([
  'payee',
  'payeeCode',
  'reviewer',
  'cashier',
  'operator',
  'mark',
  'totalAmount',
  'totalAmountInWords',
]);

const TOTALS: ReadonlySet<string> = new Set(['totalAmount', 'totalAmountInWords']);

/** Shorter labels without a colon may be part of a value. */
const PLAIN_LABEL = 4;
const PLAIN_LABELS = LABELS.filter((label) => isInfo(label) && label.text.length >= PLAIN_LABEL);

/** Every label:value pair of 其他信息 in printed order; known labels carry their identifier, others are kept as they stand. */
export function readOtherInfo(rows: LabelledRow[]): OtherInfo[] {
  const start = startOf(rows);
  if (start < 0) return [];
  const pairs: OtherInfo[] = [];
  for (const entry of rows.slice(start)) {
    const closing = entry.labels.find(({ label }) => CLOSING.has(label.role));
    const opening = entry.labels.find(({ label }) => label.role === 'otherInfo');
    pairs.push(...pairsOf(entry, opening?.end ?? 0, closing?.start ?? entry.row.glyphs.length));
    if (closing) break;
  }
  return pairs;
}

/** The row of its heading, or where that was not read, the first row with a label of it under the totals. */
function startOf(rows: LabelledRow[]): number {
  const heading = rows.findIndex(({ labels }) => labels.some(({ label }) => label.role === 'otherInfo'));
  if (heading >= 0) return heading;
  const total = rows.findLastIndex(({ labels }) => labels.some(({ label }) => TOTALS.has(label.role)));
  return total < 0 ? -1 : rows.findIndex(({ labels }, at) => at > total && labels.some(({ label }) => isInfo(label)));
}

interface PairLabel {
  start: number;
  end: number;
  cn: string;
  en: string;
}

/** The pairs between two places of a row: on a slanted page its end may be a row of what follows the block. */
function pairsOf(entry: LabelledRow, from: number, to: number): OtherInfo[] {
  const labels = pairLabels(entry, from).filter(({ end }) => end <= to);
  return labels.flatMap((label, i) => {
    const value = trimSpan({ row: entry.row, start: label.end, end: labels[i + 1]?.start ?? to }, /^[:;,.、·]$/u);
    return [{ cn: label.cn, en: label.en, value: infoValue(label.en, nameOf(value)) }];
  });
}

function pairLabels({ row, labels }: LabelledRow, from: number): PairLabel[] {
  const withColon = labels
    .filter((found) => found.start >= from && isInfo(found.label))
    .map((found) => ({ start: found.start, end: found.end, cn: found.label.text, en: found.label.en }));
  const known = [...withColon, ...labelsWithoutColon(row, from, withColon)];
  const unknown = colons(row, from)
    .filter((colon) => !known.some((label) => colon >= label.start && colon < label.end))
    .flatMap((colon) => unknownLabel(row, colon, Math.max(from, ...known.map((label) => (label.end <= colon ? label.end : 0)))) ?? []);
  return [...known, ...unknown].sort((a, b) => a.start - b.start);
}

/** Labels whose colon was lost: they open a box, or follow a blank or the figures of the value before. */
function labelsWithoutColon(row: Row, from: number, found: readonly PairLabel[]): PairLabel[] {
  const labels: PairLabel[] = [];
  for (let at = from; at < row.text.length; at += 1) {
    const label = PLAIN_LABELS.find(({ text }) => row.text.startsWith(text, at));
    if (!label || !opensWord(row, at) || found.some(({ start, end }) => at < end && at + label.text.length > start)) continue;
    const end = at + label.text.length;
    if (row.text.charAt(end) !== ':') labels.push({ start: at, end, cn: label.text, en: label.en });
    at = end - 1;
  }
  return labels;
}

function opensWord(row: Row, at: number): boolean {
  const glyph = row.glyphs[at];
  return glyph?.startsBox === true || glyph?.spaced === true || (glyph?.gap ?? 0) > BETWEEN_PAIRS || /\d/u.test(row.text.charAt(at - 1));
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
  if (cn.length < 2) return null;
  const known = labelOf(cn) ?? beheaded(cn);
  return { start, end: colon + 1, cn: known?.text ?? cn, en: known?.en ?? '' };
}

/** The only label that this is without its first character, which is the one that a rule or a seal swallows. */
function beheaded(cn: string): Label | undefined {
  const whole = LABELS.filter((label) => isInfo(label) && label.text.slice(1) === cn);
  return whole.length === 1 ? whole[0] : undefined;
}
