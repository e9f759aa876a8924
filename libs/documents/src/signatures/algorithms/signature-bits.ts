import { AsnBitStringConverter } from '@peculiar/asn1-schema';

/**
 * A BIT STRING that holds a signature. Signatures are whole bytes: one that is said to end within a byte has the same bytes, so that it would fit
 * all the same, and one signature would have eight encodings. Throws `RangeError` on reading such a one.
 */
export const SignatureBitsConverter: typeof AsnBitStringConverter = {
  ...AsnBitStringConverter,
  fromASN(value) {
    if (value.valueBlock.unusedBits !== 0) throw new RangeError('a signature is whole bytes');
    return AsnBitStringConverter.fromASN(value);
  },
};
