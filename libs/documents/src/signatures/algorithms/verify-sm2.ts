import { createHash } from 'node:crypto';
import { readSm2Point, SM2_CURVE, sumOfMultiples, toBigInt, type CurvePoint } from './sm2-curve';
import { readSm2Signature } from './sm2-signature';

/** The name that GM/T 0009 gives every signer who has agreed on no other; certificates, seals and PKCS#7 all use it. */
export const DEFAULT_SM2_ID = '1234567812345678';

/**
 * Whether an SM2 signature with SM3 (GB/T 32918.2) is of these bytes, by the key with this point (65 bytes). The signature is DER or r and s in
 * 64 bytes; several makers of seals write the latter. Node's own `verify` is of no use here: with the keys of this curve it computes
 * with an empty name, or ECDSA.
 */
export function verifySm2(data: Uint8Array, point: Uint8Array, signature: Uint8Array, id: string = DEFAULT_SM2_ID): boolean {
  const key = readSm2Point(point);
  const pair = readSm2Signature(signature);
  if (!key || !pair) return false;
  const { r, s } = pair;
  const { n } = SM2_CURVE;
  if (r <= 0n || r >= n || s <= 0n || s >= n) return false;
  const t = (r + s) % n;
  const x = t === 0n ? null : sumOfMultiples(s, t, key);
  return x !== null && (sm2Digest(data, key, id) + x) % n === r;
}

/** The e of the standard: the data's digest behind that of the signer's name, the curve and the key. */
function sm2Digest(data: Uint8Array, key: CurvePoint, id: string): bigint {
  const { a, b, g } = SM2_CURVE;
  const name = Buffer.from(id, 'utf8');
  const bits = Buffer.alloc(2);
  bits.writeUInt16BE(name.length * 8);
  const z = createHash('sm3').update(bits).update(name);
  for (const part of [a, b, g.x, g.y, key.x, key.y]) z.update(Buffer.from(part.toString(16).padStart(64, '0'), 'hex'));
  return toBigInt(createHash('sm3').update(z.digest()).update(data).digest());
}
