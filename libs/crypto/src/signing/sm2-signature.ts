/** Order of the curve of SM2 (GB/T 32918.5). */
const ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const SEQUENCE = 0x30;
const INTEGER = 0x02;
const HALF_BYTES = 32;
// Two integers of at most 33 bytes with their heads: every length fits into one byte.
const MAX_BYTES = 72;

/**
 * The halves r and s of a signature in DER, as 128 hexadecimal digits; null for anything but the one proper encoding of two numbers below
 * the curve's order. sm-crypto-v2 reads DER without looking at its bounds, and numbers without theirs.
 */
export function readSm2Signature(der: Uint8Array): string | null {
  if (der.length > MAX_BYTES || der[0] !== SEQUENCE || der[1] !== der.length - 2) return null;
  const r = readInteger(der.subarray(2));
  const s = r && readInteger(r.rest);
  return r && s && s.rest.length === 0 ? r.hex + s.hex : null;
}

function readInteger(der: Uint8Array): { hex: string; rest: Uint8Array } | null {
  const length = der[1] ?? 0;
  const bytes = Buffer.from(der.subarray(2, 2 + length));
  if (der[0] !== INTEGER || length === 0 || bytes.length !== length) return null;
  const [first = 0, second = 0] = bytes;
  const isNegative = first > 0x7f;
  const isPadded = length > 1 && first === 0 && second <= 0x7f;
  const value = BigInt(`0x${bytes.toString('hex')}`);
  if (isNegative || isPadded || value === 0n || value >= ORDER) return null;
  return { hex: value.toString(16).padStart(HALF_BYTES * 2, '0'), rest: der.subarray(2 + length) };
}
