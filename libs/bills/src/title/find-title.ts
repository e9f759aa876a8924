import { REGIONS } from '../codes/bill-code';
import type { Row } from '../layout/rows';
import type { Span } from '../layout/span';
import { findApproximately, substitutions } from '../text/edit-distance';
import { TITLE_PHRASES, type TitlePhrase } from './title-lexicon';

/** A bill's title: `value` is the lexicon's wording, `distance` how many characters as read differed from it. */
export interface FoundTitle {
  value: string;
  phrase: TitlePhrase;
  /** First two digits that the title's province gives a bill code; null when no province could be told. */
  regionPrefix: string | null;
  distance: number;
  span: Span;
}

/** One misread character in four still names a title, if no other title is as near. */
const CHARS_PER_EDIT = 4;

/** The titles printed on rows, best first; several mean several bills. */
export function findTitles(rows: Row[]): FoundTitle[] {
  return rows.flatMap((row) => titleOf(row) ?? []);
}

/** Every title has one of these; most rows have none, and the fit is costly. */
const TITLE_CHARACTER = /[票据收书]/u;

function titleOf(row: Row): FoundTitle | null {
  if (!TITLE_CHARACTER.test(row.text)) return null;
  const fits = TITLE_PHRASES.map((phrase) => ({ phrase, match: findApproximately(phrase.text, row.text) }))
    .filter(({ phrase, match }) => match.distance <= Math.floor(phrase.text.length / CHARS_PER_EDIT))
    .sort((a, b) => a.match.distance - b.match.distance || b.phrase.text.length - a.phrase.text.length);
  const [best, second] = fits;
  if (!best || (second && second.match.distance === best.match.distance && second.phrase.kind !== best.phrase.kind)) return null;
  const province = provinceBefore(row.text.slice(0, best.match.start));
  const electronic = /电子/u.test(row.text.slice(best.match.end, best.match.end + 5));
  const start = best.match.start - province.printed.length;
  const end = electronic ? Math.min(row.text.length, endOfSuffix(row.text, best.match.end)) : best.match.end;
  const preferred = row.glyphs.slice(start, end).filter((glyph) => glyph.preferred).length;
  return {
    value: `${province.name}${best.phrase.text}${electronic ? '（电子）' : ''}`,
    phrase: best.phrase,
    regionPrefix: province.regionPrefix,
    distance: best.match.distance + province.distance + preferred,
    span: { row, start, end },
  };
}

function endOfSuffix(text: string, from: number): number {
  return from + (/^.{0,2}电子\)?/u.exec(text.slice(from))?.[0].length ?? 0);
}

interface Province {
  name: string;
  printed: string;
  regionPrefix: string | null;
  distance: number;
}

/** The province whose name the text ends in; a name with one wrong character counts when no other is as near. */
function provinceBefore(text: string): Province {
  const near = [...REGIONS].flatMap(([regionPrefix, name]) => {
    const printed = text.slice(-name.length);
    const distance = substitutions(name, printed);
    return distance <= (name.length > 2 ? 1 : 0) ? [{ name, printed, regionPrefix, distance }] : [];
  });
  const [best, second] = near.sort((a, b) => a.distance - b.distance);
  if (best && best.distance !== second?.distance) return best;
  const printed = /\p{Script=Han}{0,12}$/u.exec(text)?.[0] ?? '';
  return { name: printed, printed, regionPrefix: null, distance: 0 };
}
