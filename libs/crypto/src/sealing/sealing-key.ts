import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import type { Suite } from '../suite/suite';
import type { Aead } from './aead';
import { openChunks, sealChunks } from './chunks';
import { HEAD_BYTES, readHead, writeHead } from './sealed-head';
import { startOf } from './stream-head';
import { UnsealError } from './unseal.error';

/** Bytes of a secret that data or other keys are sealed under, in both suites. */
export const SECRET_BYTES = 32;
const SALT_BYTES = 32;

/**
 * A key that seals values and streams. Its secret is used for nothing but deriving (HKDF): one key for values, one for each stream.
 * Values have random nonces; NIST SP 800-38D allows 2^32 of them under one key.
 */
export class SealingKey {
  private readonly secret: KeyObject;
  private readonly values: Aead;
  private readonly hashKeys = new Map<string, KeyObject>();

  /** `number` tells this key from others where sealed values lie; the secret's bytes may be wiped afterwards. */
  constructor(
    readonly suite: Suite,
    readonly number: number,
    secret: Uint8Array,
  ) {
    if (secret.length !== SECRET_BYTES) throw new RangeError(`a sealing key has ${SECRET_BYTES} bytes`);
    this.secret = createSecretKey(secret);
    this.values = this.derived(Buffer.from('piaoyan/2/value'));
  }

  /** Head (suite, key number), nonce, ciphertext and tag. It opens with the same context only. */
  seal(context: Uint8Array, plain: Uint8Array): Buffer {
    const head = writeHead(this);
    const nonce = randomBytes(this.values.nonceBytes);
    return Buffer.concat([head, nonce, this.values.encrypt(nonce, Buffer.concat([head, context]), plain)]);
  }

  /** @throws UnsealError */
  open(context: Uint8Array, sealed: Uint8Array): Buffer {
    this.assertOwn(sealed);
    const { nonceBytes } = this.values;
    if (sealed.length < HEAD_BYTES + nonceBytes) throw new UnsealError('notAuthentic');
    const head = sealed.subarray(0, HEAD_BYTES);
    const nonce = sealed.subarray(HEAD_BYTES, HEAD_BYTES + nonceBytes);
    return this.values.decrypt(nonce, Buffer.concat([head, context]), sealed.subarray(HEAD_BYTES + nonceBytes));
  }

  /** Seals what is too large to be held, piece by piece: head, salt and chunks, each of them authentic on its own and in its place. */
  async *sealStream(context: Uint8Array, plain: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, undefined> {
    const head = writeHead(this);
    const salt = randomBytes(SALT_BYTES);
    yield Buffer.concat([head, salt]);
    yield* sealChunks(this.streamCipher(head, salt, context), plain);
  }

  /**
   * Opens what `sealStream` made, in constant memory. What it yields is authentic and in its place; that nothing was cut off is known at the
   * end alone, so whoever passes the bytes on must break off, visibly, when this throws.
   * @throws UnsealError
   */
  async *openStream(context: Uint8Array, sealed: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, undefined> {
    const { start, rest } = await startOf(sealed, HEAD_BYTES + SALT_BYTES);
    try {
      this.assertOwn(start);
      const head = start.subarray(0, HEAD_BYTES);
      yield* openChunks(this.streamCipher(head, start.subarray(HEAD_BYTES), context), rest);
    } finally {
      await rest.return?.();
    }
  }

  /** A hash under a key derived from this one for a purpose, of which there are few. */
  keyedHash(purpose: string, text: Uint8Array): Buffer {
    return this.suite.keyedHash(this.hashKey(purpose), text);
  }

  private hashKey(purpose: string): KeyObject {
    let key = this.hashKeys.get(purpose);
    if (key === undefined) {
      const info = Buffer.from(`piaoyan/2/hash/${purpose}`);
      key = createSecretKey(this.suite.deriveKey(this.secret, { info, bytes: SECRET_BYTES }));
      this.hashKeys.set(purpose, key);
    }
    return key;
  }

  private streamCipher(head: Uint8Array, salt: Uint8Array, context: Uint8Array): Aead {
    return this.derived(Buffer.concat([Buffer.from('piaoyan/2/stream'), head, context]), salt);
  }

  private derived(info: Uint8Array, salt?: Uint8Array): Aead {
    const key = this.suite.deriveKey(this.secret, { info, bytes: SECRET_BYTES, ...(salt && { salt }) });
    return this.suite.aead(key);
  }

  private assertOwn(sealed: Uint8Array): void {
    const { suite, keyNumber } = readHead(sealed);
    if (suite !== this.suite) throw new UnsealError('notAuthentic');
    if (keyNumber !== this.number) throw new UnsealError('unknownKey');
  }
}
