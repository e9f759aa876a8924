import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';
import type { Aead } from './aead';
import { UnsealError } from './unseal.error';

const TAG_BYTES = 16;
const OPTIONS = { authTagLength: TAG_BYTES };

/** AES-256-GCM (NIST SP 800-38D) with nonces of 96 bits and tags of 128. */
export function aes256Gcm(keyBytes: Uint8Array): Aead {
  const key = createSecretKey(keyBytes);
  return {
    nonceBytes: 12,
    tagBytes: TAG_BYTES,
    encrypt(nonce, context, plain) {
      const cipher = createCipheriv('aes-256-gcm', key, nonce, OPTIONS).setAAD(context);
      return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    decrypt(nonce, context, encrypted) {
      if (encrypted.length < TAG_BYTES) throw new UnsealError('notAuthentic');
      const end = encrypted.length - TAG_BYTES;
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, OPTIONS).setAAD(context).setAuthTag(encrypted.subarray(end));
      const plain = decipher.update(encrypted.subarray(0, end));
      try {
        decipher.final();
      } catch {
        throw new UnsealError('notAuthentic');
      }
      return plain;
    },
  };
}
