/** How a spreadsheet shows a number: as a date, in scientific notation, or as a plain number. */
export type NumberKind = 'date' | 'scientific' | 'plain';

/** Built in, of all languages and of Chinese ones: those with a day. Times of day alone are plain numbers here. */
const BUILT_IN_DATES = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);
const BUILT_IN_SCIENTIFIC = new Set([11, 48]);

/** What a number format makes of a number. `code` is its own, where the workbook defines it. */
export function numberKind(id: number, code: string | undefined): NumberKind {
  if (code === undefined) {
    if (BUILT_IN_DATES.has(id)) return 'date';
    return BUILT_IN_SCIENTIFIC.has(id) ? 'scientific' : 'plain';
  }
  // Quoted and escaped characters and what stands in brackets (colour, language, condition) are not part of the pattern.
  const pattern = (code.split(';')[0] ?? '').replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '');
  if (/e[+-]/i.test(pattern)) return 'scientific';
  return /[yde]/i.test(pattern) && !/general/i.test(pattern) ? 'date' : 'plain';
}
