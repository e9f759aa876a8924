/** An amount with commas between thousands; anything else stays as it is. Only text: money never becomes a float. */
export function yuan(amount: string): string {
  const [, whole, decimals] = /^(\d+)(\.\d{2})$/.exec(amount) ?? [];
  return whole === undefined || decimals === undefined ? amount : whole.replace(/\B(?=(\d{3})+$)/g, ',') + decimals;
}
