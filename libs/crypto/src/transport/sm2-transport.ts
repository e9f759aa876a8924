import { randomBytes } from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';
import { SECRET_BYTES } from '../sealing/sealing-key';
import { UnsealError } from '../sealing/unseal.error';
import type { KeyTransport } from './key-transport';

const KEY_BYTES = 32;
const POINT_BYTES = 65;
/** C1 without its leading 04, C3 and C2: a point, a hash of SM3, and as many bytes as the secret has. */
const ENCRYPTED_BYTES = 64 + 32 + SECRET_BYTES;
/** Order C1, C3, C2 (GB/T 32918.4-2016). */
const C1C3C2 = 1;

/** SM2 encryption (GB/T 32918.4) of a random secret, by sm-crypto-v2. */
export const SM2_TRANSPORT: KeyTransport = {
  name: 'SM2',
  publicKeyBytes: POINT_BYTES,
  async generateKeyPair() {
    await sm2.initRNGPool();
    const { privateKey, publicKey } = sm2.generateKeyPairHex();
    return { privateKey: fixed(privateKey, KEY_BYTES), publicKey: fixed(publicKey, POINT_BYTES) };
  },
  async encapsulate(publicKey) {
    if (!isPoint(publicKey)) throw new RangeError('not a public key of SM2');
    await sm2.initRNGPool();
    const secret = randomBytes(SECRET_BYTES);
    const encapsulated = Buffer.from(sm2.doEncrypt(secret, hexOf(publicKey), C1C3C2), 'hex');
    if (encapsulated.length !== ENCRYPTED_BYTES) throw new Error('SM2 encrypts to a fixed length');
    return { secret, encapsulated };
  },
  decapsulate({ privateKey }, encapsulated) {
    if (encapsulated.length !== ENCRYPTED_BYTES) throw new UnsealError('notAuthentic');
    const secret = decrypted(encapsulated, privateKey);
    // Empty where C3 does not fit.
    if (secret?.length !== SECRET_BYTES) throw new UnsealError('notAuthentic');
    return secret;
  },
};

function decrypted(encapsulated: Uint8Array, privateKey: Uint8Array): Buffer | null {
  try {
    return Buffer.from(sm2.doDecrypt(hexOf(encapsulated), hexOf(privateKey), C1C3C2, { output: 'array' }));
  } catch {
    // A point that is not on the curve.
    return null;
  }
}

function isPoint(bytes: Uint8Array): boolean {
  if (bytes.length !== POINT_BYTES || bytes[0] !== 4) return false;
  try {
    return sm2.verifyPublicKey(hexOf(bytes));
  } catch {
    return false;
  }
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const fixed = (hex: string, bytes: number): Buffer => Buffer.from(hex.padStart(bytes * 2, '0'), 'hex');
