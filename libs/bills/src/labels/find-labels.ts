import type { Row } from '../layout/rows';
import { findApproximately, substitutions } from '../text/edit-distance';
import { isInfo, LABELS, labelOf, type Label } from './label-lexicon';

/** A label found in a row: `start` is its first glyph, `end` the first glyph of what follows its colon. */
export interface FoundLabel {
  label: Label;
  row: Row;
  start: number;
  end: number;
  /** False when one character differed from the known label. */
  exact: boolean;
}

/** A colon, or the 章 in brackets that follows 收款单位 and its colon; either bracket may be lost. */
const AFTER_LABEL = /^(\(?[章盖公]{1,3}\)?|\([^()]{0,3}\)?)?[:;]+/u;
const MIN_FUZZY_LENGTH = 3;

/** A label of so many characters is recognised with one of them misread even without its colon. */
const LONG_LABEL = 8;

/** All labels of a row from left to right; longer ones win over those they contain. */
export function findLabels(row: Row): FoundLabel[] {
  const found: FoundLabel[] = [];
  let at = 0;
  while (at < row.text.length) {
    const hit = labelAt(row, at) ?? misreadLabelAt(row, at);
    if (hit) found.push(hit);
    at = hit ? Math.max(hit.end, at + 1) : at + 1;
  }
  return found;
}

function labelAt(row: Row, at: number): FoundLabel | null {
  for (const label of LABELS) {
    if (!row.text.startsWith(label.text, at) || isPartOfLongerWord(row, at, label)) continue;
    const end = endOfLabel(row, at, label);
    if (end !== null) return { label, row, start: at, end, exact: true };
  }
  return null;
}

/** 代交款人 is another person than 交款人, and 单位编码 after 执收单位 another thing. */
function isPartOfLongerWord(row: Row, at: number, label: Label): boolean {
  return (label.role === 'payer' || label.role === 'cashier') && row.text.charAt(at - 1) === '代';
}

/** A label counts with its colon, or with its own brackets, or where it stands at the start of a box. */
function endOfLabel(row: Row, at: number, label: Label): number | null {
  const after = at + label.text.length;
  const colon = AFTER_LABEL.exec(row.text.slice(after));
  if (colon) return after + colon[0].length;
  if (/[()]/u.test(label.text)) return after;
  if (row.glyphs[at]?.startsBox !== true) return null;
  const bracket = /^\([^()]{1,2}\)/u.exec(row.text.slice(after));
  if (bracket && label.role === 'payee') return after + bracket[0].length;
  const fillsBox = after >= row.text.length || row.glyphs[after]?.startsBox === true;
  return fillsBox || (label.text.length > MIN_FUZZY_LENGTH && !isInfo(label) && label.role !== 'itemHeader') ? after : null;
}

/** One misread, lost or added character in a label at the start of a box, when only one known label is that near. */
function misreadLabelAt(row: Row, at: number): FoundLabel | null {
  return row.glyphs[at]?.startsBox === true ? (misreadLongLabelAt(row, at) ?? misreadShortLabelAt(row, at)) : null;
}

function misreadLongLabelAt(row: Row, at: number): FoundLabel | null {
  for (const label of LABELS.filter(({ text }) => text.length >= LONG_LABEL)) {
    const fit = findApproximately(label.text, row.text.slice(at, at + label.text.length + 1));
    if (fit.distance === 1 && fit.start <= 1) return { label, row, start: at, end: endAfterColon(row, at + fit.end), exact: false };
  }
  return null;
}

function misreadShortLabelAt(row: Row, at: number): FoundLabel | null {
  const colon = row.text.indexOf(':', at);
  if (colon - at < MIN_FUZZY_LENGTH) return null;
  const printed = row.text.slice(at, colon).replace(/\([^()]{0,3}\)?$/u, '');
  if (labelOf(printed)) return null;
  const near = LABELS.filter((label) => label.text.length >= MIN_FUZZY_LENGTH && substitutions(label.text, printed) === 1);
  const [label] = near;
  return label && near.length === 1 ? { label, row, start: at, end: colon + 1, exact: false } : null;
}

function endAfterColon(row: Row, at: number): number {
  return at + (AFTER_LABEL.exec(row.text.slice(at))?.[0].length ?? 0);
}
