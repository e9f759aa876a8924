/** An amount with commas between thousands; anything else stays as it is. Only text: money never becomes a float. */
export function yuan(amount: string): string {
  const [, whole, decimals] = /^(\d+)(\.\d{2})$/.exec(amount) ?? [];
  return whole === undefined || decimals === undefined ? amount : whole.replace(/\B(?=(\d{3})+$)/g, ',') + decimals;
}

/** Whole fen as yuan with commas; anything else stays as it is. */
export function yuanOfFen(fen: string): string {
  if (!/^\d+$/.test(fen)) return fen;
  const digits = fen.padStart(3, '0');
  return yuan(`${digits.slice(0, -2)}.${digits.slice(-2)}`);
}
