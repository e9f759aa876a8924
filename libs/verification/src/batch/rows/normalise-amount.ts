/** What an amount is not, when it is none. */
export type AmountFault = 'notAmount' | 'tooManyDecimals' | 'notPositive';

const CURRENCY = /^(?:[¥￥]|RMB|CNY|人民币)|元整?$/giu;

/**
 * An amount in yuan with exactly two decimals, without currency signs and separators (`￥1,234.5` is `1234.50`). Nothing is rounded.
 * The text is in half-width characters without white space.
 */
export function normaliseAmount(text: string): { amount: string } | { fault: AmountFault } {
  const figure = text.replace(CURRENCY, '');
  const match = /^(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?$/.exec(figure);
  if (match === null) return { fault: 'notAmount' };
  const [, sign = '', whole = '', fraction = ''] = match;
  const yuan = whole.replaceAll(',', '').replace(/^0+(?=\d)/, '');
  const cents = fraction.replace(/0+$/, '').padEnd(2, '0');
  if (cents.length > 2) return { fault: 'tooManyDecimals' };
  if (yuan.length > 12) return { fault: 'notAmount' };
  if (sign === '-' || !/[1-9]/.test(yuan + cents)) return { fault: 'notPositive' };
  return { amount: `${yuan}.${cents}` };
}
