/** Injection token of what may be settled by hand in a tenant and a day without a second person, in 毫; a tenant's rules may set a lower limit. */
export const SETTLEMENT_LIMIT = Symbol('SETTLEMENT_LIMIT');

const HAO_PER_YUAN = 10_000n;

/** Whole yuan in 毫. */
export function limitInHao(yuan: number): bigint {
  return BigInt(yuan) * HAO_PER_YUAN;
}
