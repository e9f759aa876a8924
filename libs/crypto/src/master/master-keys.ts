import type { Suite } from '../suite/suite';

/** A data key as it may be stored. */
export interface WrappedKey {
  /** Fingerprint of the master key that wraps it. */
  masterKey: string;
  bytes: Buffer;
}

/**
 * The keys above all others. They wrap and unwrap and are never given out, so that a KMS, a 密码机 or a token behind PKCS#11 can stand here:
 * such a one keeps the key and answers these two questions. It is asked by many at once, and queues for its sessions itself; an answer that
 * does not come is cut off by whoever asks. docs/operations/hsm.md says how one is added.
 */
export interface MasterKeys {
  /** Fingerprints of the keys that can unwrap, 16 hexadecimal digits each; the first wraps. */
  readonly fingerprints: readonly [string, ...string[]];
  /** `context` is where the key belongs: it unwraps with the same context only. */
  wrap(suite: Suite, context: Uint8Array, key: Uint8Array): Promise<WrappedKey>;
  /** @throws UnsealError `unknownKey` when its master key is not among these, else `notAuthentic` */
  unwrap(context: Uint8Array, wrapped: WrappedKey): Promise<Buffer>;
}
