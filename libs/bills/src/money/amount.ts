const FIGURES = /^[¥Y]?([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,12})\.(\d{2})元?$/u;

/**
 * Integer 分 of an amount printed in figures, such as `￥12,107.86` or `486.20元`; null when it is not exactly two decimals.
 * Works on folded text. An amount without its two decimals is not certain, so it is none.
 */
export function parseAmount(folded: string): bigint | null {
  const match = FIGURES.exec(folded);
  if (!match) return null;
  const [, sign, whole = '', cents = ''] = match;
  const fen = BigInt(whole.replaceAll(',', '')) * 100n + BigInt(cents);
  return sign === '-' ? -fen : fen;
}

/** Decimal string with two places and no separators of an integer number of 分: 1210786n is `12107.86`. */
export function formatAmount(fen: bigint): string {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0');
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
