import { AsnConvert, AsnIntegerBigIntConverter, AsnProp, AsnPropTypes, AsnType, AsnTypeTypes } from '@peculiar/asn1-schema';
import { toBigInt } from './sm2-curve';

/** SM2Signature of GM/T 0009: two integers. */
@AsnType({ type: AsnTypeTypes.Sequence })
class Sm2Signature {
  @AsnProp({ type: AsnPropTypes.Integer, converter: AsnIntegerBigIntConverter })
  r = 0n;

  @AsnProp({ type: AsnPropTypes.Integer, converter: AsnIntegerBigIntConverter })
  s = 0n;
}

/** Longer than the longest encoding of two integers of the curve's order. */
const MAX_BYTES = 80;

/** r and s of an SM2 signature, in DER or in 64 bytes; null where the bytes are neither. */
export function readSm2Signature(bytes: Uint8Array): { r: bigint; s: bigint } | null {
  if (bytes.length === 64) return { r: toBigInt(bytes.subarray(0, 32)), s: toBigInt(bytes.subarray(32)) };
  if (bytes.length > MAX_BYTES) return null;
  try {
    return AsnConvert.parse(bytes, Sm2Signature);
  } catch {
    return null;
  }
}
