import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { Aead } from './aead';
import { UnsealError } from './unseal.error';

const CIPHER = 'sm4-ctr';
const CIPHER_KEY_BYTES = 16;
const MAC_KEY_BYTES = 32;
const TAG_BYTES = 32;

/**
 * SM4-CTR, then HMAC-SM3 over all that matters (encrypt-then-MAC): OpenSSL has no SM4-GCM that Node could reach. Cipher and MAC have keys of
 * their own. The nonce is the first counter block, so that two nonces must lie further apart than their texts have blocks.
 */
export function sm4WithHmac(keyBytes: Uint8Array): Aead {
  const keys = Buffer.from(hkdfSync('sm3', keyBytes, '', 'piaoyan/sm4-ctr+hmac-sm3', CIPHER_KEY_BYTES + MAC_KEY_BYTES));
  const cipherKey = createSecretKey(keys.subarray(0, CIPHER_KEY_BYTES));
  const macKey = createSecretKey(keys.subarray(CIPHER_KEY_BYTES));
  keys.fill(0);
  return {
    nonceBytes: 16,
    tagBytes: TAG_BYTES,
    encrypt(nonce, context, plain) {
      const cipher = createCipheriv(CIPHER, cipherKey, nonce);
      const encrypted = cipher.update(plain);
      cipher.final();
      return Buffer.concat([encrypted, tagOf(macKey, nonce, context, encrypted)]);
    },
    decrypt(nonce, context, encrypted) {
      if (encrypted.length < TAG_BYTES) throw new UnsealError('notAuthentic');
      const text = encrypted.subarray(0, -TAG_BYTES);
      const tag = encrypted.subarray(-TAG_BYTES);
      if (!timingSafeEqual(tag, tagOf(macKey, nonce, context, text))) throw new UnsealError('notAuthentic');
      const decipher = createDecipheriv(CIPHER, cipherKey, nonce);
      const plain = decipher.update(text);
      decipher.final();
      return plain;
    },
  };
}

/** The length of the context goes before it: no byte can move between context, nonce and text. */
function tagOf(key: KeyObject, nonce: Uint8Array, context: Uint8Array, text: Uint8Array): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(context.length));
  return createHmac('sm3', key).update(length).update(context).update(nonce).update(text).digest();
}
