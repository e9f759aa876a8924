import type { LabelledRow } from '../fields/find-values';
import type { FoundLabel } from '../labels/find-labels';
import type { Row } from '../layout/rows';
import { DETAIL_WORDS, PARTY_WORDS } from './party';

/** A blank of this many text heights stands between a value and the next label. */
const BETWEEN = 0.7;

/** 开户行及账号 announces two values in one. */
const JOINED_BEFORE = /[及和与、/]$/u;
const JOINED_AFTER = /^[及和与、/]/u;

const PARTY_BEFORE = new RegExp(`(?:${PARTY_WORDS.map(([word]) => word).join('|')})[:;]?$`, 'u');

/** The row's labels as they are to be understood on a payment slip: 收款人 names an account holder, and parties' details are labels too. */
export function asOnSlip({ row, labels }: LabelledRow): LabelledRow {
  const details = detailLabels(row);
  const others = labels
    .filter((found) => !details.some(({ start, end }) => start < found.end && found.start < end))
    .map((found) => (found.label.text === '收款人' ? { ...found, label: { ...found.label, role: 'payeeAccountName' as const } } : found));
  return { row, labels: [...details, ...others].sort((a, b) => a.start - b.start) };
}

/** Labels of parties' details from left to right: with their colon, at the start of a box, after a blank, or right after the party they speak of. */
function detailLabels(row: Row): FoundLabel[] {
  const found: FoundLabel[] = [];
  for (let at = 0; at < row.text.length; at += 1) {
    const word = [...DETAIL_WORDS.keys()].find((each) => row.text.startsWith(each, at));
    if (word === undefined) continue;
    const [before, after] = [row.text.slice(0, at), row.text.slice(at + word.length)];
    const colon = /^[:;]+/u.exec(after)?.[0] ?? '';
    const isLabel = !JOINED_BEFORE.test(before) && !JOINED_AFTER.test(after) && (colon !== '' || opensWord(row, at));
    const end = at + word.length + colon.length;
    if (isLabel) found.push({ label: { text: word, role: 'mark', en: '' }, row, start: at, end, exact: true });
    at = end - 1;
  }
  return found;
}

function opensWord(row: Row, at: number): boolean {
  const glyph = row.glyphs[at];
  return glyph?.startsBox === true || glyph?.spaced === true || (glyph?.gap ?? 0) > BETWEEN || PARTY_BEFORE.test(row.text.slice(0, at));
}
