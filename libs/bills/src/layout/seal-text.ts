import type { EvidenceSeal } from '../evidence';
import { foldText } from '../text/folding';
import { offsetAlong, type PlacedLine } from './placed-line';

/** Longer pieces of a ring are slanted, or are print that a seal stands on. */
const LONGEST_PIECE = 4;

/** Strokes of a seal are taken for no more than so many characters, of which the recogniser is less sure than of print. */
const MOST_STROKES = 2;
const SURE = 0.9;

/** Leaves out the pieces of seals that were read as lines of their own: letters of the ring, and strokes taken for characters. */
export function withoutSealText(lines: PlacedLine[], seals: readonly EvidenceSeal[]): PlacedLine[] {
  return lines.filter((line) => !seals.some((seal) => isOn(seal, line) && isPieceOf(seal, line, lines)));
}

function isPieceOf(seal: EvidenceSeal, line: PlacedLine, lines: readonly PlacedLine[]): boolean {
  const text = foldText(line.line.text);
  const length = Array.from(text).length;
  if (length === 0 || length > LONGEST_PIECE || /^\d+$/u.test(text)) return false;
  if (length <= MOST_STROKES && (line.line.confidence < SURE || /^[★☆]+$/u.test(text))) return true;
  return foldText(seal.text).includes(text) && !lines.some((before) => continues(before, line));
}

function isOn({ quad }: EvidenceSeal, { centre }: PlacedLine): boolean {
  const xs = quad.map(([x = 0]) => x);
  const ys = quad.map(([, y = 0]) => y);
  return centre.x > Math.min(...xs) && centre.x < Math.max(...xs) && centre.y > Math.min(...ys) && centre.y < Math.max(...ys);
}

/** Whether a line goes straight on from another: then it is the end of a word that the seal cut through. */
function continues(before: PlacedLine, line: PlacedLine): boolean {
  if (before === line) return false;
  const { along, across } = offsetAlong(before.right, line.left, before.angle);
  return Math.abs(along) < 0.5 * line.height && Math.abs(across) < 0.3 * line.height;
}
