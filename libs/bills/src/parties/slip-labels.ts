import type { LabelledRow } from '../fields/find-values';
import type { FoundLabel } from '../labels/find-labels';
import type { Row } from '../layout/rows';
import { DETAIL_WORDS, PARTY_WORDS } from './party';

/** A blank of this many text heights stands between a value and the next label. */
const BETWEEN = 0.7;

const DETAIL = `(?:${[...DETAIL_WORDS.keys()].join('|')})`;

/** 开户行及账号 announces two values in one: it is a label, but none of either. */
const DETAILS = new RegExp(`${DETAIL}(?:[及和与、/]${DETAIL})*`, 'gu');

/** A party's word and its colon. */
const LONGEST_PARTY = 4;
const PARTY_BEFORE = new RegExp(`(?:${PARTY_WORDS.map(([word]) => word).join('|')})[:;]?$`, 'u');

/** The rows' labels as they are to be understood on a payment slip: 收款人 names an account holder, and parties' details are labels too. */
export function asOnSlip(rows: readonly LabelledRow[]): LabelledRow[] {
  const details = rows.map(({ row }) => detailLabels(row));
  const hasDetails = details.some((found) => found.length > 0);
  return rows.map(({ row, labels }, i) => {
    const own = details[i] ?? [];
    const others = labels.filter((found) => !own.some(({ start, end }) => start < found.end && found.start < end));
    return { row, labels: [...own, ...others.map((found) => partyLabel(found, hasDetails))].sort((a, b) => a.start - b.start) };
  });
}

/** A label that names a party. Where details are labelled, one without a colon heads a block, and what is beside it is not the party's name. */
function partyLabel(found: FoundLabel, hasDetails: boolean): FoundLabel {
  const { text } = found.label;
  if (text !== '付款人' && text !== '收款人') return found;
  if (hasDetails && found.end === found.start + text.length) return { ...found, label: { ...found.label, role: 'mark' } };
  return text === '收款人' ? { ...found, label: { ...found.label, role: 'payeeAccountName' } } : found;
}

/** Labels of parties' details from left to right: with their colon, at the start of a box, after a blank, or right after the party they speak of. */
function detailLabels(row: Row): FoundLabel[] {
  return [...row.text.matchAll(DETAILS)].flatMap(({ 0: text, index: start }) => {
    const colon = /^[:;]+/u.exec(row.text.slice(start + text.length))?.[0] ?? '';
    const end = start + text.length + colon.length;
    return colon !== '' || opensWord(row, start) ? [{ label: { text, role: 'mark', en: '' }, row, start, end, exact: true }] : [];
  });
}

function opensWord(row: Row, at: number): boolean {
  const glyph = row.glyphs[at];
  return (
    glyph?.startsBox === true ||
    glyph?.spaced === true ||
    (glyph?.gap ?? 0) > BETWEEN ||
    PARTY_BEFORE.test(row.text.slice(Math.max(0, at - LONGEST_PARTY), at))
  );
}
