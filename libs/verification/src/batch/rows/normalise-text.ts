/** White space of every kind, and marks that are not seen. */
const UNSEEN = /[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** An apostrophe with which people, and we, keep spreadsheets from taking a text for a number or formula. */
const APOSTROPHE = /^['‘’](?=.)/u;

/** What a Chinese keyboard makes of ASCII; each stands this far behind it. */
const FULL_WIDTH = /[\uff01-\uff5e]/gu;
const FULL_WIDTH_OFFSET = 0xfee0;

/** A cell in half-width characters and without white space: full-width digits are still these digits. No other look-alike is taken for one. */
export function halfWidth(cell: string): string {
  return cell
    .replace(FULL_WIDTH, (wide) => String.fromCharCode(wide.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .replace(UNSEEN, '')
    .replace(APOSTROPHE, '');
}
