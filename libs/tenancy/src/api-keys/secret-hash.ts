import { createHmac } from 'node:crypto';

/**
 * The keyed hash of one suite of algorithms, under the installation's hash key: of no use to whoever reads the database alone. Another
 * suite, such as HMAC-SM3, comes in here and nowhere else.
 */
export interface SecretHash {
  /** 32 bytes for a text; equal texts have equal hashes. */
  hash(text: string): Buffer;
}

/** HMAC-SHA-256. */
export class HmacSha256 implements SecretHash {
  constructor(private readonly hashKey: string) {}

  hash(text: string): Buffer {
    return createHmac('sha256', this.hashKey).update(text).digest();
  }
}
