import { sm2 } from 'sm-crypto-v2';
import type { SigningAlgorithm } from './signing-algorithm';
import { readSm2Signature } from './sm2-signature';

/** The signer's ID that GM/T 0009 gives where none was agreed on. Passed explicitly: without it other implementations hash another text. */
const DEFAULT_ID = '1234567812345678';
const KEY_BYTES = 32;
const POINT_BYTES = 65;
const UNCOMPRESSED = 4;

/**
 * SM2 with SM3 (GB/T 32918.2) of sm-crypto-v2; a signature is the DER of GM/T 0009. Node's own signing must not be used with SM2 keys: with a
 * fresh key it makes ECDSA of it, with a key read back it hashes an empty ID, and neither is what anybody else verifies.
 */
export const SM2: SigningAlgorithm = {
  name: 'SM2-SM3',
  async generateKeyPair() {
    await sm2.initRNGPool();
    const { privateKey, publicKey } = sm2.generateKeyPairHex();
    return { privateKey: fixed(privateKey, KEY_BYTES), publicKey: fixed(publicKey, POINT_BYTES) };
  },
  async sign({ privateKey, publicKey }, message) {
    await sm2.initRNGPool();
    const options = { hash: true, der: true, userId: DEFAULT_ID, publicKey: hexOf(publicKey) };
    return Buffer.from(sm2.doSignature(message, hexOf(privateKey), options), 'hex');
  },
  verify(publicKey, message, signature) {
    const halves = readSm2Signature(signature);
    if (halves === null || publicKey.length !== POINT_BYTES || publicKey[0] !== UNCOMPRESSED) return false;
    try {
      return sm2.doVerifySignature(message, halves, hexOf(publicKey), { hash: true, der: false, userId: DEFAULT_ID });
    } catch {
      // A point that is not on the curve.
      return false;
    }
  },
};

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const fixed = (hex: string, bytes: number): Buffer => Buffer.from(hex.padStart(bytes * 2, '0'), 'hex');
