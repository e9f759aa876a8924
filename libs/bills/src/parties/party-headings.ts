import type { LabelledRow } from '../fields/find-values';
import type { PlacedLine } from '../layout/placed-line';
import type { Layout } from '../layout/rows';
import { quadOf } from '../layout/span';
import { foldText } from '../text/folding';
import { around, boxOf, sharedWidth, type Box } from './box';
import { DETAIL_WORDS, PARTY_WORDS, type Party } from './party';

/** A party's heading: beside or above the labels of its block, in a row or printed downwards. */
export interface PartyHeading {
  party: Party;
  box: Box;
  /** The lines of one that is printed downwards, which are part of no row's text. */
  lines: readonly PlacedLine[];
  /** Where it stands in the text of a row: from `start` up to, not including, `end`. Null for one that is printed downwards. */
  inRow: { row: LabelledRow['row']; start: number; end: number } | null;
}

/** A line at least this many times as high as it is wide is printed downwards. */
const DOWNWARDS = 1.5;

/** The middles of letters printed downwards are no more than so many text heights apart. */
const WIDEST_STEP = 4;

/** Every heading of a party on a payment slip. */
export function findHeadings(rows: readonly LabelledRow[], lines: readonly PlacedLine[], layout: Layout): PartyHeading[] {
  const downwards = headingsDownwards(lines, layout);
  const taken = new Set(downwards.flatMap((heading) => heading.lines));
  return [...downwards, ...rows.flatMap((row) => headingsInRow(row, taken, layout))];
}

function headingsInRow({ row, labels }: LabelledRow, taken: ReadonlySet<PlacedLine>, layout: Layout): PartyHeading[] {
  const found = PARTY_WORDS.flatMap(([word, party]) => {
    const starts = [...row.text.matchAll(new RegExp(`(?<!代)${word}`, 'gu'))].map(({ index }) => index);
    return starts.map((start) => ({ party, start, end: start + word.length + (row.text.charAt(start + word.length) === ':' ? 1 : 0) }));
  });
  const isLabel = (at: number) => labels.some(({ label, start }) => start === at && DETAIL_WORDS.has(label.text));
  const endsAt = (at: number) => at >= row.text.length || isLabel(at) || found.some(({ start }) => start === at);
  return found
    .filter(({ start, end }) => {
      const glyph = row.glyphs[start];
      return glyph !== undefined && !taken.has(glyph.placed) && (isLabel(end) || (glyph.startsBox && endsAt(end)));
    })
    .flatMap(({ party, start, end }) => {
      const quad = quadOf({ row, start, end });
      return quad ? [{ party, box: boxOf(quad, layout), lines: [], inRow: { row, start, end } }] : [];
    });
}

interface Letters {
  line: PlacedLine;
  text: string;
  box: Box;
}

function headingsDownwards(lines: readonly PlacedLine[], layout: Layout): PartyHeading[] {
  const letters = lines
    .filter(({ line }) => line.chars.length <= 2 * LONGEST_WORD)
    .map((line): Letters => ({ line, text: foldText(line.line.text).replace(/:$/u, ''), box: boxOf(line.line.quad, layout) }))
    .filter(({ text }) => text !== '' && text.length <= LONGEST_WORD);
  return PARTY_WORDS.flatMap(([word, party]) =>
    letters.flatMap((first) => {
      const parts = downwardsFrom(first, word, letters);
      return parts ? [{ party, box: around(parts.map(({ box }) => box)), lines: parts.map(({ line }) => line), inRow: null }] : [];
    }),
  );
}

const LONGEST_WORD = Math.max(...PARTY_WORDS.map(([word]) => word.length));

/** The letters of a word from the first of them down, each the next one in the same column; null where they do not make the word. */
function downwardsFrom(first: Letters, word: string, letters: readonly Letters[]): Letters[] | null {
  if (first.text === word) return heightOf(first.box) >= DOWNWARDS * widthOf(first.box) ? [first] : null;
  if (!word.startsWith(first.text)) return null;
  const parts = [first];
  for (let rest = word.slice(first.text.length); rest !== '';) {
    const last = parts.at(-1) ?? first;
    const next = nextBelow(last, letters);
    if (!next || !rest.startsWith(next.text)) return null;
    parts.push(next);
    rest = rest.slice(next.text.length);
  }
  return parts;
}

function nextBelow(last: Letters, letters: readonly Letters[]): Letters | undefined {
  const step = ({ box }: Letters) => (box.top + box.bottom - last.box.top - last.box.bottom) / 2;
  const limit = WIDEST_STEP * Math.min(widthOf(last.box), last.line.height);
  return letters
    .filter((other) => other !== last && sharedWidth(other.box, last.box) > widthOf(last.box) / 2 && step(other) > 0 && step(other) < limit)
    .sort((a, b) => step(a) - step(b))[0];
}

function widthOf({ left, right }: Box): number {
  return right - left;
}

function heightOf({ top, bottom }: Box): number {
  return bottom - top;
}
