const HAO_PER_YUAN = 10_000n;

/** Whole yuan in 毫. */
export function limitInHao(yuan: number): bigint {
  return BigInt(yuan) * HAO_PER_YUAN;
}
