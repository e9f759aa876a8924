/** What makes a spreadsheet take a cell for a formula, as OWASP lists it; some programs fold the wide forms. */
const TRIGGERS = /^[=+\-@\t\r\n＝＋－＠]/u;

const NEGATIVE_DECIMAL = /^-\d+(?:\.\d+)?$/;

/**
 * A text that no spreadsheet takes for a formula when it opens the CSV file it stands in: with an apostrophe before it where it needs one.
 * Plain negative decimals stay as they are.
 */
export function neutralised(text: string): string {
  return TRIGGERS.test(text) && !NEGATIVE_DECIMAL.test(text) ? `'${text}` : text;
}
